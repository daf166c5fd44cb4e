/// What a handler may do towards the client while it answers one request.
///
/// Everything sent here reaches the client before the answer and on the same stream. After the answer, or once the session
/// has ended, notifications vanish and requests throw ``MCPError/connectionClosed``.
///
/// A handler is written once for all dialects. In the stateless one a request to the client ends the present POST, and the
/// handler waits in this process until the client comes back with the answer; what it tells meanwhile is lost. In the
/// broadcast dialect notifications go to all listeners, and nobody can be asked.
public struct RequestContext: Sendable {
    /// The session, as `Mcp-Session-Id` or `session_id` names it; empty in dialects without sessions.
    public let sessionID: String
    /// The request that is being answered.
    public let requestID: RequestID
    /// The revision the session speaks.
    public let revision: ProtocolRevision
    /// How the client named itself; nil when it did not.
    public let client: Implementation?
    /// What the client said it can do, as it travels.
    public let clientCapabilities: JSONValue
    /// Under which token the client wants to hear of progress; nil when it does not.
    let progressToken: JSONValue?
    /// How long a request to the client may take.
    let requestTimeout: Duration
    let link: any ClientLink
    /// How the messages of this request travel.
    public internal(set) var dialect = HTTPDialect.streamable
    /// Tells everybody of a change.
    var announcing: @Sendable (ServerChange) -> Int = { _ in 0 }
    /// Who asks, as the authentication of the transport found out; nil without one.
    public internal(set) var principal: Principal?

    /// Whether the client cancelled the request or the session ended.
    public var isCancelled: Bool { Task.isCancelled }

    /// Tells the client how far the work is, if it asked to hear of it (MCP 2025-11-25 basic/utilities/progress).
    ///
    /// - Parameters:
    ///   - progress: Must grow from call to call.
    ///   - total: What it will be in the end, where known.
    public func progress(_ progress: Double, total: Double? = nil, message: String? = nil) {
        guard let progressToken else { return }
        var params: JSONObject = ["progressToken": progressToken, "progress": Self.shortest(progress)]
        params["total"] = total.map(Self.shortest)
        params["message"] = message.map(JSONValue.string)
        link.notify(method: "notifications/progress", params: .object(params))
    }

    /// Sends a log message, unless the client asked for more severe ones only.
    public func log(level: LogLevel, _ data: JSONValue, logger: String? = nil) {
        link.log(level: level, data: data, logger: logger)
    }

    /// Sends any notification.
    public func notify(method: String, params: JSONValue? = nil) {
        link.notify(method: method, params: params)
    }

    /// Ends the connection that carries the answer while the work goes on; the client fetches the rest after `retry`
    /// (MCP 2025-11-25 transports, polling).
    ///
    /// - Returns: false, and nothing happens, where the client could not come back: the dialect is HTTP+SSE, the revision
    ///   is older than 2025-11-25, or the host keeps no events.
    @discardableResult
    public func closeStream(retry: Duration) -> Bool {
        link.closeStream(retry: retry)
    }

    /// Tells all clients that want to hear of it, this one included, that something about the server has changed
    /// (see ``SSEServerTransport/announce(_:)``).
    ///
    /// - Returns: how many were told.
    @discardableResult
    public func announce(_ change: ServerChange) -> Int { announcing(change) }

    /// A whole number where the value is one, because most clients write it so.
    private static func shortest(_ value: Double) -> JSONValue {
        Int64(exactly: value).map(JSONValue.integer) ?? .number(value)
    }
}

/// The way from one handler to its client; a session implements it.
protocol ClientLink: Sendable {
    func notify(method: String, params: JSONValue?)
    func log(level: LogLevel, data: JSONValue, logger: String?)
    /// The results of questions that are asked together, in their order; the first failure fails all.
    func request(_ questions: [PosedQuestion]) async throws -> [JSONValue]
    func closeStream(retry: Duration) -> Bool
}
