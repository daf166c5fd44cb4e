import MCPTransports
import MCPTransportsTestKit
import Testing

/// Tools whose marks for header fields break the rules of 2026-07-28.
@Suite(.timeLimit(.minutes(1))) struct ClientToolsConformanceTests {
    private static let valid = ClientUnderTest.tool(
        "valid_tool", ["region": ["type": "string", "x-mcp-header": "Region"]])

    private static func marked(_ name: String, _ marks: [JSONValue], type: JSONValue = "string") -> JSONValue {
        let properties = marks.enumerated().map { index, mark -> (String, JSONValue) in
            ("value\(index)", ["type": type, "x-mcp-header": mark])
        }
        return ClientUnderTest.tool(name, .object(JSONObject(properties)))
    }

    /// The names that the client is given of a list with one proper tool among these.
    private func names(_ tools: [JSONValue]) async throws -> [String] {
        try await ClientUnderTest.withStatelessServer { server in
            let all: JSONValue = .array(tools.prefix(1) + [Self.valid] + tools.dropFirst())
            server.expectRequest("tools/list").respond(result: ClientUnderTest.cacheable(["tools": all]))
            let call = server.expectRequest("tools/call").respond(result: ClientUnderTest.text("called"))
            ClientUnderTest.allowListening(server)
            return try await ClientUnderTest.run(on: server) { client in
                let names = try await client.listTools().map(\.name)
                _ = try await client.callTool("valid_tool", arguments: ["region": "eu"])
                #expect(try await call.received().header("Mcp-Param-Region") == "eu")
                return names
            }
        }
    }

    @Test func `sep-2243-client-reject-invalid-tool: a tool that breaks the rules does not keep others away`()
        async throws
    {
        #expect(try await names([Self.marked("invalid", [""])]) == ["valid_tool"])
    }

    @Test func `sep-2243-x-mcp-header-not-empty: an empty mark makes a tool unusable`() async throws {
        #expect(try await names([Self.marked("invalid_empty_header", [""])]) == ["valid_tool"])
    }

    @Test func `sep-2243-x-mcp-header-charset: so does one with blanks, colons, control or foreign characters`()
        async throws
    {
        let marks: [JSONValue] = ["My Region", "Region:Primary", "Région", "Region\t1", "Region\r\nX: y"]
        let tools = marks.enumerated().map { Self.marked("invalid\($0)", [$1]) }
        #expect(try await names(tools) == ["valid_tool"])
    }

    @Test func `sep-2243-x-mcp-header-unique: so do two that are equal but for their case`() async throws {
        let tools = [
            Self.marked("invalid_duplicate_same_case", ["Region", "Region"]),
            Self.marked("invalid_duplicate_diff_case", ["MyField", "myfield"]),
        ]
        #expect(try await names(tools) == ["valid_tool"])
    }

    @Test func `sep-2243-x-mcp-header-primitive-only: so does one at what is no text, whole number or truth value`()
        async throws
    {
        let types: [JSONValue] = ["object", "array", "null", "number", ["string", "null"]]
        let tools = types.enumerated().map { Self.marked("invalid\($0)", ["Data"], type: $1) }
        #expect(try await names(tools) == ["valid_tool"])
    }
}
