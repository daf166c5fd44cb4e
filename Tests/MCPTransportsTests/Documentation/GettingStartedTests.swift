import MCPTransports
import TestSupport
import Testing

/// The programs of the article, word for word but for the port, compiled and run against each other.
@Suite(.timeLimit(.minutes(1))) struct GettingStartedTests {
    private static let folder = "Sources/MCPTransports/MCPTransports.docc/"

    private static func server(port: Int) -> (transport: SSEServerTransport, ports: AsyncStream<Int>) {
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let forecast = Tool(
            name: "forecast", description: "Tells the weather of a city.",
            inputSchema: ["type": "object", "properties": ["city": ["type": "string"]], "required": ["city"]]
        ) { call, context in
            let city = try call.string("city")
            context.progress(1, total: 2, message: "asking")
            return .text("Rain in \(city).")
        }
        let server = MCPServer(name: "weather", version: "1.0.0", tools: [forecast])
        let transport = SSEServerTransport(
            server: server, configuration: .init(port: port), onListening: { found.yield($0.port ?? 0) })
        return (transport, ports)
    }

    private static func client(_ url: String, print: (String) -> Void) async throws {
        let transport = try SSEClientTransport(url: url)
        let client = MCPClient(transport: transport, configuration: .init(name: "weather-app", version: "1.0.0"))
        do {
            let opening = try await client.initialize()
            print("connected to \(opening.server?.name ?? "a server without a name")")
            for tool in try await client.listTools() { print(tool.name) }
            let result = try await client.callTool("forecast", arguments: ["city": "Oslo"]) { update in
                Swift.print("\(update.progress) of \(update.total ?? 0)")
            }
            for block in result.content { print(block.text ?? "") }
        } catch {
            print("it did not work: \(error)")
        }
        await client.close()
    }

    private static func host(_ url: String) async throws -> ToolResult {
        let host = MCPHost(configuration: .init(name: "assistant", version: "1.0.0"))
        try await host.connect(name: "weather", url: url)
        let answer = try await host.callTool("forecast", on: "weather", arguments: ["city": "Oslo"])
        await host.closeAll()
        return answer
    }

    @Test func `client, server and host of the article work`() async throws {
        let (transport, ports) = Self.server(port: 0)
        let running = Task { try await transport.run() }
        let port = try #require(await ports.first { _ in true })
        var printed: [String] = []
        try await Self.client("http://127.0.0.1:\(port)/mcp") { printed.append($0) }
        #expect(printed == ["connected to weather", "forecast", "Rain in Oslo."])
        #expect(try await Self.host("http://127.0.0.1:\(port)/mcp").content == [.text("Rain in Oslo.")])
        transport.stop()
        try await running.value
    }

    @Test(
        "The articles have the lines that are compiled",
        arguments: [
            ("GettingStarted.md", "GettingStartedTests.swift"),
            ("AdaptingToTheOfficialSDK.md", "AdapterTests.swift"),
            ("Dialects.md", "ArticleExampleTests.swift"), ("Serving.md", "ArticleExampleTests.swift"),
            ("Testing.md", "ArticleExampleTests.swift"),
        ])
    func same(article: String, test: String) throws {
        let source = try RepositoryFiles.text("Tests/MCPTransportsTests/Documentation/" + test)
        let compiled = Set(source.split(separator: "\n").map { String($0.drop { $0 == " " }) })
        let lines = Self.code(try RepositoryFiles.text(Self.folder + article))
        #expect(!lines.isEmpty)
        for line in lines { #expect(compiled.contains(line), "\(line)") }
    }

    @Test func `client and server have 20 lines at most`() throws {
        let blocks = try RepositoryFiles.text(Self.folder + "GettingStarted.md").split(separator: "```")
        for block in blocks where block.hasPrefix("swift\n") {
            #expect(block.split(separator: "\n").dropFirst().count <= 20, "\(block)")
        }
    }

    /// The lines of the code blocks, with what a test needs in place of what a reader has.
    private static func code(_ article: String) -> [String] {
        var lines: [String] = []
        var isCode = false
        for line in article.split(separator: "\n") {
            if line.hasPrefix("```") {
                isCode = line == "```swift"
            } else if isCode, line != "import MCPTransports" {
                lines.append(String(line.drop { $0 == " " }))
            }
        }
        return lines.map { $0.replacing("\"http://127.0.0.1:8080/mcp\"", with: "url") }
            .map { $0 == "print(\"\\(update.progress) of \\(update.total ?? 0)\")" ? "Swift." + $0 : $0 }
            .filter {
                !$0.hasPrefix("let transport = SSEServerTransport(server: server, configuration: .init(port: 8080")
            }
            .filter { $0 != "try await transport.run()" }
    }
}
