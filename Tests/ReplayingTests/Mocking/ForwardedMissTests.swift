import MCPTransports
import Testing

@testable import Replaying

/// What a recording lacks is asked of the demo server, on behalf of clients that notice nothing of it.
@Suite(.timeLimit(.minutes(1)))
struct ForwardedMissTests {
    static let dialects: [(String, HTTPDialect, String)] = [
        ("http-sse", .httpSSE, "/sse"), ("streamable", .streamable, "/mcp"), ("stateless", .stateless, "/mcp"),
    ]

    @Test(arguments: dialects + [("broadcast", .broadcast, "/broadcast"), ("streamable-json", .streamable, "/mcp")])
    func `a call is answered, or refused, by the live server`(
        _ capture: String, _ dialect: HTTPDialect, _ path: String
    ) async throws {
        try await LiveDemo.standIn(for: capture, in: dialect) { served in
            try await served.client(dialect, path) { client in
                let sum = try await client.callTool("add", arguments: ["a": 20, "b": 22.5])
                #expect(sum.firstText == "42.5")
                let error = await #expect(throws: MCPError.self) {
                    try await client.callTool("rpc_error", arguments: ["code": -32050, "message": "as asked"])
                }
                #expect(error?.code == -32050)
            }
            #expect(served.notices.misses.count == 2)
        }
    }

    @Test(arguments: dialects) func `progress and log messages come before the answer`(
        _ capture: String, _ dialect: HTTPDialect, _ path: String
    ) async throws {
        let told = Watched<[String]>([])
        var handlers = MCPClient.Handlers()
        handlers.onNotification = { notification in
            guard notification.method == "notifications/message" else { return }
            told.with { $0.append(notification.params?["data"]?.stringValue ?? "") }
        }
        let listening = handlers
        try await LiveDemo.standIn(for: capture, in: dialect) { served in
            try await served.client(dialect, path, handlers: listening) { client in
                let slow = try await client.callTool(
                    "slow", arguments: ["seconds": 0.02, "steps": 2],
                    progress: { update in told.with { $0.append(update.message ?? "") } })
                #expect(slow.firstText == "done in 2 steps")
                guard dialect != .stateless else { return }
                let logged = try await client.callTool("log", arguments: ["message": "a word"])
                #expect(logged.firstText == "logged")
            }
        }
        let words = dialect == .stateless ? [] : ["a word"]
        #expect(told.with { $0 } == ["step 1 of 2", "step 2 of 2"] + words)
    }

    @Test(arguments: dialects) func `a question of the live server is asked of the client`(
        _ capture: String, _ dialect: HTTPDialect, _ path: String
    ) async throws {
        var handlers = MCPClient.Handlers()
        handlers.elicitation = { request in
            #expect(request.message == "Whom shall I greet?")
            return .accepted(["name": "Grace"])
        }
        let answering = handlers
        try await LiveDemo.standIn(for: capture, in: dialect) { served in
            try await served.client(dialect, path, handlers: answering) { client in
                let result = try await client.callTool(
                    "ask_elicitation", arguments: ["question": "Whom shall I greet?"])
                #expect(result.firstText == "Hello, Grace!")
            }
        }
    }

    @Test func `clients that ask at once have a live session each`() async throws {
        try await LiveDemo.standIn(for: "streamable", in: .streamable) { served in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        try await served.client(.streamable, "/mcp") { client in
                            let text = "client \(number)"
                            let result = try await client.callTool("echo", arguments: ["text": .string(text)])
                            #expect(result.firstText == text)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func `a call that its client cancels is given up`() async throws {
        try await LiveDemo.standIn(for: "streamable", in: .streamable) { served in
            try await served.client(.streamable, "/mcp") { client in
                let begun = Watched(false)
                let call = Task {
                    try await client.callTool(
                        "slow", arguments: ["seconds": 3000, "steps": 1000], progress: { _ in begun.with { $0 = true } }
                    )
                }
                _ = await begun.wait(atMost: .seconds(20)) { $0 }
                call.cancel()
                await #expect(throws: (any Error).self) { try await call.value }
                let sum = try await client.callTool("add", arguments: ["a": 1, "b": 1.5])
                #expect(sum.firstText == "2.5")
            }
        }
    }

    @Test func `a live server that is not there is told of in the answer`() async throws {
        let misses = ForwardedMisses(.init(name: "mock", version: "1")) {
            try SSEClientTransport(url: "http://127.0.0.1:1/mcp", configuration: .init(dialect: $0))
        }
        try await ServedCapture.with("streamable", MockSettings(pace: .max, miss: .forward(misses))) { served in
            try await served.client(.streamable, "/mcp") { client in
                let error = await #expect(throws: MCPError.self) { try await client.request("made/up") }
                #expect(error?.message.contains("127.0.0.1:1") == true)
            }
        }
    }
}
