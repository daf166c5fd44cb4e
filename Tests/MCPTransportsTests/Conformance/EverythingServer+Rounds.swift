import MCPTransports

/// Tools and a prompt whose answers take several rounds without sessions.
extension EverythingServer {
    static var roundTools: [Tool] {
        [
            asking("elicitation") { context in
                .text("\(try await context.elicit("What is your name?", schema: form("name"), key: "user_name"))")
            },
            asking("sampling") { context in
                let said = try await context.sample(question, maxTokens: 100, key: "capital_question")
                return .text(said.content.first?.text ?? "")
            },
            asking("list_roots") { context in
                .text(try await context.listRoots(key: "client_roots").map(\.uri).joined(separator: " "))
            },
            asking("request_state") { context in
                _ = try await context.elicit("Please confirm", schema: form("ok"), key: "confirm")
                return .text("state-ok")
            },
            asking("tampered_state") { context in
                .text("\(try await context.elicit("Please confirm", schema: form("ok"), key: "confirm"))")
            },
            asking("multi_round") { context in
                let name = try await context.elicit("What is your name?", schema: form("name"), key: "step1")
                let color = try await context.elicit("Which color?", schema: form("color"), key: "step2")
                return .text("\(name) \(color)")
            },
            asking("multiple_inputs") { context in
                let answers = try await context.ask([
                    "user_name": .elicitation("What is your name?", schema: form("name")),
                    "greeting": .sampling(question, maxTokens: 50), "client_roots": .roots,
                ])
                return .text(answers.keys.sorted().joined(separator: " "))
            },
            asking("capabilities") { context in
                if context.clientCapabilities["elicitation"] != nil {
                    _ = try await context.elicit("What is your name?", schema: form("name"))
                }
                if context.clientCapabilities["sampling"] != nil {
                    _ = try await context.sample(question, maxTokens: 50)
                }
                return .text("asked what the client declares")
            },
        ]
    }

    static var roundPrompt: Prompt {
        Prompt(name: "test_input_required_result_prompt", description: "Asks for its context.") { _, context in
            let answer = try await context.elicit("Which context?", schema: form("context"), key: "user_context")
            return said(.text("\(answer)"))
        }
    }

    private static func asking(
        _ name: String, _ answer: @escaping @Sendable (RequestContext) async throws -> ToolResult
    ) -> Tool {
        Tool(name: "test_input_required_result_\(name)", description: "Asks before it answers.") { _, context in
            try await answer(context)
        }
    }

    private static let question = [PromptMessage(role: .user, content: .text("What is the capital of France?"))]

    private static func form(_ property: String) -> JSONValue {
        [
            "type": "object", "properties": .object([property: ["type": property == "ok" ? "boolean" : "string"]]),
            "required": [.string(property)],
        ]
    }
}
