import MCPTransports
import Testing

/// What servers of 2026-07-28 make of odd answers, and where they must not ask.
@Suite(.timeLimit(.minutes(1))) struct ServerRoundsInputConformanceTests {
    private func request(
        _ method: String, _ params: JSONObject = [:], capabilities: JSONValue = ConformancePeer.everything
    ) async throws -> WireAnswer {
        try await EverythingServer.run { port in
            let peer = try await ConformancePeer.connect(port, .v20260728, capabilities: capabilities)
            return try await peer.request(method, params)
        }
    }

    private func call(_ responses: JSONValue) async throws -> WireAnswer {
        let params: JSONObject = ["name": "test_input_required_result_elicitation", "inputResponses": responses]
        return try await request("tools/call", params)
    }

    private static let accepted: JSONValue = ["action": "accept", "content": ["name": "Alice"]]

    @Test func `sep-2322-result-type-included: a round that asks says what kind of result it is`() async throws {
        let answer = try await request("tools/call", ["name": "test_input_required_result_elicitation"])
        #expect(answer.result?["resultType"] == "input_required")
    }

    @Test(arguments: ["tools/list", "prompts/list", "resources/list", "resources/templates/list", "server/discover"])
    func `sep-2322-not-on-unsupported-requests: lists never ask`(method: String) async throws {
        #expect(try await request(method).result?["resultType"] == "complete")
    }

    @Test func `sep-2322-missing-response-rerequests: an answer that nobody wanted leads to the question again`()
        async throws
    {
        let result = try await call(["wrong_key": Self.accepted]).result
        #expect(result?["inputRequests"]?["user_name"] != nil)
    }

    @Test func `sep-2322-ignore-unexpected-params: unknown answers beside the wanted one do no harm`() async throws {
        let result = try await call(["user_name": Self.accepted, "unknown": Self.accepted, "another": [:]]).result
        #expect(result?["resultType"] == "complete")
        #expect(result?["content"]?[0]?["text"]?.stringValue?.contains("Alice") == true)
    }

    @Test(arguments: [12345, "text", [], true] as [JSONValue])
    func `sep-2322-validate-input-responses: what is no answer is not taken for one`(
        response: JSONValue
    ) async throws {
        let answer = try await call(["user_name": response])
        #expect(answer.error != nil || answer.result?["resultType"] == "input_required")
    }

    @Test(arguments: [nil, 7, "text"] as [JSONValue])
    func `sep-2322-error-on-protocol-error: answers that are no object are not taken`(
        responses: JSONValue
    ) async throws {
        let answer = try await call(responses)
        #expect(answer.error != nil || answer.result?["resultType"] == "input_required")
    }

    @Test func `sep-2322-respect-client-capabilities: only what the client declares is asked for`() async throws {
        let result = try await request(
            "tools/call", ["name": "test_input_required_result_capabilities"], capabilities: ["sampling": [:]]
        ).result
        let asked = result?["inputRequests"]?.objectValue?.members.map { $0.value["method"] }
        #expect(asked == ["sampling/createMessage"])
    }

    @Test func `sep-2322-reject-tampered-state: a state that was changed is refused`() async throws {
        try await EverythingServer.run { port in
            let peer = try await ConformancePeer.connect(port, .v20260728)
            let call: JSONObject = ["name": "test_input_required_result_tampered_state"]
            let first = try await peer.result("tools/call", call)
            let state = try #require(first["requestState"]?.stringValue)
            for tampered in [state + "-TAMPERED", String(state.dropLast()), String(state.reversed())] {
                var retry = call
                retry["inputResponses"] = ["confirm": ["action": "accept", "content": ["ok": true]]]
                retry["requestState"] = .string(tampered)
                let answer = try await peer.request("tools/call", retry)
                #expect(answer.errorCode == -32602 && answer.result == nil)
            }
        }
    }
}
