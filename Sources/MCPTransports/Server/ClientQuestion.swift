/// Something that only the client can tell, for ``RequestContext/ask(_:)``.
public enum ClientQuestion: Sendable, Hashable {
    /// What the client's model says to these messages (MCP 2025-11-25 client/sampling).
    case sampling(_ messages: [PromptMessage], maxTokens: Int, systemPrompt: String? = nil)
    /// A few values of the user, as a flat object schema describes them (MCP 2025-11-25 client/elicitation, form mode).
    case elicitation(_ message: String, schema: JSONValue)
    /// What the server may work on (MCP 2025-11-25 client/roots).
    case roots

    /// What the client must have declared.
    var capability: String {
        switch self {
        case .sampling: "sampling"
        case .elicitation: "elicitation"
        case .roots: "roots"
        }
    }

    /// The question as it travels.
    func posed(as key: String?) -> PosedQuestion {
        switch self {
        case .sampling(let messages, let maxTokens, let systemPrompt):
            var params: JSONObject = [
                "messages": .array(messages.map(\.json)), "maxTokens": .integer(Int64(maxTokens)),
            ]
            params["systemPrompt"] = systemPrompt.map(JSONValue.string)
            return PosedQuestion(key: key, method: "sampling/createMessage", params: .object(params))
        case .elicitation(let message, let schema):
            let params: JSONValue = ["message": .string(message), "requestedSchema": schema]
            return PosedQuestion(key: key, method: "elicitation/create", params: params)
        case .roots:
            return PosedQuestion(key: key, method: "roots/list", params: nil)
        }
    }

    /// What the client's result says.
    func answer(_ result: JSONValue) -> ClientAnswer {
        switch self {
        case .sampling: .sampled(SampledMessage(result))
        case .elicitation: .elicited(ElicitedAnswer(result))
        case .roots:
            .roots(
                (result["roots"]?.arrayValue ?? []).compactMap { root in
                    root["uri"]?.stringValue.map { Root(uri: $0, name: root["name"]?.stringValue) }
                })
        }
    }
}

/// What the client told, of the kind that the ``ClientQuestion`` was of.
public enum ClientAnswer: Sendable, Hashable {
    case sampled(SampledMessage)
    case elicited(ElicitedAnswer)
    case roots([Root])
}

/// A request to the client.
struct PosedQuestion: Sendable, Hashable {
    /// What the handler wants it to be called where questions have names; nil: anything.
    var key: String?
    var method: String
    var params: JSONValue?
}
