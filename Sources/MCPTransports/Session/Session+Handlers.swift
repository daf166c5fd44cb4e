/// Handlers of requests and their way back to the client.
extension Session {
    /// Runs the handler of a call in a task of its own; the session keeps the task until it has ended.
    func start(_ call: IncomingCall, _ machine: SessionMachine) -> Task<Void, Never> {
        let context = RequestContext(
            sessionID: id, requestID: call.id, revision: machine.revision, client: machine.client,
            clientCapabilities: machine.clientCapabilities,
            progressToken: call.params?["_meta"]?["progressToken"], requestTimeout: requestTimeout,
            link: CallLink(session: self, token: call.token), dialect: dialect,
            announcing: { [switchboard] in switchboard.announce($0) }, principal: call.principal)
        return Task {
            let result = await Self.result(of: call, server: switchboard.server, context: context)
            act { state in
                state.handlers[call.token] = nil
                return state.machine.finish(call.token, result)
            }
        }
    }

    private static func result(
        of call: IncomingCall, server: MCPServer?, context: RequestContext
    ) async -> Result<JSONValue, MCPError> {
        guard let server else { return .failure(.internalError("There is no server")) }
        do {
            return .success(try await server.answer(method: call.method, params: call.params, context: context))
        } catch let error as MCPError {
            return .failure(error)
        } catch {
            return .failure(.internalError("\(call.method) failed: \(error)"))
        }
    }

    /// Asks the client on the stream of a call and waits for the answer.
    fileprivate func ask(_ token: CallToken, method: String, params: JSONValue?) async throws -> JSONValue {
        let question = Question()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                var isCarried = false
                act { state in
                    let (number, actions) = state.machine.ask(token, method: method, params: params)
                    guard let number, question.put(number) else { return actions }
                    isCarried = true
                    state.waiting[number] = continuation
                    return actions
                }
                if !isCarried {
                    continuation.resume(throwing: Task.isCancelled ? CancellationError() : MCPError.connectionClosed)
                }
            }
        } onCancel: {
            if let number = question.cancel() { withdraw(number) }
        }
    }

    private func withdraw(_ number: Int) {
        act { state in
            state.waiting.removeValue(forKey: number)?.resume(throwing: CancellationError())
            return state.machine.withdraw(number, reason: "The server does not wait any longer")
        }
    }
}

/// Ties one handler to its session.
struct CallLink: ClientLink {
    let session: Session
    let token: CallToken

    func notify(method: String, params: JSONValue?) {
        session.act { $0.machine.notify(token, method: method, params: params) }
    }

    func log(level: LogLevel, data: JSONValue, logger: String?) {
        session.act { $0.machine.log(token, level: level, data: data, logger: logger) }
    }

    func request(_ questions: [PosedQuestion]) async throws -> [JSONValue] {
        try await withThrowingTaskGroup(of: (Int, JSONValue).self) { group in
            for (index, question) in questions.enumerated() {
                group.addTask {
                    (index, try await session.ask(token, method: question.method, params: question.params))
                }
            }
            var results = Array(repeating: JSONValue.null, count: questions.count)
            for try await (index, result) in group { results[index] = result }
            return results
        }
    }

    func closeStream(retry: Duration) -> Bool {
        let (seconds, attoseconds) = retry.components
        let milliseconds = Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
        var isClosed = false
        session.act { state in
            let (closed, actions) = state.machine.closeStream(of: token, retry: milliseconds)
            isClosed = closed
            return actions
        }
        return isClosed
    }
}
