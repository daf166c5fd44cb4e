/// A piece of what a tool, prompt or model says (MCP 2025-11-25 server/tools, tool result).
public enum ContentBlock: Sendable, Hashable {
    case text(String)
    /// An image: its bytes in base64 and its media type.
    case image(base64: String, mimeType: String)
    /// Sound: its bytes in base64 and its media type.
    case audio(base64: String, mimeType: String)
    /// A resource within the answer.
    case embedded(ResourceContents)
    /// A resource that the client may read.
    case link(uri: String, name: String)
    /// A block this library has no case for, as it travels.
    case other(JSONValue)

    /// The block as it travels.
    public var json: JSONValue {
        switch self {
        case .text(let text): ["type": "text", "text": .string(text)]
        case .image(let data, let type): ["type": "image", "data": .string(data), "mimeType": .string(type)]
        case .audio(let data, let type): ["type": "audio", "data": .string(data), "mimeType": .string(type)]
        case .embedded(let contents): ["type": "resource", "resource": contents.json]
        case .link(let uri, let name): ["type": "resource_link", "uri": .string(uri), "name": .string(name)]
        case .other(let value): value
        }
    }

    /// The block a peer sent.
    public init(_ json: JSONValue) {
        switch (json["type"]?.stringValue, json["text"]?.stringValue) {
        case ("text", .some(let text)): self = .text(text)
        default: self = .other(json)
        }
    }

    /// The text of a text block, else nil.
    public var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }
}

/// Whose words they are.
public enum Role: String, Sendable, Hashable {
    case user, assistant
}
