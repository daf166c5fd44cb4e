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

    private static func call(_ url: String, print: (String) -> Void) async throws {
        let transport = try SSEClientTransport(url: url)
        let client = MCPClient(transport: transport, configuration: .init(name: "example", version: "1.0.0"))
        try await client.initialize()
        let result = try await client.callTool("echo", arguments: ["text": "hello"])
        print(result.content.first?.text ?? "")
        await client.close()
    }

    @Test(.timeLimit(.minutes(1))) func `its client gets its answer from its server`() async throws {
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let server = try #require(Self.example(port: 0) {}.server)
        let transport = SSEServerTransport(server: server, onListening: { found.yield($0.port ?? 0) })
        let running = Task { try await transport.run() }
        let port = try #require(await ports.first { _ in true })
        var printed: [String] = []
        try await Self.call("http://127.0.0.1:\(port)/mcp") { printed.append($0) }
        #expect(printed == ["hello"])
        transport.stop()
        try await running.value
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
        let first = try #require(lines.firstIndex { $0.hasPrefix("let client = MCPClient(") })
        let last = try #require(lines.firstIndex { $0.hasPrefix("await client.close()") })
        for line in lines[first...last] { #expect(words.contains(line), "\(line)") }
    }
}
