/// What a server wants the client's model to go on from (MCP 2025-11-25 client/sampling).
public struct SamplingRequest: Sendable, Hashable {
    /// What was said so far.
    public let messages: [PromptMessage]
    /// How many tokens the answer may have.
    public let maxTokens: Int?
    /// What the model should know first.
    public let systemPrompt: String?
    /// All parameters as they travel: preferences, temperature, tools and others.
    public let params: JSONValue

    init(_ params: JSONValue?) throws(MCPError) {
        guard let params, let messages = params["messages"]?.arrayValue else {
            throw .invalidParams("The messages are missing")
        }
        self.messages = messages.map(PromptMessage.init)
        maxTokens = params["maxTokens"]?.intValue
        systemPrompt = params["systemPrompt"]?.stringValue
        self.params = params
    }
}

/// What a server wants to know from the user (MCP 2025-11-25 client/elicitation).
public struct ElicitationRequest: Sendable, Hashable {
    /// What to tell the user.
    public let message: String
    /// The JSON Schema of the values; nil when the user should open ``url`` instead.
    public let requestedSchema: JSONValue?
    /// What the user should open, in URL mode.
    public let url: String?
    /// All parameters as they travel.
    public let params: JSONValue

    init(_ params: JSONValue?) throws(MCPError) {
        guard let params, let message = params["message"]?.stringValue else {
            throw .invalidParams("The message is missing")
        }
        self.message = message
        requestedSchema = params["requestedSchema"]
        url = params["url"]?.stringValue
        self.params = params
    }
}

extension SampledMessage {
    /// What the client's model said.
    public init(role: Role = .assistant, content: [ContentBlock], model: String, stopReason: String? = nil) {
        self.role = role
        self.content = content
        self.model = model
        self.stopReason = stopReason
    }

    /// The message as it travels: one block by itself, several as an array.
    var json: JSONValue {
        let blocks = content.map(\.json)
        var object: JSONObject = ["role": .string(role.rawValue)]
        object["content"] = blocks.count == 1 ? blocks[0] : .array(blocks)
        object["model"] = model.map(JSONValue.string)
        object["stopReason"] = stopReason.map(JSONValue.string)
        return .object(object)
    }
}

extension ElicitedAnswer {
    /// The answer with the schema's default for each value that the user left as it was.
    func completed(by request: ElicitationRequest) -> ElicitedAnswer {
        guard case .accepted(var content) = self else { return self }
        for property in request.requestedSchema?["properties"]?.objectValue?.members ?? []
        where content[property.key] == nil {
            content[property.key] = property.value["default"]
        }
        return .accepted(content)
    }

    /// The answer as it travels.
    var json: JSONValue {
        switch self {
        case .accepted(let content): ["action": "accept", "content": .object(content)]
        case .declined: ["action": "decline"]
        case .cancelled: ["action": "cancel"]
        }
    }
}

extension Root {
    /// The root as it travels.
    var json: JSONValue {
        var object: JSONObject = ["uri": .string(uri)]
        object["name"] = name.map(JSONValue.string)
        return .object(object)
    }
}
