/// What is to be completed (MCP 2025-11-25 server/utilities/completion).
public enum CompletionReference: Sendable, Hashable {
    /// An argument of the prompt with this name.
    case prompt(String)
    /// A variable of the resource template with this URI template.
    case resource(String)

    var json: JSONValue {
        switch self {
        case .prompt(let name): ["type": "ref/prompt", "name": .string(name)]
        case .resource(let uri): ["type": "ref/resource", "uri": .string(uri)]
        }
    }
}

/// How an argument may go on.
public struct Completion: Sendable, Hashable {
    /// Values for the whole argument, the best first; at most 100.
    public let values: [String]
    /// How many there are in all, where known.
    public let total: Int?
    /// Whether there are more than ``values``.
    public let hasMore: Bool

    /// The result a server gave.
    init(_ json: JSONValue) throws(MCPClientError) {
        guard let values = json["completion"]?["values"]?.arrayValue else {
            throw MCPClientError(.invalidResult, "The result of completion/complete has no values.")
        }
        self.values = values.compactMap(\.stringValue)
        total = json["completion"]?["total"]?.intValue
        hasMore = json["completion"]?["hasMore"]?.boolValue ?? false
    }
}
