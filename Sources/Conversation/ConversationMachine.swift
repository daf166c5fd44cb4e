import WireFormats

/// One client's conversation with one server, in whichever dialect, as a pure state machine.
///
/// What its owner wants to say and what its driver receives goes in, each with the time in nanoseconds of any monotonic
/// clock; what to do comes out as actions in a `ConversationOutput`. It knows no sockets, connections or clocks. It opens
/// the conversation (finding the dialect where several may be tried), puts each message on the exchange where it
/// belongs, ties answers to calls, keeps listening, goes on with streams that were cut where the dialect can, opens a new
/// session where one was lost, and never repeats a POST that may have been acted on.
///
/// Cost is part of the design, since load tests run tens of thousands: it is moved, never copied, and fed in place; a
/// steady round trip allocates nothing; idle it holds less than a KiB.
package struct ConversationMachine: ~Copyable {
    enum Phase: UInt8 {
        case idle
        /// Waits for its owner's `initialize`.
        case expectingHandshake
        /// Finds the dialect and opens the conversation, for the first time or again.
        case opening
        case open
        case closing
        case closed
    }

    package let settings: ConversationSettings
    var phase = Phase.idle
    /// The dialect that is spoken or being tried.
    var dialect = Dialect.streamable
    var revision = Revision.v20241105
    /// Which of the dialects of the settings is being tried.
    var attempt: UInt8 = 0
    /// Whether the dialect is certain.
    var isSettled = false
    /// Whether the session was lost and its replacement has not been announced.
    var isRenewing = false
    /// The JSON text of the log level that `stateless` requests name; empty for none.
    var logLevel: [UInt8] = []

    var lastCall: UInt32 = 0
    var lastExchange: UInt32 = 0
    /// How many times in a row a lost conversation was opened again in vain.
    var reopenings: UInt16 = 0
    var random: UInt64
    /// Why no dialect was found, where more is known than that.
    var searchFailure: ConversationFailure?

    var calls: [Call] = []
    var exchanges: [Exchange] = []
    var rounds: [Round] = []
    /// Messages that wait for the conversation to open.
    var waiting: [[UInt8]] = []
    /// Counts sessions, so that a late 404 of a former one does not end its successor.
    var session: UInt8 = 0
    /// `Mcp-Session-Id`; empty without one.
    var sessionID: [UInt8] = []
    /// Where `http+sse` POSTs go; empty until the `endpoint` event.
    var endpoint: [UInt8] = []
    /// The owner's `initialize`, kept to find the dialect and to replace a lost session.
    var handshake: [UInt8] = []
    /// The result of the handshake, until the server took `initialized`.
    var pendingResult: [UInt8] = []
    /// Who asks: the JSON texts that `_meta` names it with.
    var identity = Identity()
    /// The JSON texts of the URIs that are subscribed to in `stateless`.
    var subscriptions: [[UInt8]] = []
    /// Which changes `stateless` may tell of, by the server's capabilities.
    var changes: ChangeKinds = []

    /// When `tick` is due; `.max` for never.
    package internal(set) var nextDeadline = Int64.max

    /// - Parameter seed: of the jitter; equal seeds give equal delays.
    package init(settings: ConversationSettings, seed: UInt64 = 1) {
        self.settings = settings
        random = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    }

    /// The dialect that is spoken; while it is being looked for, the one that is tried.
    package var currentDialect: Dialect { dialect }
    package var currentRevision: Revision { revision }
    package var isOpen: Bool { phase == .open }
    package var isClosed: Bool { phase == .closed }
    /// The JSON text of nothing but a session's id, as it is on the wire; empty without a session.
    package var sessionIDBytes: [UInt8] { sessionID }
    /// How many calls wait for their answers.
    package var pendingCalls: Int { calls.count }
    /// How many event streams stand open.
    package var openStreams: Int { exchanges.count { $0.phase == .events } }
}

/// What a server may tell of without being asked (MCP 2026-07-28 basic/patterns/subscriptions).
struct ChangeKinds: OptionSet {
    let rawValue: UInt8
    static let tools = ChangeKinds(rawValue: 1)
    static let prompts = ChangeKinds(rawValue: 2)
    static let resources = ChangeKinds(rawValue: 4)
}

/// Client and capabilities as `_meta` has them (MCP 2026-07-28 basic, `_meta`), in one piece, since many hold it.
struct Identity: Sendable {
    private var text: [UInt8] = []
    private var clientLength: Int32 = 0

    init() {}

    /// - Parameter client: empty for none.
    init(client: [UInt8], capabilities: [UInt8]) {
        text.reserveCapacity(client.count + capabilities.count)
        text += client
        text += capabilities
        clientLength = Int32(truncatingIfNeeded: client.count)
    }

    /// Writes the members.
    func write(to output: inout ConversationOutput) {
        output.write(#""io.modelcontextprotocol/protocolVersion":"2026-07-28""#)
        if clientLength > 0 {
            output.write(#","io.modelcontextprotocol/clientInfo":"#)
            output.write(text.span.bytes, 0..<Int(clientLength))
        }
        output.write(#","io.modelcontextprotocol/clientCapabilities":"#)
        output.write(text.span.bytes, Int(clientLength)..<text.count)
    }
}

extension Array {
    /// Lets go of the room of a peak that is over, so that who idles holds little. Below it nothing is allocated.
    mutating func trim() {
        guard capacity >= 16, count <= 2 else { return }
        var small: [Element] = []
        small.reserveCapacity(3)
        small.append(contentsOf: self)
        self = small
    }
}

extension ConversationMachine {
    /// Sets `nextDeadline` anew. Called at the end of every input.
    mutating func schedule() {
        var next = Int64.max
        for call in calls where call.deadline < next { next = call.deadline }
        for exchange in exchanges where exchange.deadline < next { next = exchange.deadline }
        nextDeadline = next
    }

    func index(of exchange: UInt32) -> Int? { exchanges.firstIndex { $0.number == exchange && $0.isOnWire } }
    func callIndex(_ number: UInt32) -> Int? { number == 0 ? nil : calls.firstIndex { $0.number == number } }

    /// `now` and a duration later: never at once, so that each `tick` gets on, and never beyond the end of time.
    static func time(_ now: Int64, plus duration: Int64) -> Int64 {
        let (time, isBeyond) = now.addingReportingOverflow(max(duration, 1))
        return isBeyond ? .max : time
    }

    /// A number that no call had before, never 0.
    mutating func nextCall() -> UInt32 {
        lastCall &+= 1
        if lastCall == 0 { lastCall = 1 }
        return lastCall
    }

    /// A number that no exchange had before, never 0.
    mutating func nextExchange() -> UInt32 {
        lastExchange &+= 1
        if lastExchange == 0 { lastExchange = 1 }
        return lastExchange
    }

    /// xorshift64*, for jitter alone.
    mutating func nextRandom() -> Double {
        random ^= random >> 12
        random ^= random << 25
        random ^= random >> 27
        return Double((random &* 0x2545_F491_4F6C_DD1D) >> 11) / Double(1 << 53)
    }

    /// How long to wait before the attempt that follows `failures` failed ones.
    mutating func delay(after failures: UInt16, retry: Int32) -> Int64 {
        let policy = settings.reconnection
        let doubled = Double(policy.initial) * Double(1 << min(UInt64(failures), 40))
        let whole = min(doubled, Double(policy.maximum))
        let jittered = Int64(whole * (1 - policy.jitter * nextRandom()))
        return retry < 0 ? jittered : max(Int64(retry) * 1_000_000, failures > 0 ? jittered : 0)
    }
}
