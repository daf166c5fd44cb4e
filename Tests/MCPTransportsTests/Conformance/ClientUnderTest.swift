import MCPTransports
import MCPTransportsTestKit

/// The servers that the suite puts before clients.
enum ClientUnderTest {
    /// Runs a client that finds the dialect out by itself, as a user would have it, and is past its handshake.
    static func run<Result>(
        on server: ScriptedServer, handlers: MCPClient.Handlers = .init(),
        _ body: (MCPClient) async throws -> Result
    ) async throws -> Result {
        let transport = try SSEClientTransport(url: server.url())
        let client = MCPClient(
            transport: transport, configuration: .init(name: "client-under-test", version: "1.2.3"), handlers: handlers)
        try await client.initialize()
        let result = try await body(client)
        await client.close()
        return result
    }

    /// A server of 2026-07-28 that offers everything and has nothing to say of its own.
    static func withStatelessServer<Result>(
        _ body: (ScriptedServer) async throws -> Result
    ) async throws -> Result {
        try await withScriptedServer { server in
            server.expectRequest("server/discover", times: nil).respond(result: discovery)
            server.expectRequest("subscriptions/listen", times: nil)
                .respond(error: .methodNotFound("subscriptions/listen"), status: 404)
            return try await body(server)
        }
    }

    static let discovery: JSONValue = cacheable([
        "supportedVersions": ["2026-07-28"], "capabilities": ["tools": [:], "resources": [:], "prompts": [:]],
        "_meta": ["io.modelcontextprotocol/serverInfo": ["name": "scripted", "version": "1"]],
    ])

    /// A server with a handshake, which knows nothing of 2026-07-28.
    static func withSessionServer<Result>(
        revision: ProtocolRevision = .v20251125, _ body: (ScriptedServer) async throws -> Result
    ) async throws -> Result {
        try await withScriptedServer { server in
            server.expectRequest("server/discover", times: nil).respond(result: [:])
            server.expectHandshake(revision: revision, capabilities: ["tools": [:]])
            server.expectDELETE(times: nil)
            return try await body(server)
        }
    }

    /// Lets the server take streams of what it says on its own, on which nothing ever comes. After all other GETs.
    static func allowListening(_ server: ScriptedServer) {
        server.expectGET(times: nil).respond(status: 405)
    }

    /// A result of 2026-07-28 that may not be kept.
    static func cacheable(_ members: JSONObject) -> JSONValue {
        var object = members
        object["resultType"] = "complete"
        object["ttlMs"] = 0
        object["cacheScope"] = "private"
        return .object(object)
    }

    static func tool(_ name: String, _ properties: JSONValue = [:]) -> JSONValue {
        [
            "name": .string(name), "description": "A tool.",
            "inputSchema": ["type": "object", "properties": properties],
        ]
    }

    static func text(_ text: String) -> JSONValue {
        ["resultType": "complete", "content": [["type": "text", "text": .string(text)]]]
    }
}
