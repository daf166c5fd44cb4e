/// A prompt that a client may offer to its user (MCP 2025-11-25 server/prompts).
public struct Prompt: Sendable {
    /// Fills the prompt with the given arguments; required ones are present. What it throws becomes the JSON-RPC error.
    public typealias Handler = @Sendable ([String: String], RequestContext) async throws -> [PromptMessage]

    /// One argument.
    public struct Argument: Sendable, Hashable {
        /// The name.
        public var name: String
        /// What it is for.
        public var description: String?
        /// Whether the prompt cannot be had without it.
        public var isRequired: Bool

        /// An argument.
        public init(name: String, description: String? = nil, isRequired: Bool = false) {
            self.name = name
            self.description = description
            self.isRequired = isRequired
        }

        var json: JSONValue {
            var object: JSONObject = ["name": .string(name)]
            object["description"] = description.map(JSONValue.string)
            object["required"] = .bool(isRequired)
            return .object(object)
        }
    }

    /// The name, unique within a server.
    public var name: String
    /// What it is for.
    public var description: String?
    /// Its arguments.
    public var arguments: [Argument]
    /// Fills it.
    public var handler: Handler

    /// A prompt.
    public init(
        name: String, description: String? = nil, arguments: [Argument] = [], handler: @escaping Handler
    ) {
        self.name = name
        self.description = description
        self.arguments = arguments
        self.handler = handler
    }

    /// The definition as it travels.
    var json: JSONValue {
        var object: JSONObject = ["name": .string(name)]
        object["description"] = description.map(JSONValue.string)
        object["arguments"] = .array(arguments.map(\.json))
        return .object(object)
    }
}

/// One message of a prompt.
public struct PromptMessage: Sendable, Hashable {
    /// Whose words they are.
    public var role: Role
    /// What is said.
    public var content: ContentBlock

    /// A message.
    public init(role: Role, content: ContentBlock) {
        self.role = role
        self.content = content
    }

    /// The message as it travels.
    var json: JSONValue { ["role": .string(role.rawValue), "content": content.json] }
}
