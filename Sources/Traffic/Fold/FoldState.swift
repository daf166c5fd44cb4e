import WireFormats

/// What the fold remembers of a connection on the client's side.
struct FoldConnection: Sendable {
    /// The client's address without port.
    let address: String
    /// The session of the latest exchange on it.
    var lastSession: Int64?
    /// The sessions that it carries and that are still remembered.
    var sessions = OrderedIDs()
    var openExchanges: Set<Int64> = []
}

/// What the fold needs of a request's head; shared, because exchanges are copied often.
final class RequestFacts: Sendable {
    let connection: Int64
    let startedNs: Int64
    let method: String
    let path: String
    /// Path and query, without the origin of an absolute form.
    let target: String
    /// `mcp-session-id` of the request.
    let headerID: String?
    /// The session named in the query, the way HTTP+SSE servers do.
    let queryID: String?
    /// `mcp-protocol-version` of the request.
    let version: String?
    /// Its head says that it is of a revision without sessions. (MCP 2026-07-28 streamable-http)
    let isModern: Bool
    /// It has no field of MCP's own.
    let isPlain: Bool
    let isResuming: Bool
    let isJSON: Bool
    let identity: ClientIdentity

    init(_ head: RequestHead, connection: Int64, address: String, at: Int64) {
        let parts = RequestTarget(head.target)
        self.connection = connection
        startedNs = at
        method = head.method
        path = parts.path
        target = parts.pathAndQuery
        headerID = head.fields.first("mcp-session-id").flatMap { $0.isEmpty ? nil : $0 }
        queryID = parts.sessionID
        version = head.fields.first("mcp-protocol-version")
        isPlain = !head.fields.contains { $0.name.hasASCIIPrefix(lowercase: "mcp-") }
        isModern =
            version.map { $0 >= Revision.stateless } == true && head.fields.first("mcp-method") != nil
        isResuming = head.fields.first("last-event-id") != nil
        isJSON = head.fields.saysJSON
        identity = ClientIdentity(
            address: address, agent: head.fields.first("user-agent"),
            credential: head.fields.first("authorization") ?? head.fields.first("x-api-key"))
    }
}

/// What the fold needs of a response's head.
struct ResponseFacts: Sendable {
    let status: Int
    let startedNs: Int64
    let isStream: Bool
    let isJSON: Bool
    /// Whether its content coding is read.
    let isReadable: Bool
    let hasSessionID: Bool

    init(_ head: ResponseHead, at: Int64) {
        status = head.status
        startedNs = at
        isStream = head.isEventStream
        isJSON = head.fields.saysJSON
        isReadable = ContentCoding(head.fields).isRead
        hasSessionID = head.fields.first("mcp-session-id") != nil
    }

    var isSuccess: Bool { (200..<300).contains(status) }
}

/// What the fold remembers of an exchange that is still open.
struct FoldExchange: Sendable {
    let request: RequestFacts
    /// Content so far; let go of once it is read.
    var requestBody: [UInt8] = []
    var responseBody: [UInt8] = []
    var response: ResponseFacts?
    /// The forwarder answered by itself.
    var hasOwnAnswer = false
    /// What the client was given in place of the `endpoint` event's data.
    var endpointGiven: String?
    var attribution: Attribution
    /// The session is only the likeliest one: an `endpoint` event may tell better.
    var isGuess = false
    /// Calls whose answer is due in this exchange's response.
    var due = OrderedIDs()
    /// Calls sent in it whose answer came, on another stream, before its response began.
    var answeredEarly: [CallRow] = []
    /// What says that the request is of a revision without sessions, in words.
    var modern: String?
    var hasInitialize = false
    /// Its message opens a conversation: `initialize`, or the `server/discover` that some clients try first.
    var opensSession = false
    var hasRequests = false
    var carriesMessages = false
    /// An event came, be its data empty.
    var hasFirstEvent = false
    /// Whether an event was dispatched yet (events with empty data aside).
    var sawEvent = false
    /// An event had an id: the stream can be resumed, so its end need not be the end.
    var sawEventID = false
    var sawGap = false

    var session: Int64? { attribution.sessionID }
    var isStream: Bool { response?.isStream ?? false }
}

/// Who a client is where the wire names no session: address without port, credentials and user agent.
struct ClientIdentity: Sendable, Hashable {
    let address: String
    let agent: String?
    let credential: String?
}

/// Where a client without a session id is looked for: one client may speak with several servers.
struct ClientAtPath: Sendable, Hashable {
    let client: ClientIdentity
    /// Nil: at any path.
    let path: String?
    /// What the client calls itself, and its version, where each request says so.
    var introduction: String?
}

/// The revisions that decide how messages travel.
enum Revision {
    /// The first without sessions; later ones, drafts included, sort behind it.
    static let stateless = "2026-07-28"
}

/// Where an HTTP+SSE client POSTs; without the client for the latest one of whichever client.
struct Endpoint: Sendable, Hashable {
    let target: String
    let client: ClientIdentity?
}

/// A client that tries one way to talk after the other comes back from the same address and program, with other credentials perhaps.
struct TryingClient: Sendable, Hashable {
    let address: String
    let agent: String?

    init(_ identity: ClientIdentity) {
        address = identity.address
        agent = identity.agent
    }
}

/// A call that waits.
struct FoldCall: Sendable {
    var row: CallRow
    /// Of the round that is under way: its id, its message, the exchange that it was sent in.
    var rpcID: String
    var requestID: Int64
    var exchangeID: Int64?
    var progressToken: String?
    /// The revision that the request names.
    var version: String?
    /// What a further round must repeat; nil where there can be none.
    var question: CallQuestion?
    /// What the server wants to know first.
    var awaited: AwaitedInput?
    /// Why no answer came where it was due, should it not come elsewhere either.
    var missing: CallRow.Reason?
    /// Of a server's request: tells one that comes again on a resumed stream.
    var digest: MessageDigest?

    var isListening: Bool { row.isListening }
}

extension CallRow {
    /// Its stream stays open for what the server has to tell. (MCP 2026-07-28 subscriptions)
    package var isListening: Bool { method == "subscriptions/listen" }
}

/// Counters of the rows that the fold makes.
struct FoldIDs: Sendable {
    private var session: Int64 = 0
    private var message: Int64 = 0
    private var call: Int64 = 0

    mutating func nextSession(_ recording: Int64) -> Int64 {
        session += 1
        return recording << 32 | session
    }

    mutating func nextMessage(_ recording: Int64) -> Int64 {
        message += 1
        return recording << 32 | message
    }

    mutating func nextCall(_ recording: Int64) -> Int64 {
        call += 1
        return recording << 32 | call
    }
}
