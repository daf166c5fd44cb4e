import MCPTransports
import Testing

/// Methods that 2026-07-28 has not, and what a response of it may carry.
@Suite(.timeLimit(.minutes(1))) struct ServerMethodsConformanceTests {
    private func request(
        _ method: String, _ params: JSONObject = [:], id: JSONValue = 1, capabilities: JSONValue = [:],
        _ form: AnswerForm = .automatic
    ) async throws -> WireAnswer {
        try await EverythingServer.run(.init(answerForm: form)) { port in
            let peer = ConformancePeer(port: port, revision: .v20260728, capabilities: capabilities)
            return try await peer.request(method, params, id: id)
        }
    }

    private func expectUnknown(_ method: String) async throws {
        let answer = try await request(method, id: 500)
        #expect(answer.status == 404 && answer.errorCode == -32601 && answer.reply?["id"] == 500)
    }

    @Test func `sep-2575-http-server-method-not-found-404-initialize: there is no handshake any more`() async throws {
        try await expectUnknown("initialize")
    }

    @Test func `sep-2575-http-server-method-not-found-404-ping: there is no ping any more`() async throws {
        try await expectUnknown("ping")
    }

    @Test func `sep-2575-http-server-method-not-found-404-logging-setlevel: no log level outlives a request`()
        async throws
    {
        try await expectUnknown("logging/setLevel")
    }

    @Test func `sep-2575-http-server-method-not-found-404-resources-subscribe: subscriptions are streams now`()
        async throws
    {
        try await expectUnknown("resources/subscribe")
    }

    @Test func `sep-2575-http-server-method-not-found-404-resources-unsubscribe: closing the stream ends it`()
        async throws
    {
        try await expectUnknown("resources/unsubscribe")
    }

    @Test func `sep-2575-http-server-method-not-found-404: a method that nobody knows is not found`() async throws {
        try await expectUnknown("unknown/method")
    }

    @Test func `sep-2575-http-server-error-jsonrpc-id: an error carries the id of its request, whatever its type`()
        async throws
    {
        for id: JSONValue in [101, "text", 0] {
            #expect(try await request("unknown/method", id: id).reply?["id"] == id)
            #expect(try await request("tools/call", ["name": "no_such_tool"], id: id).reply?["id"] == id)
            #expect(try await request("tools/call", ["name": "test_missing_capability"], id: id).reply?["id"] == id)
        }
    }

    @Test(arguments: AnswerForm.allCases)
    func `sep-2575-http-server-no-independent-requests-on-stream: a question travels in the result`(
        form: AnswerForm
    ) async throws {
        let answer = try await request(
            "tools/call", ["name": "test_streaming_elicitation"], capabilities: ["elicitation": [:]], form)
        #expect(answer.result?["resultType"] == "input_required")
        for message in answer.messages where message["method"] != nil {
            #expect(message["method"]?.stringValue?.hasPrefix("notifications/") == true)
            #expect(message["id"] == nil)
        }
    }

    @Test(arguments: AnswerForm.allCases)
    func `sep-2575-server-no-log-without-loglevel: a request without a log level gets no log messages`(
        form: AnswerForm
    ) async throws {
        let silent = try await request("tools/call", ["name": "test_logging_tool"], form)
        #expect(silent.result != nil && silent.notifications("notifications/message").isEmpty)
    }

    @Test func `sep-2575-server-no-log-without-loglevel: one with a level gets those from it on`() async throws {
        let meta: JSONValue = ["io.modelcontextprotocol/logLevel": "error"]
        let answer = try await request("tools/call", ["name": "test_logging_tool", "_meta": meta])
        let levels = answer.notifications("notifications/message").map { $0["params"]?["level"]?.stringValue }
        #expect(levels == ["error", "critical", "alert", "emergency"])
    }
}
