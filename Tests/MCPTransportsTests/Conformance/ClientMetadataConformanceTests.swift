import MCPTransports
import MCPTransportsTestKit
import Testing

/// What every request of a client of 2026-07-28 says of itself.
@Suite(.timeLimit(.minutes(1))) struct ClientMetadataConformanceTests {
    private static let prefix = "io.modelcontextprotocol/"

    /// The requests of a client that lists and calls; the first of them is refused for its revision.
    private func requests() async throws -> [RecordedRequest] {
        try await withScriptedServer { server in
            let refusal = MCPError(
                code: -32022, message: "Unsupported protocol version",
                data: ["supported": ["2026-07-28"], "requested": "2026-07-28"])
            server.expect("the first request", reply: .error(refusal, status: 400)) { $0.method == "POST" }
            server.expectRequest("server/discover", times: nil).respond(result: ClientUnderTest.discovery)
            server.expectRequest("tools/list").respond(result: ClientUnderTest.cacheable(["tools": []]))
            server.expectRequest("tools/call").respond(result: ["resultType": "complete", "content": []])
            server.expectRequest("subscriptions/listen", times: nil)
                .respond(error: .methodNotFound("subscriptions/listen"), status: 404)
            ClientUnderTest.allowListening(server)
            var handlers = MCPClient.Handlers()
            handlers.sampling = { _ in SampledMessage(content: [], model: "m") }
            handlers.elicitation = { _ in .declined }
            handlers.roots = { [] }
            try await ClientUnderTest.run(on: server, handlers: handlers) { client in
                _ = try await client.listTools()
                _ = try await client.callTool("anything")
            }
            return server.requests
        }
    }

    private func metas() async throws -> [JSONValue] {
        try await requests().map { try #require($0.params?["_meta"], "\($0)") }
    }

    @Test func `sep-2575-http-client-sends-version-header: every request names the revision in a field`() async throws {
        let versions = try await requests().map { $0.header("MCP-Protocol-Version") }
        #expect(versions.count >= 4)
        #expect(versions.allSatisfy { $0 == "2026-07-28" })
    }

    @Test func `sep-2575-client-populates-meta: every request names revision and capabilities in its _meta`()
        async throws
    {
        for meta in try await metas() {
            #expect(meta[Self.prefix + "protocolVersion"] == "2026-07-28")
            #expect(meta[Self.prefix + "clientCapabilities"]?.objectValue != nil)
        }
    }

    @Test func `sep-2575-client-sends-client-info: every request names the client`() async throws {
        for meta in try await metas() {
            #expect(meta[Self.prefix + "clientInfo"] == ["name": "client-under-test", "version": "1.2.3"])
        }
    }

    @Test func `sep-2575-http-version-header-matches-meta: field and _meta name the same revision`() async throws {
        for request in try await requests() {
            let version = request.params?["_meta"]?[Self.prefix + "protocolVersion"]?.stringValue
            #expect(version != nil && request.header("MCP-Protocol-Version") == version)
        }
    }

    private func expectDeclared(_ capability: String) async throws {
        for meta in try await metas() {
            #expect(meta[Self.prefix + "clientCapabilities"]?[capability]?.objectValue != nil)
        }
    }

    @Test func `sep-2575-client-declares-roots-capability: a client with roots says so each time`() async throws {
        try await expectDeclared("roots")
    }

    @Test func `sep-2575-client-declares-sampling-capability: a client with a model says so each time`() async throws {
        try await expectDeclared("sampling")
    }

    @Test func `sep-2575-client-declares-elicitation-capability: a client with a user says so each time`()
        async throws
    {
        try await expectDeclared("elicitation")
    }

    @Test func `sep-2575-client-retry-supported-version: a refused revision is followed by one that is supported`()
        async throws
    {
        let requests = try await requests()
        #expect(requests.count >= 4)
        for request in requests.dropFirst() {
            #expect(request.header("MCP-Protocol-Version") == "2026-07-28")
            #expect(request.params?["_meta"]?[Self.prefix + "protocolVersion"] == "2026-07-28")
        }
    }
}
