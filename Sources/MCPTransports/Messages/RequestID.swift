/// What ties a JSON-RPC response to its request: a whole number or a text, never null (MCP 2025-11-25 basic).
public enum RequestID: Sendable, Hashable, CustomStringConvertible {
    case integer(Int64)
    case string(String)

    /// The id a JSON value stands for; nil when it is neither a whole number nor a string.
    public init?(_ value: JSONValue) {
        switch value {
        case .integer(let number): self = .integer(number)
        case .string(let text): self = .string(text)
        default: return nil
        }
    }

    /// The id as it travels.
    public var json: JSONValue {
        switch self {
        case .integer(let number): .integer(number)
        case .string(let text): .string(text)
        }
    }

    /// The id as JSON text.
    public var description: String { json.description }
}
