import MCPTransports
import Testing

/// Calls of 2026-07-28 that take several rounds.
@Suite(.timeLimit(.minutes(1))) struct ServerRoundsConformanceTests {
    static let given: [String: JSONValue] = [
        "elicitation/create": ["action": "accept", "content": ["name": "Alice", "ok": true]],
        "sampling/createMessage": [
            "role": "assistant", "content": ["type": "text", "text": "Paris."], "model": "m", "stopReason": "endTurn",
        ],
        "roots/list": ["roots": [["uri": "file:///test/root", "name": "Test Root"]]],
    ]

    /// The requests that a round ends with, by key.
    private func questions(_ round: JSONValue) throws -> [(key: String, method: String)] {
        try #require(round["resultType"] == "input_required")
        let members = try #require(round["inputRequests"]?.objectValue?.members)
        return members.map { ($0.key, $0.value["method"]?.stringValue ?? "") }
    }

    /// Goes through rounds, each time with all answers, and gives the results of all of them.
    private func rounds(_ tool: String, method: String = "tools/call") async throws -> [JSONValue] {
        try await EverythingServer.run { port in
            let peer = try await ConformancePeer.connect(port, .v20260728)
            let call: JSONObject = ["name": .string("test_input_required_result_\(tool)")]
            var results = [try await peer.result(method, call)]
            while results.count < 5, let last = results.last, last["resultType"] == "input_required" {
                var retry = call
                let answers = try questions(last).map { ($0.key, try #require(Self.given[$0.method])) }
                retry["inputResponses"] = .object(JSONObject(answers))
                retry["requestState"] = last["requestState"]
                results.append(try await peer.result(method, retry))
            }
            return results
        }
    }

    private func firstMethod(_ tool: String) async throws -> String? {
        try questions(try #require(try await rounds(tool).first)).first?.method
    }

    private func expectComplete(_ results: [JSONValue], after rounds: Int) {
        #expect(results.count == rounds + 1)
        #expect(results.last?["resultType"] == "complete")
    }

    @Test func `sep-2322-elicitation-incomplete: a question to the user is a result that names it`() async throws {
        let first = try #require(try await rounds("elicitation").first)
        #expect(first["inputRequests"]?["user_name"]?["method"] == "elicitation/create")
        #expect(first["inputRequests"]?["user_name"]?["params"]?["message"] == "What is your name?")
    }

    @Test func `sep-2322-elicitation-complete: what the user said completes the call`() async throws {
        let results = try await rounds("elicitation")
        expectComplete(results, after: 1)
        #expect(results.last?["content"]?[0]?["text"]?.stringValue?.contains("Alice") == true)
    }

    @Test func `sep-2322-sampling-incomplete: a question to the model is a result`() async throws {
        #expect(try await firstMethod("sampling") == "sampling/createMessage")
    }

    @Test func `sep-2322-sampling-complete: what the model said completes the call`() async throws {
        let results = try await rounds("sampling")
        expectComplete(results, after: 1)
        #expect(results.last?["content"]?[0]?["text"] == "Paris.")
    }

    @Test func `sep-2322-list-roots-incomplete: a question for roots is a result`() async throws {
        #expect(try await firstMethod("list_roots") == "roots/list")
    }

    @Test func `sep-2322-list-roots-complete: the roots complete the call`() async throws {
        let results = try await rounds("list_roots")
        expectComplete(results, after: 1)
        #expect(results.last?["content"]?[0]?["text"] == "file:///test/root")
    }

    @Test func `sep-2322-request-state-incomplete: a round ends with questions and a state to come back with`()
        async throws
    {
        let first = try #require(try await rounds("request_state").first)
        #expect(first["requestState"]?.stringValue?.isEmpty == false)
        #expect(first["inputRequests"]?["confirm"] != nil)
    }

    @Test func `sep-2322-request-state-complete: who comes back with the state gets the answer`() async throws {
        let results = try await rounds("request_state")
        expectComplete(results, after: 1)
        #expect(results.last?["content"]?[0]?["text"] == "state-ok")
    }

    @Test func `sep-2322-multiple-inputs-incomplete: one round may ask the user, the model and for roots`()
        async throws
    {
        let first = try #require(try await rounds("multiple_inputs").first)
        #expect(Set(try questions(first).map(\.method)) == Set(Self.given.keys))
        #expect(first["requestState"]?.stringValue?.isEmpty == false)
    }

    @Test func `sep-2322-multiple-inputs-complete: all answers together complete the call`() async throws {
        let results = try await rounds("multiple_inputs")
        expectComplete(results, after: 1)
        #expect(results.last?["content"]?[0]?["text"] == "client_roots greeting user_name")
    }

    @Test func `sep-2322-multi-round-r1: the first round asks`() async throws {
        let first = try #require(try await rounds("multi_round").first)
        #expect(first["inputRequests"]?["step1"] != nil && first["requestState"] != nil)
    }

    @Test func `sep-2322-multi-round-r2: the second round asks something else with another state`() async throws {
        let results = try await rounds("multi_round")
        #expect(results[1]["inputRequests"]?.objectValue?.members.map(\.key) == ["step2"])
        #expect(results[1]["requestState"] != nil && results[1]["requestState"] != results[0]["requestState"])
    }

    @Test func `sep-2322-multi-round-r3: the third round answers`() async throws {
        expectComplete(try await rounds("multi_round"), after: 2)
    }

    @Test func `sep-2322-non-tool-incomplete: a prompt may ask too`() async throws {
        let first = try #require(try await rounds("prompt", method: "prompts/get").first)
        #expect(first["inputRequests"]?["user_context"]?["method"] == "elicitation/create")
    }

    @Test func `sep-2322-non-tool-complete: the answer completes the prompt`() async throws {
        let results = try await rounds("prompt", method: "prompts/get")
        expectComplete(results, after: 1)
        #expect(results.last?["messages"]?[0]?["role"] == "user")
    }
}
