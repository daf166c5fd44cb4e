import Testing

@testable import MCPTransports

@Suite struct CompletionQueryTests {
    private static let prompt = Prompt(name: "greet", arguments: [.init(name: "who")]) { _, _ in [] }

    private func complete(
        _ params: JSONValue, _ handler: @escaping CompletionQuery.Handler
    ) async throws -> JSONValue? {
        let server = MCPServer(name: "s", version: "1", prompts: [Self.prompt], completions: handler)
        let context = RequestContext(
            sessionID: "s", requestID: .integer(1), revision: .v20251125, client: nil, clientCapabilities: [:],
            progressToken: nil, requestTimeout: .seconds(1), link: NoLink())
        return try await server.answer(method: "completion/complete", params: params, context: context)["completion"]
    }

    private struct NoLink: ClientLink {
        func notify(method: String, params: JSONValue?) {}
        func log(level: LogLevel, data: JSONValue, logger: String?) {}
        func request(_ questions: [PosedQuestion]) async throws -> [JSONValue] { [] }
        func closeStream(retry: Duration) -> Bool { false }
    }

    private func params(_ reference: JSONValue, _ value: String = "wo") -> JSONValue {
        [
            "ref": reference, "argument": ["name": "who", "value": .string(value)],
            "context": ["arguments": ["greeting": "hello"]],
        ]
    }

    @Test func `The handler sees what is there and what is filled in`() async throws {
        let completion = try await complete(params(["type": "ref/prompt", "name": "greet"])) { query, _ in
            ["\(query.value)rld", query.argument, query.filled["greeting"] ?? ""]
        }
        #expect(completion == ["values": ["world", "who", "hello"], "total": 3, "hasMore": false])
    }

    @Test func `No more than a hundred values are given, and the client is told of the others`() async throws {
        let completion = try await complete(params(["type": "ref/prompt", "name": "greet"])) { _, _ in
            Array(repeating: "v", count: 101)
        }
        #expect(completion?["values"]?.arrayValue?.count == 100)
        #expect(completion?["total"] == 101 && completion?["hasMore"] == true)
    }

    @Test(
        arguments: [
            ["type": "ref/prompt", "name": "other"], ["type": "ref/resource", "uri": "x://{y}"], ["type": "ref/tool"],
        ] as [JSONValue])
    func `What names nothing is invalid`(reference: JSONValue) async throws {
        let error = await #expect(throws: MCPError.self) { try await complete(params(reference)) { _, _ in [] } }
        #expect(error?.code == -32602)
    }

    @Test func `A server without a handler has neither the capability nor the method`() {
        let server = MCPServer(name: "s", version: "1", prompts: [Self.prompt])
        #expect(server.description.capabilities["completions"] == nil)
        #expect(!server.offers("completion/complete"))
    }
}
