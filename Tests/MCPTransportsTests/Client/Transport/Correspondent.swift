import MCPTransports

/// Speaks JSON-RPC over a transport the way a test reads: ask, and get the answer; what else comes is kept.
actor Correspondent {
    let transport: any MCPTransport
    private var lastID: Int64 = 0
    private var inbox: AsyncThrowingStream<[UInt8], any Error>.Iterator
    /// Requests and notifications that came, and answers to others.
    private(set) var others: [JSONRPCMessage] = []
    /// Answers requests of the server.
    private let answer: @Sendable (_ method: String, _ params: JSONValue?) -> JSONValue?

    init(
        _ transport: any MCPTransport,
        answering answer: @escaping @Sendable (_ method: String, _ params: JSONValue?) -> JSONValue? = { _, _ in nil }
    ) {
        self.transport = transport
        inbox = transport.receive().makeAsyncIterator()
        self.answer = answer
    }

    /// Connects and shakes hands.
    @discardableResult
    func open(capabilities: JSONValue = [:]) async throws -> JSONValue {
        try await transport.connect()
        let result = try await ask(
            "initialize",
            [
                "protocolVersion": "2025-11-25", "capabilities": capabilities,
                "clientInfo": ["name": "correspondent", "version": "1"],
            ])
        try await tell("notifications/initialized")
        return result
    }

    /// Sends a request and waits for its answer.
    func ask(_ method: String, _ params: JSONValue? = nil) async throws -> JSONValue {
        let id = try await request(method, params)
        return try await self.answer(to: id)
    }

    func request(_ method: String, _ params: JSONValue? = nil) async throws -> RequestID {
        lastID += 1
        let id = RequestID.integer(lastID)
        try await transport.send(JSONRPCMessage.request(id: id, method: method, params: params).json.serialized())
        return id
    }

    func tell(_ method: String, _ params: JSONValue? = nil) async throws {
        try await transport.send(JSONRPCMessage.notification(method: method, params: params).json.serialized())
    }

    /// The answer to a request that was sent, which may have come before.
    func answer(to id: RequestID) async throws -> JSONValue {
        while true {
            if let index = others.firstIndex(where: { $0.answers(id) }) {
                return try others.remove(at: index).outcome()
            }
            others.append(try await next())
        }
    }

    /// Reads on until `wanted` gives something of a message that is no answer.
    func await<Found: Sendable>(_ wanted: @Sendable (JSONRPCMessage) -> Found?) async throws -> Found {
        for (index, message) in others.enumerated() {
            if let found = wanted(message) {
                others.remove(at: index)
                return found
            }
        }
        while true {
            let message = try await next()
            if let found = wanted(message) { return found }
            others.append(message)
        }
    }

    /// The next message; requests of the server are answered as they come.
    private func next() async throws -> JSONRPCMessage {
        var iterator = inbox
        guard let text = try await iterator.next(isolation: #isolation) else { throw MCPError.connectionClosed }
        inbox = iterator
        let message = try JSONRPCMessage(try JSONValue(parsing: text))
        if case .request(let id, let method, let params) = message, let result = answer(method, params) {
            try await transport.send(JSONRPCMessage.response(id: id, result: result).json.serialized())
        }
        return message
    }

    func close() async { await transport.disconnect() }
}

extension JSONRPCMessage {
    fileprivate func answers(_ id: RequestID) -> Bool {
        switch self {
        case .response(id, _), .error(.some(id), _): true
        default: false
        }
    }

    fileprivate func outcome() throws -> JSONValue {
        switch self {
        case .response(_, let result): return result
        case .error(_, let error): throw error
        case .request, .notification: throw MCPError.internalError("no answer")
        }
    }

    /// The parameters, when it is a notification of this method.
    func notified(_ method: String) -> JSONValue? {
        guard case .notification(method, let params) = self else { return nil }
        return params ?? [:]
    }
}
