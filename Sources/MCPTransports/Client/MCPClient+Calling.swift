/// What the client says.
extension MCPClient {
    /// Makes a request and waits for its result.
    ///
    /// - Parameters:
    ///   - timeout: nil: what ``Configuration/timeout`` says.
    ///   - progress: Hears how far the server is, in the order in which it says so and before the result is returned. The
    ///     request then carries a progress token; without it `params` travel as they are.
    /// - Throws: the server's ``MCPError``; ``MCPError/requestTimedOut`` or `CancellationError` after telling the server
    ///   that the request is cancelled; ``MCPError/connectionClosed`` or what broke the connection when it ends first;
    ///   ``MCPClientError/Code/invalidResult`` when the result is of a kind that belongs to an extension (MCP 2026-07-28
    ///   basic/index, result types) and ``Configuration/capabilities`` name none.
    public func request(
        _ method: String, params: JSONValue? = nil, timeout: RequestTimeout? = nil,
        progress: (@Sendable (ProgressUpdate) -> Void)? = nil
    ) async throws -> JSONValue {
        try Task.checkCancellation()
        let call = try begin(method, timeout ?? configuration.timeout, progress)
        let params = progress == nil ? params : Self.params(params, withToken: call.id)
        let message = JSONRPCMessage.request(id: .integer(call.id), method: method, params: params)
        let bytes = message.json.serialized()
        // A task of its own, because an answer may overtake the return of the transport's send and is not held up by it.
        let sending = Task {
            do {
                try await transport.send(bytes)
            } catch {
                forget(call.id)?.resolve(.failure(error))
                throw error
            }
        }
        call.began(sending: sending)
        if call.deadline != nil { call.timed(by: Task { await time(call) }) }
        return try await withTaskCancellationHandler {
            try known(try await call.value, of: method)
        } onCancel: {
            giveUp(call, CancellationError(), reason: "The client does not wait any longer")
        }
    }

    /// The result, unless it is of a kind that only an extension has (MCP 2026-07-28 basic/index, result types).
    private func known(_ result: JSONValue, of method: String) throws -> JSONValue {
        guard let kind = result["resultType"]?.stringValue, kind != "complete",
            configuration.capabilities["extensions"] == nil, initializeResult?.protocolVersion == "2026-07-28"
        else { return result }
        throw MCPClientError(
            .invalidResult, "The server answered \(method) with a result of the kind \(kind.debugDescription).")
    }

    /// Sends a notification.
    ///
    /// - Throws: what kept the transport from sending it; ``MCPClientError/Code/notConnected``.
    public func notify(_ method: String, params: JSONValue? = nil) async throws {
        try state.withLock { try Self.check($0.phase) }
        try await transport.send(JSONRPCMessage.notification(method: method, params: params).json.serialized())
    }

    private static func check(_ phase: Phase) throws {
        switch phase {
        case .open: return
        case .idle, .connecting:
            throw MCPClientError(.notConnected, "The client is not connected; call initialize() or connect() first.")
        case .closed(let error): throw error ?? MCPError.connectionClosed
        }
    }

    private func begin(
        _ method: String, _ timeout: RequestTimeout, _ progress: (@Sendable (ProgressUpdate) -> Void)?
    ) throws -> PendingCall {
        let start = clock.now()
        return try state.withLock { state in
            try Self.check(state.phase)
            state.lastID += 1
            let call = PendingCall(
                id: state.lastID, method: method, timeout: timeout, start: start, onProgress: progress)
            state.calls[call.id] = call
            return call
        }
    }

    /// Takes a call off the list; nil when it has had its outcome.
    func forget(_ id: Int64) -> PendingCall? {
        state.withLock { $0.calls.removeValue(forKey: id) }
    }

    /// Waits until a call has been silent for too long.
    private func time(_ call: PendingCall) async {
        while let deadline = call.deadline {
            guard clock.now() < deadline else {
                giveUp(call, MCPError.requestTimedOut, reason: "Request timed out")
                return
            }
            guard (try? await clock.sleep(deadline)) != nil else { return }
        }
    }

    /// Ends a call that still waits, and tells the server, unless the request did not leave or may not be cancelled
    /// (MCP 2025-11-25 basic/utilities/cancellation).
    private func giveUp(_ call: PendingCall, _ error: any Error, reason: String) {
        let isPending = state.withLock { state in
            guard state.calls.removeValue(forKey: call.id) != nil else { return false }
            if state.givenUp.count == Self.rememberedCalls { state.givenUp.removeFirst() }
            state.givenUp.append(call.id)
            return true
        }
        guard isPending else { return }
        let sending = call.sending
        sending?.cancel()
        call.resolve(.failure(error))
        guard call.method != "initialize", let sending else { return }
        Task {
            guard case .success = await sending.result else { return }
            do {
                let params: JSONValue = ["requestId": .integer(call.id), "reason": .string(reason)]
                try await notify("notifications/cancelled", params: params)
            } catch {
                handlers.onError?(error)
            }
        }
    }

    private static func params(_ params: JSONValue?, withToken token: Int64) -> JSONValue {
        var object = params?.objectValue ?? [:]
        var meta = object["_meta"]?.objectValue ?? [:]
        meta["progressToken"] = .integer(token)
        object["_meta"] = .object(meta)
        return .object(object)
    }
}
