import MCPTransports

/// Tools that ask the client while they work.
extension EverythingServer {
    static var askingTools: [Tool] {
        [
            Tool(
                name: "test_sampling", description: "Has the client's model answer a prompt.",
                inputSchema: text("prompt")
            ) { call, context in
                let prompt = PromptMessage(role: .user, content: .text(try call.string("prompt")))
                let said = try await context.sample([prompt], maxTokens: 100)
                return .text("The model said: \(said.content.first?.text ?? "nothing")")
            },
            Tool(
                name: "test_elicitation", description: "Asks the user who they are.", inputSchema: text("message")
            ) { call, context in
                let answer = try await context.elicit(try call.string("message"), schema: userSchema)
                return .text("The user answered: \(answer)")
            },
            eliciting("test_elicitation_sep1034_defaults", defaultsSchema),
            eliciting("test_elicitation_sep1330_enums", enumsSchema),
        ]
    }

    private static func text(_ argument: String) -> JSONValue {
        ["type": "object", "properties": .object([argument: ["type": "string"]]), "required": [.string(argument)]]
    }

    private static func eliciting(_ name: String, _ schema: JSONValue) -> Tool {
        Tool(name: name, description: "Asks the user for a few values.") { _, context in
            .text("The user answered: \(try await context.elicit("Please fill in the form", schema: schema))")
        }
    }

    private static let userSchema: JSONValue = [
        "type": "object",
        "properties": [
            "username": ["type": "string", "description": "The name"],
            "email": ["type": "string", "description": "The address"],
        ],
        "required": ["username", "email"],
    ]

    /// A default for every primitive type.
    static let defaultsSchema: JSONValue = [
        "type": "object",
        "properties": [
            "name": ["type": "string", "default": "John Doe"],
            "age": ["type": "integer", "default": 30],
            "score": ["type": "number", "default": 95.5],
            "status": ["type": "string", "enum": ["active", "inactive", "pending"], "default": "active"],
            "verified": ["type": "boolean", "default": true],
        ],
        "required": [],
    ]

    /// The five ways to offer a choice.
    private static let enumsSchema: JSONValue = [
        "type": "object",
        "properties": [
            "untitledSingle": ["type": "string", "enum": ["option1", "option2", "option3"]],
            "titledSingle": ["type": "string", "oneOf": choices],
            "legacyEnum": [
                "type": "string", "enum": ["opt1", "opt2", "opt3"],
                "enumNames": ["Option One", "Option Two", "Option Three"],
            ],
            "untitledMulti": [
                "type": "array", "items": ["type": "string", "enum": ["option1", "option2", "option3"]],
            ],
            "titledMulti": ["type": "array", "items": ["anyOf": choices]],
        ],
        "required": [],
    ]

    private static let choices: JSONValue = [
        ["const": "value1", "title": "First"], ["const": "value2", "title": "Second"],
        ["const": "value3", "title": "Third"],
    ]
}
