import MCPTransports
import Scenario
import Testing
import WireFormats

@testable import Replaying

/// Clients of the library talk to kept captures as they would to the servers that were recorded.
@Suite(.timeLimit(.minutes(1)))
struct MockServerTests {
    @Test(arguments: [
        ("http-sse", HTTPDialect.httpSSE, "/sse", "hello – ünïcode ✓"),
        ("streamable", .streamable, "/mcp", "hello – ünïcode ✓"),
        ("streamable-json", .streamable, "/mcp", "one object"),
        ("stateless", .stateless, "/mcp", "hello – ünïcode ✓"),
        ("broadcast", .broadcast, "/broadcast", "to everybody"),
    ])
    func `a tool answers as recorded, in every dialect`(
        _ capture: String, _ dialect: HTTPDialect, _ path: String, _ text: String
    ) async throws {
        try await ServedCapture.with(capture) { served in
            try await served.client(dialect, path) { client in
                for _ in 0..<2 {
                    let result = try await client.callTool("echo", arguments: ["text": .string(text)])
                    #expect(result.firstText == text)
                }
            }
            #expect(served.notices.misses.isEmpty)
        }
    }

    @Test(arguments: [
        ("http-sse", HTTPDialect.httpSSE, "/sse"), ("streamable", .streamable, "/mcp"),
        ("stateless", .stateless, "/mcp"),
    ])
    func `a question is asked again, and what followed depends on its answer`(
        _ capture: String, _ dialect: HTTPDialect, _ path: String
    ) async throws {
        let asked = Watched<[String]>([])
        var handlers = MCPClient.Handlers()
        handlers.elicitation = { request in
            asked.with { $0.append(request.message) }
            return .accepted(["name": "Ada", "age": 36])
        }
        let questions = handlers
        try await ServedCapture.with(capture) { served in
            let text = try await served.client(dialect, path, handlers: questions) { client in
                try await client.callTool("ask_user", arguments: ["text": "Who are you?"]).firstText
            }
            #expect(text == "accept: Ada, 36")
        }
        #expect(asked.with { $0 } == ["Who are you?"])
    }

    @Test func `progress comes under the token of the live client, in order`() async throws {
        let told = Watched<[String]>([])
        try await ServedCapture.with("streamable") { served in
            try await served.client(.streamable, "/mcp") { client in
                _ = try await client.callTool(
                    "slow", arguments: ["steps": 3],
                    progress: { update in
                        told.with { $0.append(update.message ?? "") }
                    })
            }
        }
        #expect(told.with { $0 } == ["step 1 of 3", "step 2 of 3", "step 3 of 3"])
    }

    @Test func `an answer kept for a client that comes back is there when it does`() async throws {
        try await ServedCapture.with("resumable") { served in
            try await served.client(.streamable, "/mcp") { client in
                async let later = client.callTool("answer_later", arguments: ["name": "stored", "live": false])
                _ = try await client.callTool("wait_until_held", arguments: ["name": "stored-close"])
                _ = try await client.callTool("release", arguments: ["name": "stored-close"])
                #expect(try await later.firstText == "stored answered later")
            }
        }
    }

    @Test func `a miss is an error that names the closest call`() async throws {
        try await ServedCapture.with("http-sse") { served in
            let error = await #expect(throws: MCPError.self) {
                try await served.client(.httpSSE, "/sse") {
                    try await $0.callTool("echo", arguments: ["text": "other"])
                }
            }
            #expect(error?.code == -32602)
            #expect(error?.message.contains("differs at $.params.arguments.text") == true)
            #expect(served.notices.misses == [error?.message])
        }
    }

    @Test func `foreign hosts are refused`() throws {
        let stage = MockStage(
            scores: try ServedCapture.scores(of: "streamable"), settings: MockSettings(),
            access: AccessGuard(access: .init(), listeningHost: "127.0.0.1"), notice: { _ in })
        func status(_ host: String) -> Int? {
            stage.refusal(
                of: HTTPRequest(method: "POST", target: "/mcp", fields: [.init(name: "host", value: host)]))?.status
        }
        #expect(status("evil.example") == 421)
        #expect(status("localhost:6491") == nil)
    }
}

extension ToolResult {
    /// The text that it begins with.
    var firstText: String? {
        if case .text(let text)? = content.first { text } else { nil }
    }
}
