import MCPTransports
import MCPTransportsTestKit
import Testing

/// The part of authorization that is the library's: the token it is given.
@Suite(.timeLimit(.minutes(1))) struct ClientAuthorizationConformanceTests {
    /// The `Authorization` of every request of a client with a token.
    private func authorizations(_ token: String) async throws -> [String?] {
        try await ClientUnderTest.withSessionServer { server in
            server.expectRequest("tools/list").respond(result: ["tools": []])
            ClientUnderTest.allowListening(server)
            let transport = try SSEClientTransport(url: server.url(), bearerToken: token)
            let client = MCPClient(transport: transport, configuration: .init(name: "c", version: "1"))
            try await client.initialize()
            _ = try await client.listTools()
            await client.close()
            return server.requests.map { $0.header("Authorization") }
        }
    }

    @Test func `valid-bearer-token: every request carries the token, the DELETE at the end too`() async throws {
        let sent = try await authorizations("test-token-1")
        #expect(sent.count >= 4)
        #expect(sent.allSatisfy { $0 == "Bearer test-token-1" })
    }

    @Test func `invalid-bearer-token: no other token is ever sent`() async throws {
        #expect(Set(try await authorizations("test-token-2")) == ["Bearer test-token-2"])
    }
}
