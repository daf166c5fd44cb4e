/// What the server says.
extension MCPClient {
    /// Receives until the transport ends.
    func receive() async {
        do {
            for try await bytes in transport.receive() { take(bytes) }
            await end(with: nil)
        } catch {
            await end(with: error)
        }
    }

    private func take(_ bytes: [UInt8]) {
        do {
            let json = try JSONValue(parsing: bytes)
            guard case .array(let elements) = json else { return take(json) }
            // A batch (2025-03-26): its messages one by one.
            for element in elements { take(element) }
        } catch {
            handlers.onError?(
                MCPClientError(.malformedMessage, "The server sent what is not JSON: \(error).", cause: error))
        }
    }

    private func take(_ json: JSONValue) {
        let message: JSONRPCMessage
        do {
            message = try JSONRPCMessage(json)
        } catch {
            return reject(json, error)
        }
        handlers.onMessage?(message)
        switch message {
        case .request(let id, let method, let params): serve(id, method, params)
        case .notification(let method, let params): take(ServerNotification(method: method, params: params))
        case .response(let id, let result): resolve(id, .success(result))
        case .error(.some(let id), let error): resolve(id, .failure(error))
        case .error(nil, let error):
            handlers.onError?(error)
        }
    }

    /// Somebody may wait for what is no message: the call it should have answered, or the server for its own request.
    private func reject(_ json: JSONValue, _ error: MCPError) {
        let failure = MCPClientError(
            .malformedMessage, "The server sent what is no JSON-RPC message: \(error.message).", cause: error)
        handlers.onError?(failure)
        guard let id = json["id"].flatMap(RequestID.init) else { return }
        if json["method"] != nil {
            refuse(id, error)
        } else if case .integer(let number) = id {
            forget(number)?.resolve(.failure(failure))
        }
    }

    private func resolve(_ id: RequestID, _ result: Result<JSONValue, any Error>) {
        if case .integer(let number) = id, let call = forget(number) { return call.resolve(result) }
        let problem = state.withLock { state -> String? in
            guard case .integer(let number) = id, number >= 1, number <= state.lastID else {
                return "which was never made"
            }
            // An answer that crossed the cancellation on its way is in order.
            guard let index = state.givenUp.firstIndex(of: number) else { return "which was answered before" }
            state.givenUp.remove(at: index)
            return nil
        }
        guard let problem else { return }
        handlers.onError?(MCPClientError(.unexpectedAnswer, "The server answered request \(id), \(problem)."))
    }

    private func take(_ notification: ServerNotification) {
        switch notification.method {
        case "notifications/progress":
            guard let token = notification.params?["progressToken"].flatMap(RequestID.init),
                case .integer(let id) = token, let call = state.withLock({ $0.calls[id] }),
                let update = ProgressUpdate(notification.params)
            else { break }
            call.progressed(at: clock.now())
            call.onProgress?(update)
        case "notifications/cancelled":
            guard let id = notification.params?["requestId"].flatMap(RequestID.init) else { break }
            state.withLock { $0.serverRequests.removeValue(forKey: id) }?.cancel()
        default:
            break
        }
        handlers.onNotification?(notification)
        var isLost = false
        for subscriber in state.withLock({ Array($0.subscribers.values) }) {
            if case .dropped = subscriber.yield(notification) { isLost = true }
        }
        if isLost {
            handlers.onError?(
                MCPClientError(
                    .notificationsLost, "Notifications came faster than they were read; the oldest are lost."))
        }
    }
}
