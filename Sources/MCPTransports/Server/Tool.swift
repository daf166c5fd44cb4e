/// A tool that a client may call (MCP 2025-11-25 server/tools).
public struct Tool: Sendable {
    /// Answers one call. What it throws becomes the JSON-RPC error of the call: an ``MCPError`` as it is, anything else as
    /// an internal error. The task is cancelled when the client cancels the call or the session ends.
    public typealias Handler = @Sendable (ToolCall, RequestContext) async throws -> ToolResult

    /// The name to call it by, unique within a server.
    public var name: String
    /// The name for people.
    public var title: String?
    /// What it does, for the model.
    public var description: String
    /// The JSON Schema of the arguments, an object schema.
    public var inputSchema: JSONValue
    /// The JSON Schema of ``ToolResult/structuredContent``.
    public var outputSchema: JSONValue?
    /// Hints such as `{"readOnlyHint":true}`.
    public var annotations: JSONValue?
    /// Answers a call.
    public var handler: Handler

    /// A tool; without a schema its arguments are any object.
    public init(
        name: String, title: String? = nil, description: String, inputSchema: JSONValue = ["type": "object"],
        outputSchema: JSONValue? = nil, annotations: JSONValue? = nil, handler: @escaping Handler
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.inputSchema = inputSchema
        self.outputSchema = outputSchema
        self.annotations = annotations
        self.handler = handler
    }

    /// The definition as it travels.
    var json: JSONValue {
        var object: JSONObject = ["name": .string(name)]
        object["title"] = title.map(JSONValue.string)
        object["description"] = .string(description)
        object["inputSchema"] = inputSchema
        object["outputSchema"] = outputSchema
        object["annotations"] = annotations
        return .object(object)
    }
}

/// One call of a tool.
public struct ToolCall: Sendable, Hashable {
    /// The name of the tool.
    public var name: String
    /// The arguments; empty when the client sent none. They are not checked against the schema.
    public var arguments: JSONObject

    /// A call.
    public init(name: String, arguments: JSONObject = [:]) {
        self.name = name
        self.arguments = arguments
    }

    /// The argument `name` as text.
    ///
    /// - Throws: invalid params when it is missing or no string.
    public func string(_ name: String) throws -> String {
        guard let value = arguments[name]?.stringValue else {
            throw MCPError.invalidParams("The argument \"\(name)\" of \"\(self.name)\" must be a string")
        }
        return value
    }

    /// The argument `name` as a number, `fallback` when it is missing.
    ///
    /// - Throws: invalid params when it is no number or lies outside `range`.
    public func number(_ name: String, default fallback: Double, in range: ClosedRange<Double>) throws -> Double {
        guard let argument = arguments[name], argument != .null else { return fallback }
        guard let value = argument.doubleValue, range.contains(value) else {
            throw MCPError.invalidParams(
                "The argument \"\(name)\" of \"\(self.name)\" must be a number from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return value
    }

    /// The argument `name` as a whole number, `fallback` when it is missing.
    ///
    /// - Throws: invalid params when it is no whole number or lies outside `range`.
    public func integer(_ name: String, default fallback: Int, in range: ClosedRange<Int>) throws -> Int {
        guard let argument = arguments[name], argument != .null else { return fallback }
        guard let value = argument.intValue, range.contains(value) else {
            throw MCPError.invalidParams(
                "The argument \"\(name)\" of \"\(self.name)\" must be a whole number from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return value
    }
}

/// What a tool answers.
public struct ToolResult: Sendable, Hashable {
    /// The answer for the model.
    public var content: [ContentBlock]
    /// The answer for programs, an object.
    public var structuredContent: JSONValue?
    /// Whether the tool ran and failed; the content then says why.
    public var isError: Bool

    /// A result.
    public init(content: [ContentBlock], structuredContent: JSONValue? = nil, isError: Bool = false) {
        self.content = content
        self.structuredContent = structuredContent
        self.isError = isError
    }

    /// A result of one text.
    public static func text(_ text: String) -> ToolResult { ToolResult(content: [.text(text)]) }

    /// A failure that the model should read.
    public static func failure(_ text: String) -> ToolResult { ToolResult(content: [.text(text)], isError: true) }

    /// The result as it travels.
    var json: JSONValue {
        var object: JSONObject = ["content": .array(content.map(\.json))]
        object["structuredContent"] = structuredContent
        object["isError"] = .bool(isError)
        return .object(object)
    }
}
