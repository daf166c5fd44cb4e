import MCPTransports

/// Tools that ask the client before they answer.
extension DemoServer {
    static let askingTools = [askSampling, askElicitation, askRoots, pingClient]

    private static let askSampling = Tool(
        name: "ask_sampling", title: "Ask for sampling", description: "Lets the client's model answer the prompt.",
        inputSchema: schema(["prompt": ["type": "string"]], required: ["prompt"])
    ) { call, context in
        let prompt = PromptMessage(role: .user, content: .text(try call.string("prompt")))
        let sampled = try await context.sample([prompt], maxTokens: 100)
        return ToolResult(content: sampled.content)
    }

    private static let askElicitation = Tool(
        name: "ask_elicitation", title: "Ask the user", description: "Asks the user for a name and greets it.",
        inputSchema: schema(["question": ["type": "string"]])
    ) { call, context in
        let question = call.arguments["question"]?.stringValue ?? "What is your name?"
        let wanted = schema(["name": ["type": "string", "description": "Your name"]], required: ["name"])
        switch try await context.elicit(question, schema: wanted) {
        case .accepted(let values): return .text("Hello, \(values["name"]?.stringValue ?? "whoever you are")!")
        case .declined: return .text("The user declined.")
        case .cancelled: return .text("The user went away.")
        }
    }

    private static let askRoots = Tool(
        name: "ask_roots", title: "Ask for roots", description: "Lists the roots of the client, one a line."
    ) { _, context in
        .text(try await context.listRoots().map(\.uri).joined(separator: "\n"))
    }

    private static let pingClient = Tool(
        name: "ping_client", title: "Ping the client", description: "Pings the client before its answer."
    ) { _, context in
        try await context.ping()
        return .text("The client answered the ping.")
    }
}
