import MCPTransports
import MCPTransportsTestKit
import Testing

@Suite(.timeLimit(.minutes(1))) struct AbandonedTransportTests {
    @Test func `a transport that nobody holds closes its streams`() async throws {
        try await withScriptedServer { server in
            let listening = server.expectGET(path: "/sse").openStream { stream in
                stream.sendEndpoint("/messages")
            }
            try await Self.connectAndForget(server.url("/sse"))
            try await listening.abandoned()
        }
    }

    private static func connectAndForget(_ url: String) async throws {
        let transport = try SSEClientTransport(url: url, configuration: .init(dialect: .httpSSE))
        try await transport.connect()
    }
}
