/// Takes a JSON-RPC message as it came and gives what is answered; nil for nothing. What it throws becomes HTTP 500 with
/// the JSON-RPC error -32603.
public typealias MessageHandler = @Sendable (JSONValue) async throws -> JSONValue?

/// Answers POSTs of the broadcast dialect: each in its own response, without a session before or after it.
struct BroadcastService: Sendable {
    /// What answers.
    enum Handler: Sendable {
        case server(MCPServer)
        case messages(MessageHandler?)
    }

    let handler: Handler
    let listeners: ListenerTable
    let announce: @Sendable (ServerChange) -> Int
    var principal: Principal?

    /// The response to a body.
    func respond(to body: [UInt8]) async -> HTTPResponse {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: body)
        } catch {
            return .error(400, .parseError("The body is not JSON: \(error)"))
        }
        switch handler {
        case .messages(let handler): return await respond(to: json, with: handler)
        case .server(let server):
            do {
                return await respond(to: try JSONRPCMessage(json), with: server)
            } catch {
                return Self.error(400, json["id"].flatMap(RequestID.init), error)
            }
        }
    }

    private func respond(to json: JSONValue, with handler: MessageHandler?) async -> HTTPResponse {
        let id = json["id"].flatMap(RequestID.init)
        guard let handler else { return Self.error(500, id, .internalError("This server has no message handler")) }
        do {
            guard let answer = try await handler(json) else { return HTTPResponse(status: 202) }
            return .json(200, answer)
        } catch {
            return Self.error(500, id, .internalError("The message handler failed: \(error)"))
        }
    }

    private func respond(to message: JSONRPCMessage, with server: MCPServer) async -> HTTPResponse {
        guard case .request(let id, let method, let params) = message else { return HTTPResponse(status: 202) }
        do {
            let result = try await result(of: method, params, id, server)
            return .json(200, JSONRPCMessage.response(id: id, result: result).json)
        } catch let error as MCPError {
            return Self.error(error.code == -32603 ? 500 : 200, id, error)
        } catch {
            return Self.error(500, id, .internalError("\(method) failed: \(error)"))
        }
    }

    private func result(
        of method: String, _ params: JSONValue?, _ id: RequestID, _ server: MCPServer
    ) async throws -> JSONValue {
        switch method {
        case "initialize":
            let revision = ProtocolRevision.negotiated(requested: params?["protocolVersion"]?.stringValue)
            return server.description.initializeResult(revision: revision)
        case "ping": return [:]
        case "logging/setLevel":
            guard let level = params?["level"]?.stringValue.flatMap(LogLevel.init) else {
                throw MCPError.invalidParams("Unknown log level")
            }
            listeners.minimumLogLevel = level
            return [:]
        case "resources/subscribe" where server.announces.contains(.resourceUpdated),
            "resources/unsubscribe" where server.announces.contains(.resourceUpdated):
            return [:]
        case "tools/call":
            if let name = params?["name"]?.stringValue, !server.tools.contains(where: { $0.name == name }) {
                throw MCPError(code: -32601, message: "Tool not found: \(name)")
            }
        default: break
        }
        let context = RequestContext(
            sessionID: "", requestID: id, revision: .latest, client: nil, clientCapabilities: [:],
            progressToken: params?["_meta"]?["progressToken"], requestTimeout: .zero, link: BroadcastLink(listeners),
            dialect: .broadcast, announcing: announce, principal: principal)
        return try await server.answer(method: method, params: params, context: context)
    }

    private static func error(_ status: Int, _ id: RequestID?, _ error: MCPError) -> HTTPResponse {
        .json(status, JSONRPCMessage.error(id: id, error).json)
    }
}

/// Ties a handler to all listeners: it can tell them something, and ask nobody.
private struct BroadcastLink: ClientLink {
    let listeners: ListenerTable

    init(_ listeners: ListenerTable) { self.listeners = listeners }

    func notify(method: String, params: JSONValue?) {
        listeners.send(.notification(method: method, params: params))
    }

    func log(level: LogLevel, data: JSONValue, logger: String?) {
        if let minimum = listeners.minimumLogLevel, level < minimum { return }
        var params: JSONObject = ["level": .string(level.rawValue)]
        params["logger"] = logger.map(JSONValue.string)
        params["data"] = data
        notify(method: "notifications/message", params: .object(params))
    }

    func request(_ questions: [PosedQuestion]) async throws -> [JSONValue] {
        let methods = questions.map(\.method).joined(separator: ", ")
        throw MCPError(code: -32601, message: "Nobody can be asked for \(methods) in the broadcast dialect")
    }

    func closeStream(retry: Duration) -> Bool { false }
}
