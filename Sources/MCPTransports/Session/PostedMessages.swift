/// The JSON-RPC messages of one POST body.
struct PostedMessages: Sendable, Hashable {
    let messages: [JSONRPCMessage]
    /// Whether they came in an array (2025-03-26 only).
    let isBatch: Bool

    init(messages: [JSONRPCMessage], isBatch: Bool = false) {
        self.messages = messages
        self.isBatch = isBatch
    }

    /// Reads a body.
    ///
    /// - Throws: a parse error when it is no JSON, invalid request when it holds no messages.
    init(body: some Collection<UInt8>) throws(MCPError) {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: body)
        } catch {
            throw .parseError("The body is not JSON: \(error)")
        }
        try self.init(json)
    }

    /// Reads a body that was parsed.
    ///
    /// - Throws: invalid request when it holds no messages.
    init(_ json: JSONValue) throws(MCPError) {
        guard case .array(let elements) = json else {
            self.init(messages: [try JSONRPCMessage(json)])
            return
        }
        guard !elements.isEmpty else { throw .invalidRequest("The batch is empty") }
        var messages: [JSONRPCMessage] = []
        for element in elements { messages.append(try JSONRPCMessage(element)) }
        self.init(messages: messages, isBatch: true)
    }

    /// Whether one of them is a request.
    var hasRequests: Bool { messages.contains(where: \.isRequest) }

    /// The parameters of `initialize`, when that is what the body asks for.
    var initializeParams: JSONValue? {
        for case .request(_, "initialize", let params) in messages { return params ?? [:] }
        return nil
    }

    /// The ids of the requests.
    var requestIDs: [RequestID] {
        messages.compactMap { message in
            guard case .request(let id, _, _) = message else { return nil }
            return id
        }
    }
}
