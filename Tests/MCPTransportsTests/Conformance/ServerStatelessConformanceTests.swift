import MCPTransports
import Testing

/// What every request of 2026-07-28 must say, and what it is answered.
@Suite(.timeLimit(.minutes(1))) struct ServerStatelessConformanceTests {
    private static let protocolVersion = "io.modelcontextprotocol/protocolVersion"

    /// Sends one request as JSON, with fields that differ from the right ones.
    private func send(
        _ message: (ConformancePeer) -> JSONValue, fields: [String: String] = [:]
    ) async throws -> WireAnswer {
        try await EverythingServer.run { port in
            let peer = ConformancePeer(port: port, revision: .v20260728, capabilities: [:])
            let message = message(peer)
            return try await peer.post(message, peer.fields(for: message).merging(fields) { $1 })
        }
    }

    private func send(_ method: String, _ params: JSONObject = [:], id: JSONValue = 1) async throws -> WireAnswer {
        try await send { $0.message(method, params, id: id) }
    }

    private func discover(without key: String?) async throws -> WireAnswer {
        try await send { peer in
            var meta = peer.meta
            if let key { meta[key] = nil }
            let params: JSONValue = key == nil ? [:] : ["_meta": .object(meta)]
            return ["jsonrpc": "2.0", "id": 101, "method": "server/discover", "params": params]
        }
    }

    @Test func `sep-2575-request-meta-invalid-missing-meta: a request without _meta has invalid params`() async throws {
        let answer = try await discover(without: nil)
        #expect(answer.errorCode == -32602 && answer.reply?["id"] == 101)
    }

    @Test func `sep-2575-request-meta-invalid-missing-protocol-version: _meta must name the revision`() async throws {
        #expect(try await discover(without: Self.protocolVersion).errorCode == -32602)
    }

    @Test func `sep-2575-request-meta-invalid-missing-client-capabilities: _meta must name the capabilities`()
        async throws
    {
        #expect(try await discover(without: "io.modelcontextprotocol/clientCapabilities").errorCode == -32602)
    }

    @Test(arguments: [nil, protocolVersion, "io.modelcontextprotocol/clientCapabilities"])
    func `sep-2575-http-server-meta-invalid-400: what _meta lacks is a bad request`(key: String?) async throws {
        #expect(try await discover(without: key).status == 400)
    }

    @Test func `sep-2575-request-meta-client-info-optional: a client need not name itself`() async throws {
        let answer = try await discover(without: "io.modelcontextprotocol/clientInfo")
        #expect(answer.status == 200 && answer.result != nil)
    }

    @Test func `sep-2575-server-implements-discover: discover tells revisions and capabilities`() async throws {
        let result = try #require(try await send("server/discover").result)
        #expect(result["supportedVersions"] == ["2026-07-28"])
        #expect(result["capabilities"]?["tools"]?["listChanged"] == true)
    }

    @Test func `sep-2575-server-identifies-in-result-meta: results name the server in their _meta`() async throws {
        for method in ["server/discover", "tools/list"] {
            let info = try await send(method).result?["_meta"]?["io.modelcontextprotocol/serverInfo"]
            #expect(info?["name"] == "everything" && info?["version"] == "1.0.0")
        }
    }

    @Test func `sep-2575-server-declares-prompts-in-discover: a server with prompts says so`() async throws {
        #expect(try await send("prompts/list").result?["prompts"] != nil)
        #expect(try await send("server/discover").result?["capabilities"]?["prompts"] != nil)
    }

    @Test func `sep-2575-discover-capabilities-match-handlers: what is declared is served, what is not is unknown`()
        async throws
    {
        #expect(try await send("tools/list").result?["tools"] != nil)
        try await withHost(MCPServer(name: "bare", version: "1")) { port in
            let peer = ConformancePeer(port: port, revision: .v20260728, capabilities: [:])
            #expect(try await peer.result("server/discover")["capabilities"]?["tools"] == nil)
            let answer = try await peer.request("tools/list")
            #expect(answer.errorCode == -32601)
        }
    }

    private func unsupported() async throws -> WireAnswer {
        try await send(
            { $0.message("server/discover", ["_meta": [Self.protocolVersion: "v999.0.0"]]) },
            fields: ["MCP-Protocol-Version": "v999.0.0"])
    }

    @Test func `sep-2575-server-unsupported-version-error: the error lists the revisions and repeats the wanted one`()
        async throws
    {
        let answer = try await unsupported()
        #expect(answer.errorCode == -32022)
        #expect(answer.error?["data"] == ["supported": ["2026-07-28"], "requested": "v999.0.0"])
    }

    @Test func `sep-2575-http-server-unsupported-version-400: a revision that is not spoken is a bad request`()
        async throws
    {
        #expect(try await unsupported().status == 400)
    }

    @Test func `sep-2575-http-server-header-mismatch-400: header field and _meta must name the same revision`()
        async throws
    {
        let answer = try await send { $0.message("server/discover", ["_meta": [Self.protocolVersion: "v999.0.0"]]) }
        #expect(answer.status == 400 && answer.errorCode == -32020)
    }

    @Test func `sep-2575-server-rejects-undeclared-capability: the error names what the client did not declare`()
        async throws
    {
        let answer = try await send("tools/call", ["name": "test_missing_capability"])
        #expect(answer.errorCode == -32021)
        #expect(answer.error?["data"]?["requiredCapabilities"] == ["sampling": [:]])
    }

    @Test func `sep-2575-missing-capability-http-400: what the client did not declare is a bad request`() async throws {
        #expect(try await send("tools/call", ["name": "test_missing_capability"]).status == 400)
    }
}
