/// How messages travel in a session (see also ``ProtocolRevision``, which is independent of it).
public enum HTTPDialect: String, Sendable, Hashable, CaseIterable {
    /// HTTP with server-sent events: one GET stream carries all that the server says, POSTs carry what the client says
    /// (MCP 2024-11-05 transports).
    case httpSSE = "http+sse"
    /// Streamable HTTP with a handshake: each POST is answered by itself (MCP 2025-03-26 to 2025-11-25 transports).
    case streamable
    /// Streamable HTTP without sessions: every request carries what its answer depends on (MCP 2026-07-28 transports).
    case stateless
    /// One GET stream that all listeners share, without an `endpoint` event, and POSTs that are answered in their own
    /// response. No revision of MCP defines it.
    case broadcast

    /// Those that a revision of MCP defines.
    public static let standard: Set<HTTPDialect> = [.httpSSE, .streamable, .stateless]
}

/// In which form a Streamable HTTP server answers a POST that holds requests.
public enum AnswerForm: String, Sendable, Hashable, CaseIterable {
    /// JSON, unless the handler says something before its answer or takes longer than a heartbeat: then an event stream.
    case automatic
    /// An event stream, opened at once.
    case eventStream
    /// JSON. What a handler says before its answer goes to the GET stream, and is lost where there is none.
    case json
}

/// How many events a session keeps for clients that lost a connection (MCP 2025-11-25 transports, resumability).
public struct EventRetention: Sendable, Hashable {
    /// The most events of one session.
    public var events: Int
    /// The most bytes of event data of one session; the newest event is kept whatever its size.
    public var bytes: Int

    /// Limits, both at least 1.
    public init(events: Int = 256, bytes: Int = 1 << 20) {
        self.events = max(1, events)
        self.bytes = max(1, bytes)
    }
}

/// What a session is told when it opens.
struct SessionRules: Sendable, Hashable {
    var dialect: HTTPDialect
    var answerForm: AnswerForm
    /// Nil: events have no ids and streams cannot be resumed.
    var retention: EventRetention?
    /// The most requests that may be in the hands of handlers at a time.
    var maximumCalls: Int
    var server: ServerDescription
}
