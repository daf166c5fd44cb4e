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
        do throws(Router.Refusal) {
            switch try router.route(request) {
            case .openEventStream: try openEventStream(on: exchange)
            case .message(let id): message(id, body, on: exchange)
            case .post(let id): try post(request, id, body, on: exchange)
            case .listen(let id, let lastEventID):
                try session(id).take(exchange) { $0.listen(on: $1, lastEventID: lastEventID) }
            case .delete(let id):
                try session(id).terminate()
                exchange.respond(HTTPResponse(status: 200))
            case .broadcastListen: try broadcastListen(on: exchange)
            case .broadcastMessage: try broadcastMessage(body, on: exchange)
            }
        } catch {
            exchange.respond(error.response)
        }
    }

    /// A POST to the path that two dialects share. Which one it belongs to is decided for each by itself
    /// (MCP 2026-07-28 basic/versioning, servers of both eras).
    private func post(
        _ request: HTTPRequest, _ sessionID: String?, _ body: [UInt8], on exchange: HTTPExchange
    ) throws(Router.Refusal) {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: body)
        } catch {
            throw Router.Refusal(response: .error(400, .parseError("The body is not JSON: \(error)")))
        }
        if router.isStateless(request)
            || router.dialects.contains(.stateless) && StatelessRequest.isMeant(by: request, json)
        {
            return try stateless(request, json, on: exchange)
        }
        var session: Session?
        if let sessionID { session = try self.session(sessionID) }
        let posted: PostedMessages
        do {
            posted = try PostedMessages(json)
        } catch {
            throw Router.Refusal(response: .error(400, error))
        }
        if session == nil { session = try newSession(for: request, posted) }
        session?.take(exchange) { $0.receive(posted, on: $1) }
    }

    static let full = HTTPResponse.error(
        503, MCPError(code: -32000, message: "The server has as many sessions as it can hold"),
        fields: [.init(name: "Retry-After", value: "5")])
}
