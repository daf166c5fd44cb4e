import Testing

@testable import MCPTransports

@Suite struct ParameterHeaderTests {
    private static let schema: JSONValue = [
        "type": "object",
        "properties": [
            "region": ["type": "string", "x-mcp-header": "Region"],
            "where": ["type": "object", "properties": ["port": ["type": "integer", "x-mcp-header": "Port"]]],
            "dry": ["type": "boolean", "x-mcp-header": "Dry"],
        ],
    ]

    private func mismatch(_ fields: [(String, String)], _ arguments: JSONValue) throws -> Int? {
        let request = HTTPRequest(
            method: "POST", target: "/", fields: fields.map { HTTPRequest.Field(name: $0.0, value: $0.1) })
        do {
            for header in try ParameterHeader.all(in: Self.schema) {
                try header.validate(request, arguments: arguments)
            }
            return nil
        } catch let error as MCPError {
            return error.code
        }
    }

    @Test func `Fields that say what the arguments say pass`() throws {
        #expect(try mismatch([("mcp-param-region", "eu")], ["region": "eu"]) == nil)
        #expect(try mismatch([("mcp-param-region", "=?base64?w6k=?=")], ["region": "é"]) == nil)
        #expect(try mismatch([("mcp-param-port", "42.0")], ["where": ["port": 42]]) == nil)
        #expect(try mismatch([("mcp-param-port", "42")], ["where": ["port": 42.0]]) == nil)
        #expect(try mismatch([("mcp-param-dry", "true")], ["dry": true]) == nil)
        #expect(try mismatch([], ["region": nil]) == nil)
        #expect(try mismatch([("mcp-param-other", "x")], [:]) == nil)
    }

    @Test func `Fields that say less, more or something else do not`() throws {
        for (fields, arguments) in [
            ([], ["region": "eu"]), ([("mcp-param-region", "eu")], [:]),
            ([("mcp-param-region", "EU")], ["region": "eu"]),
            ([("mcp-param-region", "eu"), ("mcp-param-region", "eu")], ["region": "eu"]),
            ([("mcp-param-region", "=?base64?w6k?=")], ["region": "é"]),
            ([("mcp-param-port", "43")], ["where": ["port": 42]]),
            ([("mcp-param-port", "4e1")], ["where": ["port": 40]]),
            ([("mcp-param-dry", "True")], ["dry": true]), ([("mcp-param-region", "[]")], ["region": []]),
        ] as [([(String, String)], JSONValue)] {
            #expect(try mismatch(fields, arguments) == -32020, "\(fields) \(arguments)")
        }
    }

    @Test(
        arguments: [
            ["x-mcp-header": "A"], ["properties": ["a": ["type": "number", "x-mcp-header": "A"]]],
            ["properties": ["a": ["type": "string", "x-mcp-header": "A B"]]],
            ["properties": ["a": ["type": "string", "x-mcp-header": ""]]],
            ["properties": ["a": ["type": "string", "x-mcp-header": 1]]],
            ["properties": ["a": ["type": ["string"], "x-mcp-header": "A"]]],
            ["items": ["type": "string", "x-mcp-header": "A"]],
            ["anyOf": [["properties": ["a": ["type": "string", "x-mcp-header": "A"]]]]],
            [
                "properties": [
                    "a": ["type": "string", "x-mcp-header": "A"], "b": ["type": "string", "x-mcp-header": "a"],
                ]
            ],
        ] as [JSONValue])
    func `An annotation that clients could not follow is invalid`(schema: JSONValue) {
        #expect(throws: ParameterHeader.Invalid.self) { try ParameterHeader.all(in: schema) }
    }

    @Test func `An annotation within data is none`() throws {
        #expect(
            try ParameterHeader.all(in: ["default": ["x-mcp-header": "A"], "enum": [["x-mcp-header": "B"]]]).isEmpty)
    }
}
