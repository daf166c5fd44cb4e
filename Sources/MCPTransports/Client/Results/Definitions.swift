/// A tool as a server lists it (MCP 2025-11-25 server/tools).
public struct ToolDefinition: Sendable, Hashable {
    /// The name to call it by.
    public let name: String
    /// The name for people.
    public let title: String?
    /// What it does, for the model.
    public let description: String?
    /// The JSON Schema of the arguments.
    public let inputSchema: JSONValue
    /// The JSON Schema of ``ToolResult/structuredContent``.
    public let outputSchema: JSONValue?
    /// Hints such as `{"readOnlyHint":true}`.
    public let annotations: JSONValue?
    /// The whole definition.
    public let json: JSONValue

    /// The definition a server sent; nil without a name.
    public init?(_ json: JSONValue) {
        guard let name = json["name"]?.stringValue else { return nil }
        self.name = name
        title = json["title"]?.stringValue
        description = json["description"]?.stringValue
        inputSchema = json["inputSchema"] ?? ["type": "object"]
        outputSchema = json["outputSchema"]
        annotations = json["annotations"]
        self.json = json
    }
}

/// A resource as a server lists it (MCP 2025-11-25 server/resources).
public struct ResourceDefinition: Sendable, Hashable {
    /// What names it.
    public let uri: String
    /// The name for programs; the URI when the server gave none.
    public let name: String
    /// The name for people.
    public let title: String?
    /// What it is, for the model.
    public let description: String?
    /// The media type of its contents.
    public let mimeType: String?
    /// The whole definition.
    public let json: JSONValue

    /// The definition a server sent; nil without a URI.
    public init?(_ json: JSONValue) {
        guard let uri = json["uri"]?.stringValue else { return nil }
        self.uri = uri
        name = json["name"]?.stringValue ?? uri
        title = json["title"]?.stringValue
        description = json["description"]?.stringValue
        mimeType = json["mimeType"]?.stringValue
        self.json = json
    }
}

/// A family of resources as a server lists it (MCP 2025-11-25 server/resources, resource templates).
public struct ResourceTemplateDefinition: Sendable, Hashable {
    /// The template of the URIs (RFC 6570).
    public let uriTemplate: String
    /// The name for programs; the template when the server gave none.
    public let name: String
    /// The name for people.
    public let title: String?
    /// What they are, for the model.
    public let description: String?
    /// The media type that all of them have.
    public let mimeType: String?
    /// The whole definition.
    public let json: JSONValue

    /// The definition a server sent; nil without a template.
    public init?(_ json: JSONValue) {
        guard let template = json["uriTemplate"]?.stringValue else { return nil }
        uriTemplate = template
        name = json["name"]?.stringValue ?? template
        title = json["title"]?.stringValue
        description = json["description"]?.stringValue
        mimeType = json["mimeType"]?.stringValue
        self.json = json
    }
}

/// A prompt as a server lists it (MCP 2025-11-25 server/prompts).
public struct PromptDefinition: Sendable, Hashable {
    /// The name.
    public let name: String
    /// The name for people.
    public let title: String?
    /// What it is for.
    public let description: String?
    /// Its arguments; those without a name are left out.
    public let arguments: [Prompt.Argument]
    /// The whole definition.
    public let json: JSONValue

    /// The definition a server sent; nil without a name.
    public init?(_ json: JSONValue) {
        guard let name = json["name"]?.stringValue else { return nil }
        self.name = name
        title = json["title"]?.stringValue
        description = json["description"]?.stringValue
        arguments = (json["arguments"]?.arrayValue ?? []).compactMap { argument in
            guard let name = argument["name"]?.stringValue else { return nil }
            return Prompt.Argument(
                name: name, description: argument["description"]?.stringValue,
                isRequired: argument["required"]?.boolValue ?? false)
        }
        self.json = json
    }
}
