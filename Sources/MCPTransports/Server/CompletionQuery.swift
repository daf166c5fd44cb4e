/// What a client wants to have completed while its user types (MCP 2025-11-25 server/utilities/completion).
public struct CompletionQuery: Sendable, Hashable {
    /// Finds values for the argument that begin as the query says, the best first; an empty list is a good answer. What it
    /// throws becomes the JSON-RPC error of the request.
    public typealias Handler = @Sendable (CompletionQuery, RequestContext) async throws -> [String]

    /// Whose argument it is: a prompt or a resource template that the server has.
    public var reference: CompletionReference
    /// The argument.
    public var argument: String
    /// What of it is there.
    public var value: String
    /// The arguments that are already filled in.
    public var filled: [String: String]

    /// A query.
    public init(reference: CompletionReference, argument: String, value: String, filled: [String: String] = [:]) {
        self.reference = reference
        self.argument = argument
        self.value = value
        self.filled = filled
    }

    /// The query of a request.
    ///
    /// - Throws: invalid params for what is missing.
    init(_ params: JSONValue?) throws(MCPError) {
        guard let reference = params?["ref"].flatMap(CompletionReference.init) else {
            throw .invalidParams("The ref names neither a prompt nor a resource")
        }
        guard let argument = params?["argument"]?["name"]?.stringValue,
            let value = params?["argument"]?["value"]?.stringValue
        else { throw .invalidParams("The argument has no name or no value") }
        let members = params?["context"]?["arguments"]?.objectValue?.members ?? []
        let filled = members.compactMap { member in member.value.stringValue.map { (member.key, $0) } }
        self.init(
            reference: reference, argument: argument, value: value, filled: Dictionary(filled, uniquingKeysWith: { $1 })
        )
    }
}

extension CompletionReference {
    /// The reference a client sent; nil when it is of no known kind.
    init?(_ json: JSONValue) {
        switch (json["type"]?.stringValue, json["name"]?.stringValue, json["uri"]?.stringValue) {
        case ("ref/prompt", .some(let name), _): self = .prompt(name)
        case ("ref/resource", _, .some(let uri)): self = .resource(uri)
        default: return nil
        }
    }
}

extension MCPServer {
    /// How many values one answer may have (MCP 2025-11-25 server/utilities/completion).
    private static let maximumValues = 100

    /// The result of `completion/complete`.
    func complete(_ params: JSONValue?, _ context: RequestContext) async throws -> JSONValue {
        guard let completions else { throw MCPError.methodNotFound("completion/complete") }
        let query = try CompletionQuery(params)
        guard knows(query.reference) else { throw MCPError.invalidParams("There is nothing that the ref names") }
        let values = try await completions(query, context)
        return [
            "completion": [
                "values": .array(values.prefix(Self.maximumValues).map(JSONValue.string)),
                "total": .integer(Int64(values.count)), "hasMore": .bool(values.count > Self.maximumValues),
            ]
        ]
    }

    private func knows(_ reference: CompletionReference) -> Bool {
        switch reference {
        case .prompt(let name): prompts.contains { $0.name == name }
        case .resource(let uri):
            resourceTemplates.contains { $0.uriTemplate == uri } || resources.contains { $0.uri == uri }
        }
    }
}
