import MCPTransports

extension ScriptedServer {
    /// Expects a POST with a JSON-RPC request for `method`. The reply is given to what this returns.
    ///
    /// - Parameters:
    ///   - path: The path of the target without its query; nil takes any.
    ///   - times: How many of them; nil when any number will do, none included.
    @discardableResult
    public func expectRequest(_ method: String, path: String? = nil, times: Int? = 1) -> ScriptedExpectation {
        expect("the request \(method)\(at(path))", times: times) { request in
            guard case .request(_, method, _) = request.message else { return false }
            return request.method == "POST" && path ?? request.path == request.path
        }
    }

    /// Expects a POST with a JSON-RPC notification.
    ///
    /// - Parameter reply: What is answered; nil when that is decided later.
    @discardableResult
    public func expectNotification(
        _ method: String, path: String? = nil, times: Int? = 1, reply: ScriptedReply? = .accepted
    ) -> ScriptedExpectation {
        expect("the notification \(method)\(at(path))", times: times, reply: reply) { request in
            guard case .notification(method, _) = request.message else { return false }
            return request.method == "POST" && path ?? request.path == request.path
        }
    }

    /// Expects a POST with the client's answer, a result or an error, to a request of the server.
    ///
    /// - Parameter reply: What is answered; nil when that is decided later.
    @discardableResult
    public func expectAnswer(
        to id: RequestID, path: String? = nil, reply: ScriptedReply? = .accepted
    ) -> ScriptedExpectation {
        expect("the answer to \(id)\(at(path))", reply: reply) { request in
            guard request.messageMethod == nil, request.id == id else { return false }
            return request.method == "POST" && path ?? request.path == request.path
        }
    }

    /// Expects a GET. The reply, such as ``ScriptedExpectation/openStream(headers:framing:lineEnd:saying:)``, is given to what
    /// this returns.
    @discardableResult
    public func expectGET(path: String? = nil, times: Int? = 1) -> ScriptedExpectation {
        expect("a GET\(at(path))", times: times) { $0.method == "GET" && path ?? $0.path == $0.path }
    }

    /// Expects a DELETE, with which a client ends its session (MCP 2025-11-25 transports, session management).
    @discardableResult
    public func expectDELETE(
        path: String? = nil, times: Int? = 1, reply: ScriptedReply? = .status(200)
    ) -> ScriptedExpectation {
        expect("a DELETE\(at(path))", times: times, reply: reply) {
            $0.method == "DELETE" && path ?? $0.path == $0.path
        }
    }

    /// Expects any request that `matches` says yes to.
    ///
    /// - Parameter description: What is expected in a few words, to end the sentence "The client did not send …".
    @discardableResult
    public func expect(
        _ description: String, times: Int? = 1, reply: ScriptedReply? = nil,
        where matches: @escaping @Sendable (RecordedRequest) -> Bool
    ) -> ScriptedExpectation {
        let expectation = ScriptedExpectation(description, times: times, patience: patience, matches: matches)
        if let reply { expectation.respond(reply) }
        script.add(expectation)
        return expectation
    }

    private func at(_ path: String?) -> String { path.map { " at \($0)" } ?? "" }
}
