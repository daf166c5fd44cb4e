/// The dialects with sessions.
extension Visit {
    /// The session of Streamable HTTP that a request names.
    func session(_ id: String) throws(Router.Refusal) -> Session {
        guard let session = switchboard.sessions[id, .streamable, principal] else {
            throw Router.Refusal(response: .error(404, SessionMachine.sessionNotFound))
        }
        return session
    }

    /// Opens a session of HTTP+SSE, which lives as long as this exchange.
    func openEventStream() throws(Router.Refusal) {
        let session = try makeSession(.httpSSE)
        let endpoint = "\(configuration.paths.messages)?session_id=\(session.id)"
        session.take(exchange) { $0.openSession(on: $1, endpoint: endpoint) }
    }

    /// A POST of HTTP+SSE.
    func message(_ id: String) {
        guard let session = switchboard.sessions[id, .httpSSE, principal] else {
            return exchange.respond(.text(404, "Could not find session"))
        }
        do {
            let posted = try PostedMessages(body: body)
            if posted.hasRequests, let refusal = switchboard.drainRefusal { return exchange.respond(refusal) }
            session.take(exchange) { [principal] in $0.receive(posted, on: $1, from: principal) }
        } catch {
            exchange.respond(.text(400, "Could not parse message: \(error.message)"))
        }
    }

    /// A POST without a session can only open one.
    func newSession(_ posted: PostedMessages) throws(Router.Refusal) -> Session {
        guard posted.initializeParams != nil, !posted.isBatch else {
            if let version = request["mcp-protocol-version"] { try router.checkVersion(version) }
            let error = MCPError(code: -32000, message: "The Mcp-Session-Id header is required")
            throw Router.Refusal(response: .error(400, error))
        }
        return try makeSession(.streamable)
    }

    private func makeSession(_ dialect: HTTPDialect) throws(Router.Refusal) -> Session {
        try checkNotDraining()
        guard let server = switchboard.server else { throw Router.Refusal(response: Endpoint.full) }
        let rules = SessionRules(
            dialect: dialect, answerForm: configuration.answerForm, retention: configuration.retention,
            maximumCalls: configuration.limits.callsPerSession, server: server.description)
        let id = RandomID.make()
        let session = Session(
            id: id, principal: principal, switchboard: switchboard, rules: rules,
            requestTimeout: configuration.timeouts.clientAnswer,
            onGone: { [switchboard] in switchboard.sessions.remove(id) })
        guard switchboard.sessions.insert(session) else { throw Router.Refusal(response: Endpoint.full) }
        return session
    }
}
