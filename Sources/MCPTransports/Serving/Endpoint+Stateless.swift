/// The stateless dialect.
extension Visit {
    /// A POST of MCP 2026-07-28. Nothing it asks for has begun when this throws.
    func stateless(_ json: JSONValue) throws(Router.Refusal) {
        do throws(StatelessRequest.Rejection) {
            switch try Self.statelessMessage(json) {
            case .notification: exchange.respond(HTTPResponse(status: 202))
            case .response, .error:
                throw StatelessRequest.Rejection(
                    status: 400, id: nil, error: .invalidRequest("Clients send no responses in this revision"))
            case .request(let id, let method, let params):
                if method == "initialize", !StatelessRequest.isMeant(by: request, json) {
                    let version = params?["protocolVersion"]?.stringValue ?? ""
                    throw StatelessRequest.Rejection(
                        status: 400, id: id,
                        error: .unsupportedProtocolVersion(version, supported: ProtocolRevision.stateless))
                }
                let call = try StatelessRequest(request, id: id, method: method, params: params)
                if call.params["requestState"] == nil, let refusal = switchboard.drainRefusal {
                    return exchange.respond(refusal)
                }
                try answer(call)
            }
        } catch {
            throw Router.Refusal(response: error.response)
        }
    }

    private static func statelessMessage(_ json: JSONValue) throws(StatelessRequest.Rejection) -> JSONRPCMessage {
        do {
            return try JSONRPCMessage(json)
        } catch {
            throw StatelessRequest.Rejection(status: 400, id: json["id"].flatMap(RequestID.init), error: error)
        }
    }

    private func answer(_ call: StatelessRequest) throws(StatelessRequest.Rejection) {
        guard let server = switchboard.server, server.offers(call.method) else {
            throw StatelessRequest.Rejection(status: 404, id: call.id, error: .methodNotFound(call.method))
        }
        do throws(MCPError) {
            try server.validateParameterHeaders(request, of: call)
            switch call.method {
            case "server/discover":
                let result = server.dressing.complete(server.discovery, of: call.method)
                exchange.respond(.json(200, JSONRPCMessage.response(id: call.id, result: result).json))
            case "subscriptions/listen":
                let filter = try SubscriptionFilter(call.params, honouring: server.announces)
                guard switchboard.subscriptions.open(call.id, filter, on: exchange) else { throw Self.tooMany }
            default:
                try run(call, server)
            }
        } catch {
            let status = error == Self.tooMany ? 503 : 400
            throw StatelessRequest.Rejection(status: status, id: call.id, error: error)
        }
    }

    private func run(_ request: StatelessRequest, _ server: MCPServer) throws(MCPError) {
        guard request.params["requestState"] == nil else {
            return try switchboard.calls.takeSuspended(request, principal: principal).resume(request, on: exchange)
        }
        let call = StatelessCall(
            request, principal: principal, form: configuration.answerForm, dressing: server.dressing,
            table: switchboard.calls)
        guard switchboard.calls.insert(call) else { throw Self.tooMany }
        let context = RequestContext(
            sessionID: "", requestID: request.id, revision: request.revision, client: request.client,
            clientCapabilities: request.clientCapabilities, progressToken: request.progressToken ?? .null,
            requestTimeout: configuration.timeouts.clientAnswer, link: call, dialect: .stateless,
            announcing: { [switchboard] in switchboard.announce($0) }, principal: principal)
        call.start(on: exchange) { await server.result(of: request, context) }
    }

    private static let tooMany = MCPError.internalError("The server has as much to do as it can take")
}

extension MCPServer {
    /// What a call comes to; what handlers throw beyond errors of JSON-RPC is an internal error.
    func result(of request: StatelessRequest, _ context: RequestContext) async -> Result<JSONValue, MCPError> {
        do {
            return .success(try await answer(method: request.method, params: .object(request.params), context: context))
        } catch let error as MCPError {
            return .failure(error)
        } catch {
            return .failure(.internalError("\(request.method) failed: \(error)"))
        }
    }
}
