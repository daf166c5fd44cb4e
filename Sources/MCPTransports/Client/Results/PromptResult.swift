/// A prompt that a server filled (MCP 2025-11-25 server/prompts).
public struct PromptResult: Sendable, Hashable {
    /// What it is for.
    public let description: String?
    /// What is said.
    public let messages: [PromptMessage]

    /// The result a server gave.
    init(_ json: JSONValue) throws(MCPClientError) {
        guard let messages = json["messages"]?.arrayValue else {
            throw MCPClientError(.invalidResult, "The result of prompts/get has no messages.")
        }
        description = json["description"]?.stringValue
        self.messages = messages.map(PromptMessage.init)
    }
}

extension PromptMessage {
    /// The message a peer sent; an unknown role counts as the user's.
    init(_ json: JSONValue) {
        self.init(
            role: json["role"]?.stringValue.flatMap(Role.init) ?? .user, content: ContentBlock(json["content"] ?? .null)
        )
    }
}
