import MCPTransports
import MCPTransportsTestKit
import Testing

/// The shorter examples of the articles, compiled and run.
@Suite(.timeLimit(.minutes(1))) struct ArticleExampleTests {
    private static func transport() -> SSEServerTransport {
        let server = MCPServer(name: "weather", version: "1.0.0")
        let configuration = SSEServerTransport.Configuration(
            dialects: Set(HTTPDialect.allCases), paths: .init(broadcastStream: "/broadcast"),
            retention: EventRetention(events: 256), heartbeat: .comment, timeouts: .init(heartbeat: .seconds(15)))
        let transport = SSEServerTransport(
            server: server, configuration: configuration,
            authenticate: { head in
                guard head.bearerToken == "secret" else { return .unauthorized(reason: "The token is not known") }
                return .allow(Principal(subject: "somebody"))
            })
        return transport
    }

    @Test func `all dialects are served together, to those who have the token`() async throws {
        let transport = Self.transport()
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let server = try #require(transport.server)
        let serving = SSEServerTransport(
            server: server, configuration: transport.configuration, onListening: { found.yield($0.port ?? 0) },
            authenticate: { head in
                head.bearerToken == "secret" ? .allow(Principal(subject: "somebody")) : .unauthorized()
            })
        let running = Task { try await serving.run() }
        let port = try #require(await ports.first { _ in true })
        let url = "http://127.0.0.1:\(port)/mcp"
        let client = MCPClient(
            transport: try SSEClientTransport(url: url, bearerToken: "secret"),
            configuration: .init(name: "test", version: "1"))
        #expect(try await client.initialize().server?.name == "weather")
        await client.close()
        let stranger = MCPClient(
            transport: try Self.known(url), configuration: .init(name: "test", version: "1"))
        await #expect(throws: (any Error).self) { try await stranger.initialize() }
        await stranger.close()
        serving.stop()
        try await running.value
    }

    private static func known(_ url: String) throws -> SSEClientTransport {
        let transport = try SSEClientTransport(url: url, configuration: .init(dialect: .streamable))
        return transport
    }

    @Test func `a scripted server answers as it is told`() async throws {
        try await withScriptedServer { server in
            server.expectHandshake()
            server.expectRequest("tools/call").respond(result: ["content": [["type": "text", "text": "Rain."]]])
            let transport = try SSEClientTransport(
                url: server.url(), configuration: .init(dialect: .streamable, listens: false, deletesSession: false))
            let client = MCPClient(transport: transport, configuration: .init(name: "test", version: "1"))
            try await client.initialize()
            let result = try await client.callTool("forecast", arguments: ["city": "Oslo"])
            #expect(result.content == [.text("Rain.")])
            await client.close()
        }
    }

    @Test func `a dropped call is an error with its reason`() async throws {
        try await withScriptedServer { server in
            server.expectHandshake()
            server.expectRequest("tools/call").fault(.drop).respond(result: ["content": []])
            let transport = try SSEClientTransport(
                url: server.url(), configuration: .init(dialect: .streamable, listens: false, deletesSession: false))
            let client = MCPClient(transport: transport, configuration: .init(name: "test", version: "1"))
            try await client.initialize()
            let error = await #expect(throws: MCPError.self) { try await client.callTool("forecast") }
            #expect(error?.data?["reason"] == "cut")
            await client.close()
        }
    }
}
