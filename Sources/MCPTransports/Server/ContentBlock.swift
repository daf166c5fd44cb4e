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

    /// The block a peer sent; one that lacks what its type promises is ``other(_:)``.
    public init(_ json: JSONValue) {
        self = Self.known(json) ?? .other(json)
    }

    private static func known(_ json: JSONValue) -> ContentBlock? {
        func member(_ name: String) -> String? { json[name]?.stringValue }
        switch member("type") {
        case "text":
            return member("text").map(ContentBlock.text)
        case "image":
            guard let data = member("data"), let type = member("mimeType") else { return nil }
            return .image(base64: data, mimeType: type)
        case "audio":
            guard let data = member("data"), let type = member("mimeType") else { return nil }
            return .audio(base64: data, mimeType: type)
        case "resource":
            return json["resource"].flatMap(ResourceContents.init(contents:)).map(ContentBlock.embedded)
        case "resource_link":
            guard let uri = member("uri"), let name = member("name") else { return nil }
            return .link(uri: uri, name: name)
        default:
            return nil
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
