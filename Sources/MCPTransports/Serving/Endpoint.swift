/// Brings requests to what answers them.
struct Endpoint: HTTPResponder {
    let router: Router
    let switchboard: Switchboard

    var configuration: SSEServerTransport.Configuration { switchboard.configuration }

    init(_ switchboard: Switchboard) {
        self.switchboard = switchboard
        let configuration = switchboard.configuration
        router = Router(
            dialects: configuration.dialects, paths: configuration.paths,
            access: AccessGuard(access: configuration.access, listeningHost: configuration.host))
    }

    func refusal(of request: HTTPRequest) -> HTTPResponse? {
        do {
            _ = try router.route(request)
            return nil
        } catch {
            return error.response
        }
    }

    func respond(to request: HTTPRequest, body: [UInt8], on exchange: HTTPExchange) {
        let route: Router.Route
        do {
            route = try router.route(request)
        } catch {
            return exchange.respond(error.response)
        }
        guard let authenticate = switchboard.authenticate else {
            return Visit(endpoint: self, request: request, body: body, exchange: exchange).take(route)
        }
        let isDeciding = switchboard.tasks.run {
            let head = RequestHead(request)
            let decision = await authenticate(head)
            let metadata = configuration.access.resourceMetadata
            if let refusal = decision.refusal(hasToken: head.bearerToken != nil, resourceMetadata: metadata) {
                return exchange.respond(refusal)
            }
            guard case .allow(let principal) = decision else { return }
            Visit(endpoint: self, request: request, body: body, exchange: exchange, principal: principal).take(route)
        }
        if !isDeciding { exchange.respond(Self.full) }
    }

    static let full = HTTPResponse.error(
        503, MCPError(code: -32000, message: "The server has as many sessions as it can hold"),
        fields: [.init(name: "Retry-After", value: "5")])
}

/// One request that was let in, on its way to what answers it.
struct Visit {
    let endpoint: Endpoint
    let request: HTTPRequest
    let body: [UInt8]
    let exchange: HTTPExchange
    var principal: Principal?

    var switchboard: Switchboard { endpoint.switchboard }
    var router: Router { endpoint.router }
    var configuration: SSEServerTransport.Configuration { endpoint.configuration }

    /// Brings it there.
    func take(_ route: Router.Route) {
        do throws(Router.Refusal) {
            switch route {
            case .openEventStream: try openEventStream()
            case .message(let id): message(id)
            case .post(let id): try post(id)
            case .listen(let id, let lastEventID):
                try session(id).take(exchange) { $0.listen(on: $1, lastEventID: lastEventID) }
            case .delete(let id):
                try session(id).terminate()
                exchange.respond(HTTPResponse(status: 200))
            case .broadcastListen: try broadcastListen()
            case .broadcastMessage: try broadcastMessage()
            }
        } catch {
            exchange.respond(error.response)
        }
    }

    /// Refuses to begin anything while the server comes to its end.
    func checkNotDraining() throws(Router.Refusal) {
        if let response = switchboard.drainRefusal { throw Router.Refusal(response: response) }
    }

    /// A POST to the path that two dialects share. Which one it belongs to is decided for each by itself
    /// (MCP 2026-07-28 basic/versioning, servers of both eras).
    private func post(_ sessionID: String?) throws(Router.Refusal) {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: body)
        } catch {
            throw Router.Refusal(response: .error(400, .parseError("The body is not JSON: \(error)")))
        }
        if router.isStateless(request)
            || router.dialects.contains(.stateless) && StatelessRequest.isMeant(by: request, json)
        {
            return try stateless(json)
        }
        var session: Session?
        if let sessionID { session = try self.session(sessionID) }
        let posted: PostedMessages
        do {
            posted = try PostedMessages(json)
        } catch {
            throw Router.Refusal(response: .error(400, error))
        }
        if posted.hasRequests { try checkNotDraining() }
        if session == nil { session = try newSession(posted) }
        session?.take(exchange) { [principal] in $0.receive(posted, on: $1, from: principal) }
    }
}
