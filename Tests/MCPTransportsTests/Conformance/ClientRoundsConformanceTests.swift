import MCPTransports
import MCPTransportsTestKit
import Testing

/// Calls of 2026-07-28 that take several rounds, as clients see them.
@Suite(.timeLimit(.minutes(1))) struct ClientRoundsConformanceTests {
    /// What makes it no text that a client could parse and write anew without a trace.
    private static let state = #"{ "nonce":"a\u0041/\/", "originalId" : 1.0 }"#

    private static func asks(state: String?) -> JSONValue {
        var result: JSONObject = [
            "resultType": "input_required",
            "inputRequests": [
                "confirm": [
                    "method": "elicitation/create",
                    "params": [
                        "message": "Go on?",
                        "requestedSchema": ["type": "object", "properties": ["confirmed": ["type": "boolean"]]],
                    ],
                ]
            ],
        ]
        result["requestState"] = state.map(JSONValue.string)
        return .object(result)
    }

    private static func calls(_ tool: String, retried: Bool, _ request: RecordedRequest) -> Bool {
        request.messageMethod == "tools/call" && request.params?["name"] == .string(tool)
            && (request.params?["inputResponses"] != nil) == retried
    }

    /// A call of two rounds, with another call between them.
    private func rounds(
        state: String?
    ) async throws -> (first: RecordedRequest, retry: RecordedRequest, other: RecordedRequest) {
        try await ClientUnderTest.withStatelessServer { server in
            let first = server.expect("a call", reply: .result(Self.asks(state: state))) {
                Self.calls("asking", retried: false, $0)
            }
            let retry = server.expect("the call again", reply: .result(ClientUnderTest.text("asked"))) {
                Self.calls("asking", retried: true, $0)
            }
            let other = server.expectRequest("tools/call").respond(result: ClientUnderTest.text("unrelated"))
            ClientUnderTest.allowListening(server)
            var handlers = MCPClient.Handlers()
            handlers.elicitation = { _ in
                _ = try await other.received()
                return .accepted(["confirmed": true])
            }
            try await ClientUnderTest.run(on: server, handlers: handlers) { client in
                async let asked = client.callTool("asking")
                _ = try await first.received()
                let unrelated = try await client.callTool("unrelated")
                #expect(unrelated.content.first?.text == "unrelated")
                let text = try await asked.content.first?.text
                #expect(text == "asked")
            }
            return (try await first.received(), try await retry.received(), try await other.received())
        }
    }

    @Test func `sep-2322-client-request-state-echoed: the state comes back as it was given, byte for byte`()
        async throws
    {
        let retry = try await rounds(state: Self.state).retry
        #expect(retry.params?["requestState"] == .string(Self.state))
        #expect(retry.params?["inputResponses"]?["confirm"]?["content"] == ["confirmed": true])
    }

    @Test func `sep-2322-client-jsonrpc-id-different: the retry is a request with an id of its own`() async throws {
        let rounds = try await rounds(state: Self.state)
        #expect(rounds.first.id != nil && rounds.retry.id != nil && rounds.first.id != rounds.retry.id)
    }

    @Test func `sep-2322-client-no-state-omitted: without a state the retry has none`() async throws {
        let retry = try await rounds(state: nil).retry
        #expect(retry.params?.objectValue?.members.contains { $0.key == "requestState" } == false)
    }

    @Test func `sep-2322-client-parallel-isolation: a call between the rounds carries nothing of them`() async throws {
        let params = try await rounds(state: Self.state).other.params?.objectValue
        #expect(params?["name"] == "unrelated")
        #expect(params?["inputResponses"] == nil && params?["requestState"] == nil)
    }

    @Test func `sep-2322-default-result-type-complete: a result that does not say its kind is complete`() async throws {
        try await ClientUnderTest.withStatelessServer { server in
            server.expectRequest("tools/call").respond(result: ["content": [["type": "text", "text": "plain"]]])
            ClientUnderTest.allowListening(server)
            try await ClientUnderTest.run(on: server) { client in
                let result = try await client.callTool("plain")
                #expect(result.content.first?.text == "plain")
            }
        }
    }

    @Test(arguments: ["task", "something else"])
    func `sep-2663-client-rejects-task-result-on-unsupported: a result of an unknown kind is invalid`(
        kind: String
    ) async throws {
        try await ClientUnderTest.withStatelessServer { server in
            let result: JSONValue = [
                "resultType": .string(kind), "taskId": "t1", "status": "working", "content": [], "tools": [],
            ]
            server.expectRequest("tools/list").respond(result: result)
            server.expectRequest("tools/call").respond(result: result)
            ClientUnderTest.allowListening(server)
            try await ClientUnderTest.run(on: server) { client in
                let listing = await #expect(throws: MCPClientError.self) { try await client.listTools() }
                let calling = await #expect(throws: MCPClientError.self) { try await client.callTool("any") }
                #expect(listing?.code == .invalidResult && calling?.code == .invalidResult)
            }
        }
    }
}
