/// A server of the Model Context Protocol: what it offers and how each request is answered, whatever carries the messages.
///
/// The handshake, `ping`, cancellation and the log level belong to the session and are not seen here. A host such as
/// ``SSEServerTransport`` gives every session the same server; handlers run at the same time and share nothing but what they capture.
public struct MCPServer: Sendable {
    /// Name and version for the handshake.
    public var implementation: Implementation
    /// What a client should know about using the server.
    public var instructions: String?
    /// The tools, in the order of their list.
    public var tools: [Tool]
    /// The resources, in the order of their list.
    public var resources: [Resource]
    /// The resource templates, in the order of their list.
    public var resourceTemplates: [ResourceTemplate]
    /// The prompts, in the order of their list.
    public var prompts: [Prompt]
    /// Completes arguments of prompts and resource templates; nil: the server does not.
    public var completions: CompletionQuery.Handler?
    /// How many elements a page of a list has at most.
    public var pageSize: Int
    /// Which changes it promises to announce (see ``SSEServerTransport/announce(_:)``).
    public var announces: Announcements
    /// How long clients may keep what they were told.
    public var caching: CachePolicy

    /// A server. `pageSize` below 1 counts as 1.
    public init(
        name: String, version: String, title: String? = nil, instructions: String? = nil, tools: [Tool] = [],
        resources: [Resource] = [], resourceTemplates: [ResourceTemplate] = [], prompts: [Prompt] = [],
        completions: CompletionQuery.Handler? = nil, pageSize: Int = 50, announces: Announcements = [],
        caching: CachePolicy = CachePolicy()
    ) {
        implementation = Implementation(name: name, version: version, title: title)
        self.instructions = instructions
        self.tools = tools
        self.resources = resources
        self.resourceTemplates = resourceTemplates
        self.prompts = prompts
        self.completions = completions
        self.pageSize = max(1, pageSize)
        self.announces = announces
        self.caching = caching
    }

    /// Who the server is and which features it has: those it has something of, and logging.
    var description: ServerDescription {
        var capabilities: JSONObject = ["logging": [:]]
        if completions != nil { capabilities["completions"] = [:] }
        if !prompts.isEmpty {
            capabilities["prompts"] = ["listChanged": .bool(announces.contains(.promptsListChanged))]
        }
        if !resources.isEmpty || !resourceTemplates.isEmpty {
            capabilities["resources"] = [
                "subscribe": .bool(announces.contains(.resourceUpdated)),
                "listChanged": .bool(announces.contains(.resourcesListChanged)),
            ]
        }
        if !tools.isEmpty { capabilities["tools"] = ["listChanged": .bool(announces.contains(.toolsListChanged))] }
        return ServerDescription(
            implementation: implementation, capabilities: .object(capabilities), instructions: instructions,
            announces: announces)
    }
}
