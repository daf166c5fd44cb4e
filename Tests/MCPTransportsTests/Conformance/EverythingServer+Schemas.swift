import MCPTransports

/// Tools whose input schemas are looked at.
extension EverythingServer {
    static var schemaTools: [Tool] {
        [
            Tool(name: "json_schema_2020_12_tool", description: "Has an elaborate schema.", inputSchema: schema2020) {
                _, _ in .text("ok")
            },
            Tool(
                name: "test_custom_header", description: "Wants its region in a header field.",
                inputSchema: [
                    "type": "object",
                    "properties": ["region": ["type": "string", "x-mcp-header": "Region"]],
                    "required": ["region"],
                ]
            ) { call, _ in .text(try call.string("region")) },
        ]
    }

    /// The keywords of JSON Schema 2020-12 that must survive.
    static let schema2020: JSONValue = [
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "$defs": [
            "address": [
                "$anchor": "addressDef", "type": "object",
                "properties": ["street": ["type": "string"], "city": ["type": "string"]],
            ]
        ],
        "properties": [
            "name": ["type": "string"], "address": ["$ref": "#/$defs/address"],
            "contactMethod": ["type": "string", "enum": ["phone", "email"]],
            "phone": ["type": "string"], "email": ["type": "string"],
        ],
        "allOf": [["anyOf": [["required": ["phone"]], ["required": ["email"]]]]],
        "if": ["properties": ["contactMethod": ["const": "phone"]], "required": ["contactMethod"]],
        "then": ["required": ["phone"]],
        "else": ["required": ["email"]],
        "additionalProperties": false,
    ]
}
