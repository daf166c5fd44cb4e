import MCPTransports

/// The openings of the dialects, for tests that are about what comes after them.
extension ScriptedServer {
    /// The result of `initialize` of a server that offers `capabilities`.
    public static func initializeResult(
        revision: ProtocolRevision = .latest, capabilities: JSONValue = [:]
    ) -> JSONValue {
        [
            "protocolVersion": .string(revision.rawValue), "capabilities": capabilities,
            "serverInfo": ["name": "scripted", "version": "1"],
        ]
    }

    /// Expects the handshake of Streamable HTTP: `initialize`, answered as JSON with the session header, then
    /// `notifications/initialized` (MCP 2025-11-25 basic/lifecycle).
    ///
    /// - Parameter sessionID: nil leaves the session header out.
    /// - Returns: the expectation of `initialize`.
    @discardableResult
    public func expectHandshake(
        path: String? = nil, sessionID: String? = "session-1", revision: ProtocolRevision = .latest,
        capabilities: JSONValue = [:]
    ) -> ScriptedExpectation {
        let result = Self.initializeResult(revision: revision, capabilities: capabilities)
        let opening = expectRequest("initialize", path: path)
        if let sessionID {
            opening.respond(result: result, headers: ["Mcp-Session-Id": sessionID])
        } else {
            opening.respond(result: result)
        }
        expectNotification("notifications/initialized", path: path)
        return opening
    }

    /// Expects the handshake of HTTP with server-sent events: a GET, answered with a stream that names the endpoint,
    /// `initialize`, answered with 202 and on the stream, then `notifications/initialized` (MCP 2024-11-05 transports).
    ///
    /// - Returns: the expectation of the GET, for ``ScriptedExpectation/respond(on:result:isAnswerFirst:)`` and its stream.
    @discardableResult
    public func expectHTTPSSEHandshake(
        path: String? = nil, endpoint: String = "/messages?session_id=1", revision: ProtocolRevision = .v20241105,
        capabilities: JSONValue = [:]
    ) -> ScriptedExpectation {
        let stream = expectGET(path: path).openStream { $0.sendEndpoint(endpoint) }
        let posted = String(endpoint.prefix { $0 != "?" })
        let result = Self.initializeResult(revision: revision, capabilities: capabilities)
        expectRequest("initialize", path: posted.hasPrefix("/") ? posted : nil).respond(on: stream, result: result)
        expectNotification("notifications/initialized")
        return stream
    }
}
