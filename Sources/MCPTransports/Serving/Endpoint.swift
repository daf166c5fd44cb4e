/// Brings requests to their sessions.
struct Endpoint: HTTPResponder {
    let router: Router
    let server: MCPServer
    let configuration: SSEServerTransport.Configuration
    let sessions: SessionTable
    let makeSessionID: @Sendable () -> String

    func refusal(of request: HTTPRequest) -> HTTPResponse? {
        do {
            _ = try router.route(request)
            return nil
        } catch {
            return error.response
        }
    }

    func respond(to request: HTTPRequest, body: [UInt8], on exchange: HTTPExchange) {
        do throws(Router.Refusal) {
            switch try router.route(request) {
            case .openEventStream: openEventStream(on: exchange)
            case .message(let id): message(id, body, on: exchange)
            case .post(let id?): try post(id, body, on: exchange)
            case .post(nil): try initialize(request, body, on: exchange)
            case .listen(let id, let lastEventID):
                try session(id).take(exchange) { $0.listen(on: $1, lastEventID: lastEventID) }
            case .delete(let id):
                try session(id).terminate()
                exchange.respond(HTTPResponse(status: 200))
            }
        } catch {
            exchange.respond(error.response)
        }
    }

    private func session(_ id: String) throws(Router.Refusal) -> Session {
        guard let session = sessions[id, .streamable] else {
            throw Router.Refusal(response: .error(404, SessionMachine.sessionNotFound))
        }
        return session
    }

    /// Opens a session of HTTP+SSE, which lives as long as this exchange.
    private func openEventStream(on exchange: HTTPExchange) {
        let session = makeSession(.httpSSE)
        guard sessions.insert(session) else { return exchange.respond(Self.full) }
        let endpoint = "\(configuration.paths.messages)?session_id=\(session.id)"
        session.take(exchange) { $0.openSession(on: $1, endpoint: endpoint) }
    }

    private func message(_ id: String, _ body: [UInt8], on exchange: HTTPExchange) {
        guard let session = sessions[id, .httpSSE] else {
            return exchange.respond(.text(404, "Could not find session"))
        }
        do {
            let posted = try PostedMessages(body: body)
            session.take(exchange) { $0.receive(posted, on: $1) }
        } catch {
            exchange.respond(.text(400, "Could not parse message: \(error.message)"))
        }
    }

    private func post(_ id: String, _ body: [UInt8], on exchange: HTTPExchange) throws(Router.Refusal) {
        let session = try session(id)
        let posted = try Self.messages(of: body)
        session.take(exchange) { $0.receive(posted, on: $1) }
    }

    /// A POST without a session can only open one.
    private func initialize(
        _ request: HTTPRequest, _ body: [UInt8], on exchange: HTTPExchange
    ) throws(Router.Refusal) {
        let posted = try Self.messages(of: body)
        guard posted.initializeParams != nil, !posted.isBatch else {
            if let version = request["mcp-protocol-version"] { try router.checkVersion(version) }
            let error = MCPError(code: -32000, message: "The Mcp-Session-Id header is required")
            throw Router.Refusal(response: .error(400, error))
        }
        let session = makeSession(.streamable)
        guard sessions.insert(session) else { throw Router.Refusal(response: Self.full) }
        session.take(exchange) { $0.receive(posted, on: $1) }
    }

    private static func messages(of body: [UInt8]) throws(Router.Refusal) -> PostedMessages {
        do {
            return try PostedMessages(body: body)
        } catch {
            throw Router.Refusal(response: .error(400, error))
        }
    }

    private func makeSession(_ dialect: HTTPDialect) -> Session {
        let rules = SessionRules(
            dialect: dialect, answerForm: configuration.answerForm, retention: configuration.retention,
            maximumCalls: configuration.limits.callsPerSession, server: server.description)
        let id = makeSessionID()
        return Session(
            id: id, server: server, rules: rules, requestTimeout: configuration.timeouts.clientAnswer,
            onGone: { [sessions] in sessions.remove(id) })
    }

    private static let full = HTTPResponse.error(
        503, MCPError(code: -32000, message: "The server has as many sessions as it can hold"),
        fields: [.init(name: "Retry-After", value: "5")])
}
