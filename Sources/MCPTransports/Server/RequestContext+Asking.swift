extension RequestContext {
    /// Asks the client anything and waits for its result.
    ///
    /// - Throws: the client's ``MCPError``; ``MCPError/requestTimedOut`` when it stays silent, after telling it that the
    ///   request is cancelled; `CancellationError` when this task is cancelled.
    public func request(method: String, params: JSONValue? = nil) async throws -> JSONValue {
        try await withThrowingTaskGroup(of: JSONValue?.self) { group in
            group.addTask { try await link.request(method: method, params: params) }
            group.addTask {
                try await Task.sleep(for: requestTimeout)
                return nil
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() ?? nil else { throw MCPError.requestTimedOut }
            return result
        }
    }

    /// Asks the client's model to go on from `messages` (MCP 2025-11-25 client/sampling).
    ///
    /// - Throws: an ``MCPError`` as in ``request(method:params:)``, -32601 at once when the client did not offer sampling
    ///   (-32021 in the stateless dialect).
    public func sample(
        _ messages: [PromptMessage], maxTokens: Int, systemPrompt: String? = nil
    ) async throws -> SampledMessage {
        try demand("sampling", method: "sampling/createMessage")
        var params: JSONObject = ["messages": .array(messages.map(\.json)), "maxTokens": .integer(Int64(maxTokens))]
        params["systemPrompt"] = systemPrompt.map(JSONValue.string)
        return SampledMessage(try await request(method: "sampling/createMessage", params: .object(params)))
    }

    /// Asks the user for a few values (MCP 2025-11-25 client/elicitation, form mode).
    ///
    /// - Parameter schema: A flat object schema with primitive properties.
    /// - Throws: as ``sample(_:maxTokens:systemPrompt:)``.
    public func elicit(_ message: String, schema: JSONValue) async throws -> ElicitedAnswer {
        try demand("elicitation", method: "elicitation/create")
        let params: JSONValue = ["message": .string(message), "requestedSchema": schema]
        return ElicitedAnswer(try await request(method: "elicitation/create", params: params))
    }

    /// Asks which directories or URIs the client lets the server work on (MCP 2025-11-25 client/roots).
    ///
    /// - Throws: as ``sample(_:maxTokens:systemPrompt:)``.
    public func listRoots() async throws -> [Root] {
        try demand("roots", method: "roots/list")
        let result = try await request(method: "roots/list")
        return (result["roots"]?.arrayValue ?? []).compactMap { root in
            root["uri"]?.stringValue.map { Root(uri: $0, name: root["name"]?.stringValue) }
        }
    }

    /// Asks the client for a sign of life.
    ///
    /// - Throws: as ``request(method:params:)``.
    public func ping() async throws {
        _ = try await request(method: "ping")
    }

    private func demand(_ capability: String, method: String) throws {
        guard clientCapabilities[capability] != nil else {
            if dialect == .stateless { throw MCPError.missingClientCapabilities(.object([capability: [:]])) }
            throw MCPError(
                code: -32601, message: "The client does not offer \(capability), so \(method) cannot be asked")
        }
    }
}

/// What the client's model said.
public struct SampledMessage: Sendable, Hashable {
    /// Whose words they are, normally the assistant's.
    public let role: Role
    /// What was said: one block, or several with tool use.
    public let content: [ContentBlock]
    /// The model's name.
    public let model: String?
    /// Why it stopped, such as `endTurn`.
    public let stopReason: String?

    init(_ json: JSONValue) {
        role = json["role"]?.stringValue.flatMap(Role.init) ?? .assistant
        let content = json["content"]
        self.content = (content?.arrayValue ?? content.map { [$0] } ?? []).map(ContentBlock.init)
        model = json["model"]?.stringValue
        stopReason = json["stopReason"]?.stringValue
    }
}

/// What the user did with an elicitation.
public enum ElicitedAnswer: Sendable, Hashable {
    /// The values the user gave.
    case accepted(JSONObject)
    /// The user said no.
    case declined
    /// The user went away, or the client's answer was none of the three.
    case cancelled

    init(_ json: JSONValue) {
        switch json["action"]?.stringValue {
        case "accept": self = .accepted(json["content"]?.objectValue ?? [:])
        case "decline": self = .declined
        default: self = .cancelled
        }
    }
}

/// A directory or URI that the client lets the server work on.
public struct Root: Sendable, Hashable {
    /// What names it, normally a `file:` URI.
    public let uri: String
    /// The name for people.
    public let name: String?

    /// A root.
    public init(uri: String, name: String? = nil) {
        self.uri = uri
        self.name = name
    }
}
