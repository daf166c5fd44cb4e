/// What a server says about itself when a session opens (MCP 2025-11-25 basic/lifecycle).
public struct InitializeResult: Sendable, Hashable {
    /// The revision that is spoken, as the server names it.
    public let protocolVersion: String
    /// What the server can do, as it travels.
    public let capabilities: JSONValue
    /// How the server names itself; nil when it does not.
    public let server: Implementation?
    /// What a client should know about using the server.
    public let instructions: String?
    /// The whole result.
    public let json: JSONValue

    /// The revision that is spoken; nil when this library has no name for it.
    public var revision: ProtocolRevision? { ProtocolRevision(rawValue: protocolVersion) }

    /// The result a server gave.
    init(_ json: JSONValue) throws(MCPClientError) {
        guard let version = json["protocolVersion"]?.stringValue else {
            throw MCPClientError(.invalidResult, "The result of initialize has no protocolVersion.")
        }
        protocolVersion = version
        capabilities = json["capabilities"] ?? [:]
        server = Implementation(json["serverInfo"])
        instructions = json["instructions"]?.stringValue
        self.json = json
    }

    /// Whether the server announced this capability, such as `tools`.
    public func offers(_ capability: String) -> Bool {
        capabilities[capability].map { $0 != .null } ?? false
    }
}
