import MCPTransports
import TestSupport
import Testing

/// The example of the README, word for word but for the port, compiled and served.
@Suite struct ReadmeExampleTests {
    private static func example(port: Int, _ onListening: @escaping @Sendable () -> Void) -> SSEServerTransport {
        let echo = Tool(
            name: "echo", description: "Says it again.",
            inputSchema: ["type": "object", "properties": ["text": ["type": "string"]], "required": ["text"]]
        ) { call, context in
            .text(try call.string("text"))
        }
        let server = MCPServer(name: "example", version: "1.0.0", tools: [echo])
        return SSEServerTransport(server: server, configuration: .init(port: port), onListening: { _ in onListening() })
    }

    @Test(.timeLimit(.minutes(1))) func `it listens, and ends when it is cancelled`() async throws {
        let (listening, signal) = AsyncStream.makeStream(of: Void.self)
        let running = Task { try await Self.example(port: 0) { signal.finish() }.run() }
        for await _ in listening {}
        running.cancel()
        try await running.value
    }

    @Test func `the README has the same lines`() throws {
        let readme = try RepositoryFiles.text("README.md")
        let source = try RepositoryFiles.text("Tests/MCPTransportsTests/ReadmeExampleTests.swift")
        let lines = source.split(separator: "\n").map { String($0.drop { $0 == " " }) }
        let begin = try #require(lines.firstIndex { $0.hasPrefix("let echo = Tool(") })
        let end = try #require(lines.firstIndex { $0.hasPrefix("let server = MCPServer(") })
        let words = readme.split(separator: "\n").map { String($0.drop { $0 == " " }) }
        for line in lines[begin...end] { #expect(words.contains(line), "\(line)") }
    }
}
