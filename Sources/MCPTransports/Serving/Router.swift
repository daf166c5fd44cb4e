/// Decides by its head alone what a request is, in whichever dialect, or why it is none. Pure.
struct Router: Sendable {
    /// What a request wants.
    enum Route: Sendable, Hashable {
        /// HTTP+SSE: open a session and its stream.
        case openEventStream
        /// HTTP+SSE: messages of a session.
        case message(sessionID: String)
        /// Streamable HTTP: messages, without a session to open one; or a stateless request, which the body tells.
        case post(sessionID: String?)
        /// Streamable HTTP: listen, or go on after an event.
        case listen(sessionID: String, lastEventID: String?)
        /// Streamable HTTP: end a session.
        case delete(sessionID: String)
        /// Broadcast: hear what all hear.
        case broadcastListen
        /// Broadcast: a message.
        case broadcastMessage
    }

    /// Why a request is refused.
    struct Refusal: Error, Hashable {
        let response: HTTPResponse
    }

    let dialects: Set<HTTPDialect>
    let paths: SSEServerTransport.Paths
    let access: AccessGuard

    /// The route of a request.
    func route(_ request: HTTPRequest) throws(Refusal) -> Route {
        if let response = access.refusal(host: request["host"], origin: request["origin"]) {
            throw Refusal(response: response)
        }
        let path = Self.trimmed(request.path)
        if !dialects.isDisjoint(with: [.streamable, .stateless]), path == Self.trimmed(paths.streamable) {
            return try streamable(request)
        }
        if dialects.contains(.httpSSE), path == Self.trimmed(paths.eventStream) {
            guard request.method == "GET" else { throw Self.notAllowed("GET") }
            return .openEventStream
        }
        if dialects.contains(.httpSSE), path == Self.trimmed(paths.messages) {
            return try message(request)
        }
        if dialects.contains(.broadcast), let route = try broadcast(request, path) { return route }
        throw Refusal(response: .text(404, "Nothing is here. This server speaks MCP at \(places)."))
    }

    private var places: String {
        var places: [String] = []
        if !dialects.isDisjoint(with: [.streamable, .stateless]) {
            places.append("\(paths.streamable) (Streamable HTTP)")
        }
        if dialects.contains(.httpSSE) { places.append("\(paths.eventStream) (HTTP+SSE)") }
        if dialects.contains(.broadcast) { places.append("\(paths.broadcastMessages) (broadcast)") }
        return places.joined(separator: " and ")
    }

    /// The two paths of the broadcast dialect may be one.
    private func broadcast(_ request: HTTPRequest, _ path: Substring) throws(Refusal) -> Route? {
        let isStream = path == Self.trimmed(paths.broadcastStream)
        let isMessages = path == Self.trimmed(paths.broadcastMessages)
        guard isStream || isMessages else { return nil }
        if isStream, request.method == "GET" { return .broadcastListen }
        guard isMessages, request.method == "POST" else {
            throw Self.notAllowed(isStream && isMessages ? "GET, POST" : isStream ? "GET" : "POST")
        }
        guard MediaType.json.isNamed(by: request["content-type"]) else {
            throw Refusal(response: .text(415, "The Content-Type must be application/json."))
        }
        return .broadcastMessage
    }

    /// Whether a request belongs to the stateless dialect as far as its head tells: nothing else is served here, or it
    /// names a revision without sessions. Such requests have no other method, and a session id of theirs means nothing.
    func isStateless(_ request: HTTPRequest) -> Bool {
        dialects.contains(.stateless)
            && (!dialects.contains(.streamable) || StatelessRequest.isMeant(by: request))
    }

    private func message(_ request: HTTPRequest) throws(Refusal) -> Route {
        guard request.method == "POST" else { throw Self.notAllowed("POST") }
        guard MediaType.json.isNamed(by: request["content-type"]) else {
            throw Refusal(response: .text(415, "The Content-Type must be application/json."))
        }
        guard let id = request.argument("session_id"), !id.isEmpty else {
            throw Refusal(response: .text(400, "session_id is required"))
        }
        return .message(sessionID: id)
    }

    private func streamable(_ request: HTTPRequest) throws(Refusal) -> Route {
        let isStateless = isStateless(request)
        guard (isStateless ? ["POST"] : ["POST", "GET", "DELETE"]).contains(request.method) else {
            throw Self.notAllowed(isStateless ? "POST" : "GET, POST, DELETE")
        }
        let sessionID = isStateless ? nil : request["mcp-session-id"]
        if let version = request["mcp-protocol-version"], sessionID != nil || request.method != "POST" {
            try checkVersion(version)
        }
        if request.method == "POST" {
            let accept = request.list("accept")
            guard MediaType.json.isAccepted(by: accept), MediaType.eventStream.isAccepted(by: accept) else {
                throw Self.error(406, "Accept must list application/json and text/event-stream")
            }
            guard MediaType.json.isNamed(by: request["content-type"]) else {
                throw Self.error(415, "The Content-Type must be application/json")
            }
            return .post(sessionID: sessionID)
        }
        if request.method == "GET", !MediaType.eventStream.isAccepted(by: request.list("accept")) {
            throw Self.error(406, "Accept must list text/event-stream")
        }
        guard let sessionID else { throw Self.error(400, "The Mcp-Session-Id header is required") }
        return request.method == "DELETE"
            ? .delete(sessionID: sessionID) : .listen(sessionID: sessionID, lastEventID: request["last-event-id"])
    }

    /// A version that no session here can have negotiated is an error of the client
    /// (MCP 2025-06-18 transports, protocol version header).
    func checkVersion(_ version: String) throws(Refusal) {
        guard !ProtocolRevision.handshake.contains(where: { $0.rawValue == version }) else { return }
        let supported = ProtocolRevision.handshake.map(\.rawValue).joined(separator: ", ")
        throw Self.error(400, "Unsupported protocol version \"\(version)\"; supported are \(supported)")
    }

    private static func notAllowed(_ methods: String) -> Refusal {
        let allow = HTTPRequest.Field(name: "Allow", value: methods)
        return Refusal(response: .text(405, "Only \(methods) may be used here.", fields: [allow]))
    }

    private static func error(_ status: Int, _ message: String) -> Refusal {
        Refusal(response: .error(status, MCPError(code: -32000, message: message)))
    }

    static func trimmed(_ path: String) -> Substring {
        path.count > 1 && path.hasSuffix("/") ? path.dropLast() : path[...]
    }
}
