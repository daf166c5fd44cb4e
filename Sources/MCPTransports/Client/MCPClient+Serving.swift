/// What the server asks the client.
extension MCPClient {
    /// Answers a request of the server in a task of its own.
    func serve(_ id: RequestID, _ method: String, _ params: JSONValue?) {
        let refusal = state.withLock { state -> MCPError? in
            if case .closed = state.phase { return nil }
            if state.serverRequests[id] != nil {
                return .invalidRequest("A request with this id is still being answered")
            }
            guard state.serverRequests.count < configuration.serverRequestLimit else {
                return MCPError(code: -32000, message: "Too many requests at a time to this client")
            }
            state.serverRequests[id] = Task { await answer(id, method, params) }
            return nil
        }
        if let refusal { refuse(id, refusal) }
    }

    /// Tells the server that its request is not answered.
    func refuse(_ id: RequestID, _ error: MCPError) {
        Task { await say(.error(id: id, error)) }
    }

    private func answer(_ id: RequestID, _ method: String, _ params: JSONValue?) async {
        let message: JSONRPCMessage
        do {
            message = .response(id: id, result: try await result(of: method, params))
        } catch let error as MCPError {
            message = .error(id: id, error)
        } catch {
            message = .error(id: id, .internalError("\(method) failed: \(error)"))
        }
        // A request that the server has cancelled gets no answer (MCP 2025-11-25 basic/utilities/cancellation).
        let isWanted = state.withLock { $0.serverRequests.removeValue(forKey: id) } != nil
        if isWanted, !Task.isCancelled { await say(message) }
    }

    private func result(of method: String, _ params: JSONValue?) async throws -> JSONValue {
        switch method {
        case "ping":
            return [:]
        case "sampling/createMessage":
            guard let sampling = handlers.sampling else { break }
            return try await sampling(try SamplingRequest(params)).json
        case "elicitation/create":
            guard let elicitation = handlers.elicitation else { break }
            let request = try ElicitationRequest(params)
            return try await elicitation(request).completed(by: request).json
        case "roots/list":
            guard let roots = handlers.roots else { break }
            return ["roots": .array(try await roots().map(\.json))]
        default:
            break
        }
        guard let request = handlers.request else { throw MCPError.methodNotFound(method) }
        return try await request(method, params)
    }

    private func say(_ message: JSONRPCMessage) async {
        do {
            try await transport.send(message.json.serialized())
        } catch {
            handlers.onError?(
                MCPClientError(.answerNotSent, "An answer to the server could not be sent: \(error)", cause: error))
        }
    }
}
