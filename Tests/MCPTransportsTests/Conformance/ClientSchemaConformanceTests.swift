import MCPTransports
import MCPTransportsTestKit
import Testing

/// Input schemas in the hands of clients.
@Suite(.timeLimit(.minutes(1))) struct ClientSchemaConformanceTests {
    private static var listed: JSONValue {
        ClientUnderTest.cacheable([
            "tools": [
                [
                    "name": "json_schema_2020_12_tool", "description": "Has an elaborate schema.",
                    "inputSchema": EverythingServer.schema2020,
                ], ClientUnderTest.tool("json_schema_echo", ["schema": ["type": "object"]]),
            ]
        ])
    }

    private static func echo(on server: ScriptedServer) async throws -> JSONValue {
        server.expectRequest("tools/list").respond(result: listed)
        let call = server.expectRequest("tools/call").respond(result: ClientUnderTest.text("echoed"))
        ClientUnderTest.allowListening(server)
        try await ClientUnderTest.run(on: server) { client in
            let tools = try await client.listTools()
            let tool = try #require(tools.first { $0.name == "json_schema_2020_12_tool" })
            _ = try await client.callTool("json_schema_echo", arguments: ["schema": tool.inputSchema])
        }
        return try #require(try await call.received().params?["arguments"]?["schema"])
    }

    /// The schema that a client sends back, in a session and without one.
    private func echoes() async throws -> [JSONValue] {
        [
            try await ClientUnderTest.withSessionServer { try await Self.echo(on: $0) },
            try await ClientUnderTest.withStatelessServer { try await Self.echo(on: $0) },
        ]
    }

    private func expectKept(_ keywords: String...) async throws {
        for echo in try await echoes() {
            for keyword in keywords {
                #expect(echo[keyword] != nil && echo[keyword] == EverythingServer.schema2020[keyword])
            }
        }
    }

    @Test func `json-schema-2020-12-client-tool-found: the tool with the elaborate schema is found`() async throws {
        try await expectKept("type")
    }

    @Test func `json-schema-2020-12-client-echo-completed: the schema goes back whole`() async throws {
        #expect(try await echoes() == [EverythingServer.schema2020, EverythingServer.schema2020])
    }

    @Test func `json-schema-2020-12-client-$schema-preserved: the name of the schema's dialect is kept`() async throws {
        try await expectKept("$schema")
    }

    @Test func `json-schema-2020-12-client-$defs-preserved: definitions are kept`() async throws {
        try await expectKept("$defs")
    }

    @Test func `json-schema-2020-12-client-additionalProperties-preserved: false stays false`() async throws {
        try await expectKept("additionalProperties")
    }

    @Test func `sep-2106-client-composition-keywords-preserved: allOf and anyOf are kept`() async throws {
        try await expectKept("allOf")
    }

    @Test func `sep-2106-client-conditional-keywords-preserved: if, then and else are kept`() async throws {
        try await expectKept("if", "then", "else")
    }

    @Test func `sep-2106-client-anchor-keyword-preserved: an anchor among the definitions is kept`() async throws {
        for echo in try await echoes() { #expect(echo["$defs"]?["address"]?["$anchor"] == "addressDef") }
    }

    @Test func `sep-2106-no-network-ref-deref: a reference to somewhere else is not followed`() async throws {
        try await ClientUnderTest.withStatelessServer { server in
            let properties: JSONValue = ["profile": ["$ref": .string(server.url("/canary"))]]
            server.expectRequest("tools/list").respond(
                result: ClientUnderTest.cacheable(["tools": [ClientUnderTest.tool("lookup", properties)]]))
            server.expectRequest("tools/call").respond(result: ClientUnderTest.text("found"))
            ClientUnderTest.allowListening(server)
            try await ClientUnderTest.run(on: server) { client in
                #expect(try await client.listTools().map(\.name) == ["lookup"])
                _ = try await client.callTool("lookup", arguments: ["profile": [:]])
            }
            #expect(server.requests.allSatisfy { $0.path == "/mcp" })
        }
    }
}
