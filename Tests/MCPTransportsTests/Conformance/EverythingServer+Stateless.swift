import MCPTransports

/// Tools that only mean something without sessions.
extension EverythingServer {
    static var statelessTools: [Tool] {
        [
            Tool(name: "test_missing_capability", description: "Needs a client that can sample.") { _, context in
                _ = try await context.sample([PromptMessage(role: .user, content: .text("?"))], maxTokens: 1)
                return .text("sampled")
            },
            Tool(name: "test_streaming_elicitation", description: "Tells something, then asks.") { _, context in
                context.notify(method: "notifications/message", params: ["level": "info", "data": "about to ask"])
                return .text("\(try await context.elicit("Go on?", schema: ["type": "object", "properties": [:]]))")
            },
            Tool(name: "test_logging_tool", description: "Logs at every level.") { _, context in
                for level in LogLevel.allCases { context.log(level: level, "logged") }
                return .text("logged")
            },
        ]
    }
}
