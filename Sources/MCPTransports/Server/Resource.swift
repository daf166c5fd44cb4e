/// A resource that a client may read (MCP 2025-11-25 server/resources).
public struct Resource: Sendable {
    /// Reads it now. What it throws becomes the JSON-RPC error of the request.
    public typealias Handler = @Sendable (RequestContext) async throws -> [ResourceContents]

    /// What names it.
    public var uri: String
    /// The name for programs.
    public var name: String
    /// What it is, for the model.
    public var description: String?
    /// The media type of its contents.
    public var mimeType: String?
    /// Reads it.
    public var handler: Handler

    /// A resource.
    public init(
        uri: String, name: String, description: String? = nil, mimeType: String? = nil, handler: @escaping Handler
    ) {
        self.uri = uri
        self.name = name
        self.description = description
        self.mimeType = mimeType
        self.handler = handler
    }

    /// The definition as it travels.
    var json: JSONValue {
        var object: JSONObject = ["uri": .string(uri), "name": .string(name)]
        object["description"] = description.map(JSONValue.string)
        object["mimeType"] = mimeType.map(JSONValue.string)
        return .object(object)
    }
}

/// A family of resources whose URIs follow a template with simple `{name}` expressions (RFC 6570 level 1).
public struct ResourceTemplate: Sendable {
    /// Reads the resource `uri`, whose template variables had the given values, percent-encoded as in the URI.
    public typealias Handler = @Sendable (String, [String: String], RequestContext) async throws -> [ResourceContents]

    /// The template of the URIs.
    public var uriTemplate: String
    /// The name for programs.
    public var name: String
    /// What they are, for the model.
    public var description: String?
    /// The media type that all of them have.
    public var mimeType: String?
    /// Reads one of them.
    public var handler: Handler

    /// A template.
    public init(
        uriTemplate: String, name: String, description: String? = nil, mimeType: String? = nil,
        handler: @escaping Handler
    ) {
        self.uriTemplate = uriTemplate
        self.name = name
        self.description = description
        self.mimeType = mimeType
        self.handler = handler
    }

    /// The definition as it travels.
    var json: JSONValue {
        var object: JSONObject = ["uriTemplate": .string(uriTemplate), "name": .string(name)]
        object["description"] = description.map(JSONValue.string)
        object["mimeType"] = mimeType.map(JSONValue.string)
        return .object(object)
    }
}

/// The contents of one resource.
public struct ResourceContents: Sendable, Hashable {
    /// What they are: text, or bytes in base64.
    public enum Payload: Sendable, Hashable {
        case text(String)
        case blob(base64: String)
    }

    /// The resource they belong to.
    public var uri: String
    /// Their media type.
    public var mimeType: String?
    /// What they are.
    public var payload: Payload

    /// Contents.
    public init(uri: String, mimeType: String? = nil, payload: Payload) {
        self.uri = uri
        self.mimeType = mimeType
        self.payload = payload
    }

    /// The contents as they travel.
    var json: JSONValue {
        var object: JSONObject = ["uri": .string(uri)]
        object["mimeType"] = mimeType.map(JSONValue.string)
        switch payload {
        case .text(let text): object["text"] = .string(text)
        case .blob(let base64): object["blob"] = .string(base64)
        }
        return .object(object)
    }
}
