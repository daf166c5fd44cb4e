import MCPTransports
import MCPTransportsTestKit
import Testing

/// Clients before servers with a handshake.
@Suite(.timeLimit(.minutes(1))) struct ClientSessionConformanceTests {
    @Test func `mcp-client-initialization: initialize offers a known revision and names the client`() async throws {
        // The suite's server answers everything it does not know, notifications included, with an empty result.
        try await withScriptedServer { server in
            server.expectRequest("server/discover", times: nil).respond(result: [:])
            let opening = server.expectRequest("initialize").respond(
                result: [
                    "protocolVersion": "2025-11-25", "serverInfo": ["name": "test-server", "version": "1.0.0"],
                    "capabilities": [:],
                ])
            server.expectNotification(
                "notifications/initialized",
                reply: .status(
                    200, body: #"{"jsonrpc":"2.0","result":{}}"#, headers: ["Content-Type": "application/json"]))
            server.expectRequest("tools/list").respond(result: ["tools": []])
            server.expectGET(times: nil).respond(status: 400)
            server.expectDELETE(times: nil)
            try await ClientUnderTest.run(on: server) { client in
                let tools = try await client.listTools()
                #expect(tools.isEmpty)
                #expect(client.initializeResult?.server?.name == "test-server")
            }
            let params = try #require(try await opening.received().params)
            #expect(["2025-06-18", "2025-11-25", "2026-07-28"].contains(params["protocolVersion"]))
            #expect(params["clientInfo"] == ["name": "client-under-test", "version": "1.2.3"])
        }
    }

    private static let adder = ClientUnderTest.tool(
        "add_numbers", ["a": ["type": "number"], "b": ["type": "number"]])

    private func add(on server: ScriptedServer) async throws {
        server.expectRequest("tools/list").respond(result: ClientUnderTest.cacheable(["tools": [Self.adder]]))
        let call = server.expectRequest("tools/call")
            .respond(result: ClientUnderTest.text("The sum of 5 and 3 is 8"))
        ClientUnderTest.allowListening(server)
        try await ClientUnderTest.run(on: server) { client in
            #expect(try await client.listTools().map(\.name) == ["add_numbers"])
            let result = try await client.callTool("add_numbers", arguments: ["a": 5, "b": 3])
            #expect(result.content.first?.text == "The sum of 5 and 3 is 8")
        }
        let params = try await call.received().params
        #expect(params?["name"] == "add_numbers")
        #expect(params?["arguments"] == ["a": 5, "b": 3])
    }

    @Test(arguments: [ProtocolRevision.v20250618, .v20251125])
    func `tool-add-numbers: numbers reach a tool as numbers in a session`(revision: ProtocolRevision) async throws {
        try await ClientUnderTest.withSessionServer(revision: revision) { try await add(on: $0) }
    }

    @Test func `tool-add-numbers: numbers reach a tool as numbers without one`() async throws {
        try await ClientUnderTest.withStatelessServer { try await add(on: $0) }
    }
}
