import DemoServer
import MCPTransports
import Testing

/// The client transport against the server transport, in every dialect both speak.
@Suite(.timeLimit(.minutes(1))) struct OwnServerTests {
    struct Way: Sendable, CustomTestStringConvertible {
        var dialect: HTTPDialect
        var isForced: Bool
        var path: String {
            switch dialect {
            case .httpSSE: "/sse"
            case .streamable, .stateless: "/mcp"
            case .broadcast: "/broadcast/sse"
            }
        }
        var testDescription: String { "\(dialect.rawValue), \(isForced ? "forced" : "found out")" }
    }

    static let ways = HTTPDialect.allCases.flatMap {
        [Way(dialect: $0, isForced: true), Way(dialect: $0, isForced: false)]
    }

    /// Broadcast has no way to ask a single client, and notifications there belong to no call.
    static let conversing = ways.filter { $0.dialect != .broadcast }

    private static func visit(
        _ way: Way, _ body: @Sendable (Correspondent, SSEClientTransport) async throws -> Void
    ) async throws {
        // A server that speaks both on one path is asked in the newest dialect unless another is forced.
        let configuration = SSEServerTransport.Configuration(
            dialects: way.dialect == .streamable ? [.streamable] : Set(HTTPDialect.allCases),
            paths: .init(broadcastStream: "/broadcast/sse", broadcastMessages: "/broadcast/"))
        try await withHost(DemoServer.server, configuration) { port in
            let transport = try SSEClientTransport(
                url: "http://127.0.0.1:\(port)\(way.path)",
                configuration: .init(dialect: way.isForced ? way.dialect : nil))
            let client = Correspondent(transport) { method, _ in
                switch method {
                case "sampling/createMessage":
                    ["role": "assistant", "model": "m", "content": ["type": "text", "text": "sampled"]]
                case "elicitation/create": ["action": "accept", "content": ["name": "Ada"]]
                case "roots/list": ["roots": [["uri": "file:///tmp"]]]
                default: nil
                }
            }
            try await client.open(capabilities: ["sampling": [:], "elicitation": [:], "roots": [:]])
            try await body(client, transport)
            await client.close()
        }
    }

    @Test(arguments: ways) func `requests are answered`(_ way: Way) async throws {
        try await Self.visit(way) { client, transport in
            #expect(await transport.status().dialect == way.dialect)
            let tools = try await client.ask("tools/list")
            #expect(tools["tools"]?[0]?["name"] == "echo")
            let echo = try await client.ask("tools/call", ["name": "echo", "arguments": ["text": "hé\n"]])
            #expect(echo["content"]?[0]?["text"] == "hé\n")
        }
    }

    @Test(arguments: conversing) func `progress comes before the answer`(_ way: Way) async throws {
        try await Self.visit(way) { client, _ in
            let id = try await client.request(
                "tools/call",
                ["name": "slow", "arguments": ["seconds": 0.05, "steps": 3], "_meta": ["progressToken": "p"]])
            var steps: [Int] = []
            while steps.count < 3 {
                steps.append(
                    try await client.await { $0.notified("notifications/progress")?["progress"]?.intValue })
            }
            #expect(steps == [1, 2, 3])
            #expect(try await client.answer(to: id)["content"]?[0]?["text"] == "done in 3 steps")
        }
    }

    @Test(arguments: conversing) func `questions of the server are answered`(_ way: Way) async throws {
        try await Self.visit(way) { client, _ in
            for (tool, arguments, text) in [
                ("ask_sampling", ["prompt": "?"], "sampled"), ("ask_elicitation", [:], "Hello, Ada!"),
                ("ask_roots", [:], "file:///tmp"),
            ] as [(String, JSONValue, JSONValue)] {
                let answer = try await client.ask(
                    "tools/call", ["name": .string(tool), "arguments": arguments])
                #expect(answer["content"]?[0]?["text"] == text)
            }
        }
    }
}
