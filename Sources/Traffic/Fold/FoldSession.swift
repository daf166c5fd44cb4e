import WireFormats

/// What the fold remembers of a session.
struct FoldSession: Sendable {
    enum Phase: Sendable {
        /// Nothing was answered yet.
        case unproven
        /// Nothing but refused attempts so far: what follows from the same client belongs here.
        case refused
        /// Asked what the server speaks and had an answer: an `initialize` that follows belongs here.
        case discovered
        case established
    }

    var row: SessionRow
    var identity: ClientIdentity
    /// Path of the exchange that it began with.
    var path: String
    var phase = Phase.unproven
    /// A client that introduced itself was accepted: its name stays.
    var isIntroduced = false
    /// The text in which the client last introduced itself in `_meta`.
    var introduction: MessageDigest?
    /// No exchange of it had a field of MCP's own, on either side.
    var isPlain = false
    /// Where its client listens, in `broadcast`.
    var streamPath: String?
    /// What was said of its first exchanges, as long as its dialect may yet prove to be `broadcast`.
    var plainExchanges: [Attribution] = []
    var nextMessage: Int64 = 0
    var lastNs: Int64
    /// Requests without an answer, oldest first, by direction and JSON text of their id.
    var pending: [PendingKey: OrderedIDs] = [:]
    /// Calls that wait, by direction and JSON text of their progress token.
    var progress: [PendingKey: Int64] = [:]
    /// Calls that wait for input of the client, oldest first.
    var awaiting: [Int64] = []
    /// The stream that an HTTP+SSE session lives on.
    var homeStream: Int64?
    /// Under which the session stands in `Fold.unnamed`.
    var places: [ClientAtPath] = []
    /// Under which the session stands in `Fold.endpoints`.
    var endpoints: [Endpoint] = []
    /// Under which the session stands in `Fold.named`.
    var wireIDs: [String] = []
    var openExchanges = 0
    var connections: Set<Int64> = []
    /// A connection or stream of it was ended by the recording's end.
    var wasOpenAtShutdown = false
    /// What has been answered lately, for answers that come again or late.
    var answered = Recent<PendingKey, SettledCall>(limit: 256)

    init(row: SessionRow, identity: ClientIdentity, path: String, lastNs: Int64) {
        self.row = row
        self.identity = identity
        self.path = path
        self.lastNs = lastNs
    }

    var isEnded: Bool { row.endedNs != nil }
    var isHTTPSSE: Bool { row.dialect == .httpSSE }
}

struct PendingKey: Sendable, Hashable {
    /// Direction of the request.
    let direction: Direction
    /// JSON text of the id or progress token.
    let id: String
}

/// A call that no longer waits.
enum SettledCall: Sendable {
    case answered(by: Answer)
    /// Ended without an answer, which may yet come.
    indirect case givenUp(CallRow)

    struct Answer: Sendable {
        let messageID: Int64
        let digest: MessageDigest
    }
}

/// Tells equal messages from others within one run of the fold.
struct MessageDigest: Sendable, Hashable {
    private let size: Int
    private let hash: Int

    init(_ text: [UInt8]) { self.init(text[...]) }

    init(_ text: ArraySlice<UInt8>) {
        size = text.count
        var hasher = Hasher()
        text.withUnsafeBytes { hasher.combine(bytes: $0) }
        hash = hasher.finalize()
    }
}

/// A dictionary that forgets its oldest entries.
struct Recent<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private var values: [Key: Value] = [:]
    private var order: [Key] = []
    private var oldest = 0
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    subscript(key: Key) -> Value? { values[key] }

    /// A value that replaces another keeps its age.
    mutating func insert(_ value: Value, for key: Key) {
        guard values.updateValue(value, forKey: key) == nil else { return }
        order.append(key)
        guard order.count - oldest > limit else { return }
        values.removeValue(forKey: order[oldest])
        oldest += 1
        if oldest > limit {
            order.removeFirst(oldest)
            oldest = 0
        }
    }
}
