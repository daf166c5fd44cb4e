extension RequestContext {
    /// Asks the client anything and waits for its result.
    ///
    /// - Throws: the client's ``MCPError``; ``MCPError/requestTimedOut`` when it stays silent, after telling it that the
    ///   request is cancelled; `CancellationError` when this task is cancelled.
    public func request(method: String, params: JSONValue? = nil) async throws -> JSONValue {
        try await pose([PosedQuestion(method: method, params: params)])[0]
    }

    /// Asks the client several things at a time and waits for all answers.
    ///
    /// In the stateless dialect they travel together under their names, and what a client answers under these names
    /// along with its first request is not asked any more (MCP 2026-07-28 basic/patterns/mrtr).
    ///
    /// - Parameter questions: The questions by name, each name once.
    /// - Returns: the answers by the same names.
    /// - Throws: as ``sample(_:maxTokens:systemPrompt:key:)``, when any of the questions fails.
    public func ask(_ questions: KeyValuePairs<String, ClientQuestion>) async throws -> [String: ClientAnswer] {
        try demand(questions.map(\.value))
        let results = try await pose(questions.map { $0.value.posed(as: $0.key) })
        let answers = zip(questions, results).map { ($0.key, $0.value.answer($1)) }
        return Dictionary(answers, uniquingKeysWith: { $1 })
    }

    /// Asks the client's model to go on from `messages` (MCP 2025-11-25 client/sampling).
    ///
    /// - Parameter key: What the question is called in the stateless dialect, as in ``ask(_:)``; nil: anything.
    /// - Throws: an ``MCPError`` as in ``request(method:params:)``, -32601 at once when the client did not offer sampling
    ///   (-32021 in the stateless dialect).
    public func sample(
        _ messages: [PromptMessage], maxTokens: Int, systemPrompt: String? = nil, key: String? = nil
    ) async throws -> SampledMessage {
        let question = ClientQuestion.sampling(messages, maxTokens: maxTokens, systemPrompt: systemPrompt)
        return SampledMessage(try await ask(question, key))
    }

    /// Asks the user for a few values (MCP 2025-11-25 client/elicitation, form mode).
    ///
    /// - Parameters:
    ///   - schema: A flat object schema with primitive properties.
    ///   - key: What the question is called in the stateless dialect, as in ``ask(_:)``; nil: anything.
    /// - Throws: as ``sample(_:maxTokens:systemPrompt:key:)``.
    public func elicit(_ message: String, schema: JSONValue, key: String? = nil) async throws -> ElicitedAnswer {
        ElicitedAnswer(try await ask(.elicitation(message, schema: schema), key))
    }

    /// Asks which directories or URIs the client lets the server work on (MCP 2025-11-25 client/roots).
    ///
    /// - Parameter key: What the question is called in the stateless dialect, as in ``ask(_:)``; nil: anything.
    /// - Throws: as ``sample(_:maxTokens:systemPrompt:key:)``.
    public func listRoots(key: String? = nil) async throws -> [Root] {
        guard case .roots(let roots) = ClientQuestion.roots.answer(try await ask(.roots, key)) else { return [] }
        return roots
    }

    /// Asks the client for a sign of life.
    ///
    /// - Throws: as ``request(method:params:)``.
    public func ping() async throws {
        _ = try await request(method: "ping")
    }

    private func ask(_ question: ClientQuestion, _ key: String?) async throws -> JSONValue {
        try demand([question])
        return try await pose([question.posed(as: key)])[0]
    }

    /// Asks for results, one for each question, within the time the client has.
    private func pose(_ questions: [PosedQuestion]) async throws -> [JSONValue] {
        try await withThrowingTaskGroup(of: [JSONValue]?.self) { group in
            group.addTask { try await link.request(questions) }
            group.addTask {
                try await Task.sleep(for: requestTimeout)
                return nil
            }
            defer { group.cancelAll() }
            guard let results = try await group.next() ?? nil else { throw MCPError.requestTimedOut }
            return results
        }
    }

    private func demand(_ questions: [ClientQuestion]) throws {
        let missing = questions.filter { clientCapabilities[$0.capability] == nil }
        guard let first = missing.first else { return }
        if dialect == .stateless {
            var required: JSONObject = [:]
            for question in missing { required[question.capability] = [:] }
            throw MCPError.missingClientCapabilities(.object(required))
        }
        throw MCPError(
            code: -32601,
            message: "The client does not offer \(first.capability), so \(first.posed(as: nil).method) cannot be asked")
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
