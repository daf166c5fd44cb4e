import MCPTransports
import Testing

/// Keywords of JSON Schema 2020-12 in input schemas.
@Suite(.timeLimit(.minutes(1))) struct ServerSchemaConformanceTests {
    typealias Revision = ConformancePeer.Revision

    static let revisions = [Revision.v20251125, .v20260728]

    private func schema(_ revision: Revision) async throws -> JSONValue {
        try await EverythingServer.run { port in
            let tools = try await ConformancePeer.connect(port, revision).result("tools/list")["tools"]?.arrayValue
            let tool = try #require(tools?.first { $0["name"] == "json_schema_2020_12_tool" })
            return try #require(tool["inputSchema"])
        }
    }

    @Test(arguments: revisions)
    func `json-schema-2020-12-tool-found: the tool with the elaborate schema is listed`(
        revision: Revision
    ) async throws {
        #expect(try await schema(revision)["type"] == "object")
    }

    @Test(arguments: revisions)
    func `json-schema-2020-12-$schema: the schema names its dialect`(revision: Revision) async throws {
        #expect(try await schema(revision)["$schema"] == "https://json-schema.org/draft/2020-12/schema")
    }

    @Test(arguments: revisions)
    func `json-schema-2020-12-$defs: definitions are kept`(revision: Revision) async throws {
        #expect(try await schema(revision)["$defs"]?["address"]?["properties"]?["street"] == ["type": "string"])
    }

    @Test(arguments: revisions)
    func `json-schema-2020-12-additionalProperties: false stays false`(revision: Revision) async throws {
        #expect(try await schema(revision)["additionalProperties"] == false)
    }

    @Test(arguments: revisions)
    func `sep-2106-composition-keywords-preserved: allOf with anyOf in it is kept`(revision: Revision) async throws {
        let anyOf = try await schema(revision)["allOf"]?[0]?["anyOf"]
        #expect(anyOf == [["required": ["phone"]], ["required": ["email"]]])
    }

    @Test(arguments: revisions)
    func `sep-2106-conditional-keywords-preserved: if, then and else are kept`(revision: Revision) async throws {
        let schema = try await schema(revision)
        #expect(schema["if"]?["required"] == ["contactMethod"])
        #expect(schema["then"] == ["required": ["phone"]] && schema["else"] == ["required": ["email"]])
    }

    @Test(arguments: revisions)
    func `sep-2106-anchor-keyword-preserved: an anchor among the definitions is kept`(
        revision: Revision
    ) async throws {
        #expect(try await schema(revision)["$defs"]?["address"]?["$anchor"] == "addressDef")
    }
}
