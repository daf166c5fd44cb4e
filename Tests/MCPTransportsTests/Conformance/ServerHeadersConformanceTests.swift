import MCPTransports
import Testing

/// Header fields that mirror the body, as a server of 2026-07-28 checks them.
@Suite(.timeLimit(.minutes(1))) struct ServerHeadersConformanceTests {
    /// A request whose mirroring fields are exactly those given.
    private func request(
        _ method: String, _ params: JSONObject = [:], mirrored: [String: String]
    ) async throws -> WireAnswer {
        try await EverythingServer.run { port in
            let peer = ConformancePeer(port: port, revision: .v20260728, capabilities: [:])
            return try await peer.post(peer.message(method, params), peer.fields().merging(mirrored) { $1 })
        }
    }

    private func call(_ tool: String, name: String?) async throws -> WireAnswer {
        try await request(
            "tools/call", ["name": .string(tool), "arguments": [:]],
            mirrored: ["Mcp-Method": "tools/call"].merging(name.map { ["Mcp-Name": $0] } ?? [:]) { $1 })
    }

    /// What must be refused: another method, none, another case of it, another name, and none.
    private func refused() async throws -> [WireAnswer] {
        [
            try await request("tools/list", mirrored: ["Mcp-Method": "prompts/list"]),
            try await request("tools/list", mirrored: [:]),
            try await request("tools/list", mirrored: ["Mcp-Method": "TOOLS/LIST"]),
            try await call("test_simple_text", name: "wrong_tool_name"),
            try await call("test_simple_text", name: nil),
        ]
    }

    @Test func `sep-2243-server-reject-invalid-headers: a field that is missing or differs is a bad request`()
        async throws
    {
        #expect(try await refused().map(\.status) == Array(repeating: 400, count: 5))
    }

    @Test func `sep-2243-server-reject-error-code: the error of a field that differs has its own code`() async throws {
        #expect(try await refused().map(\.errorCode) == Array(repeating: -32020, count: 5))
    }

    @Test func `sep-2243-server-accepts-whitespace-header-value: blanks around a value are none of it`() async throws {
        let answer = try await call("test_simple_text", name: "  test_simple_text  ")
        #expect(answer.status == 200 && answer.result != nil)
    }

    @Test(arguments: ["mcp-method", "MCP-METHOD"])
    func `sep-2243-header-name-case-insensitive: the case of a field's name means nothing`(
        name: String
    ) async throws {
        let answer = try await request("tools/list", mirrored: [name: "tools/list"])
        #expect(answer.status == 200 && answer.result != nil)
    }

    /// Calls the tool whose region travels in a field.
    private func callRegion(_ region: JSONValue, field: String?) async throws -> WireAnswer {
        var mirrored = ["Mcp-Method": "tools/call", "Mcp-Name": "test_custom_header"]
        mirrored["Mcp-Param-Region"] = field
        return try await request(
            "tools/call", ["name": "test_custom_header", "arguments": ["region": region]], mirrored: mirrored)
    }

    @Test func `sep-2243-server-decode-base64: an encoded value is read`() async throws {
        let answer = try await callRegion("Hello", field: "=?base64?SGVsbG8=?=")
        #expect(answer.status == 200 && answer.result?["content"]?[0]?["text"] == "Hello")
    }

    @Test(arguments: ["=?base64?SGVsbG8?=", "=?base64?SGVs!!!bG8=?="])
    func `sep-2243-server-reject-invalid-param-chars: bad padding and foreign characters are refused`(
        field: String
    ) async throws {
        #expect(try await callRegion("Hello", field: field).status == 400)
    }

    @Test(arguments: ["SGVsbG8=", "=?base64?SGVsbG8="])
    func `sep-2243-server-validate-param-match: what only half looks encoded stands for itself`(
        text: String
    ) async throws {
        #expect(try await callRegion(.string(text), field: text).status == 200)
    }

    @Test func `sep-2243-server-validate-param-match: an argument without its field is refused`() async throws {
        #expect(try await callRegion("test-value", field: nil).status == 400)
        #expect(try await callRegion("test-value", field: "other-value").status == 400)
    }

    @Test(arguments: ["=?base64?SGVsbG8?=", "=?base64?SGVs!!!bG8=?=", "other", nil])
    func `sep-2243-server-reject-param-mismatch: every such refusal has its own code`(field: String?) async throws {
        #expect(try await callRegion("Hello", field: field).errorCode == -32020)
    }

    @Test func `sep-2243-server-not-expect-null: an argument that is null has no field`() async throws {
        let answer = try await callRegion(.null, field: nil)
        #expect(answer.errorCode != -32020)
    }

    @Test func `sep-2243-server-reject-missing-required: a required argument that is left out is an error`()
        async throws
    {
        let answer = try await request(
            "tools/call", ["name": "test_custom_header", "arguments": [:]],
            mirrored: ["Mcp-Method": "tools/call", "Mcp-Name": "test_custom_header"])
        #expect(answer.errorCode == -32602)
    }
}
