/// What the client says.
extension SessionMachine {
    /// Takes the body of a POST. Each request of it will be answered exactly once, or its exchange rejected now.
    ///
    /// - Parameter principal: Who says it, for the handlers to know.
    mutating func receive(
        _ posted: PostedMessages, on exchange: ExchangeID, from principal: Principal? = nil
    ) -> [SessionAction] {
        if let (status, error) = refusal(of: posted) {
            return [.answer(exchange, .rejected(status: status, error))]
        }
        var stream = OutboundStream.listen
        if rules.dialect == .httpSSE || !posted.hasRequests {
            actions.append(.answer(exchange, .accepted))
        } else {
            lastStream += 1
            stream = lastStream
            let owed = posted.requestIDs.count
            streams[stream] = OutboundStream(carrier: .undecided(exchange), owed: owed, isBatch: posted.isBatch)
            streamOfExchange[exchange] = stream
        }
        for message in posted.messages { receive(message, stream: stream, principal) }
        if rules.answerForm == .eventStream { openIfUndecided(stream) }
        return takeActions()
    }

    private func refusal(of posted: PostedMessages) -> (status: Int, MCPError)? {
        guard phase != .ended else { return (404, Self.sessionNotFound) }
        if posted.isBatch, phase == .opening || revision != .v20250326 || posted.initializeParams != nil {
            return (400, .invalidRequest("This revision of the protocol takes no batches here"))
        }
        let ids = posted.requestIDs
        guard ids.allSatisfy({ tokens[$0] == nil }), Set(ids).count == ids.count else {
            return (400, .invalidRequest("A request with this id is still being answered"))
        }
        if rules.dialect == .streamable, phase == .open, posted.initializeParams != nil {
            return (400, .invalidRequest("The session is already initialized"))
        }
        return nil
    }

    private mutating func receive(_ message: JSONRPCMessage, stream: Int, _ principal: Principal?) {
        switch message {
        case .request(let id, let method, let params):
            receiveRequest(id, method, params, stream: stream, principal)
        case .notification("notifications/cancelled", let params):
            guard let id = params?["requestId"].flatMap(RequestID.init), let token = tokens[id] else { return }
            drop(token)
        case .notification:
            break
        case .response(let id, let result):
            resolve(id, .success(result))
        case .error(let id, let error):
            if let id { resolve(id, .failure(error)) }
        }
    }

    private mutating func receiveRequest(
        _ id: RequestID, _ method: String, _ params: JSONValue?, stream: Int, _ principal: Principal?
    ) {
        switch method {
        case "initialize" where phase == .opening:
            open(params)
            streams[stream]?.opensSession = true
            answer(id, .success(rules.server.initializeResult(revision: revision)), stream: stream)
        case "initialize":
            answer(id, .failure(.invalidRequest("The session is already initialized")), stream: stream)
        case "ping":
            answer(id, .success([:]), stream: stream)
        case _ where phase == .opening:
            answer(id, .failure(.invalidRequest("initialize comes first")), stream: stream)
        case "resources/subscribe" where rules.server.announces.contains(.resourceUpdated):
            answer(id, subscribe(params), stream: stream)
        case "resources/unsubscribe" where rules.server.announces.contains(.resourceUpdated):
            if let uri = params?["uri"]?.stringValue { subscribedResources.remove(uri) }
            answer(id, .success([:]), stream: stream)
        case "logging/setLevel":
            answer(id, setLogLevel(params), stream: stream)
        default:
            guard calls.count < rules.maximumCalls else {
                let error = MCPError(code: -32000, message: "Too many requests at a time in this session")
                answer(id, .failure(error), stream: stream)
                return
            }
            start(id, method, params, stream: stream, principal)
        }
    }

    private mutating func start(
        _ id: RequestID, _ method: String, _ params: JSONValue?, stream: Int, _ principal: Principal?
    ) {
        lastToken += 1
        let token = CallToken(number: lastToken)
        calls[token] = Call(id: id, stream: stream)
        tokens[id] = token
        let call = IncomingCall(token: token, id: id, method: method, params: params, principal: principal)
        actions.append(.start(call))
    }

    private mutating func open(_ params: JSONValue?) {
        phase = .open
        revision = .negotiated(requested: params?["protocolVersion"]?.stringValue)
        client = Implementation(params?["clientInfo"])
        clientCapabilities = params?["capabilities"] ?? [:]
    }

    private mutating func setLogLevel(_ params: JSONValue?) -> Result<JSONValue, MCPError> {
        guard let level = params?["level"]?.stringValue.flatMap(LogLevel.init) else {
            return .failure(.invalidParams("Unknown log level"))
        }
        minimumLogLevel = level
        return .success([:])
    }

    private mutating func subscribe(_ params: JSONValue?) -> Result<JSONValue, MCPError> {
        guard let uri = params?["uri"]?.stringValue else { return .failure(.invalidParams("The uri is missing")) }
        guard subscribedResources.count < SubscriptionFilter.maximumResources || subscribedResources.contains(uri)
        else {
            return .failure(MCPError(code: -32000, message: "Too many subscriptions in this session"))
        }
        subscribedResources.insert(uri)
        return .success([:])
    }

    private mutating func resolve(_ id: RequestID, _ result: Result<JSONValue, MCPError>) {
        guard case .integer(let value) = id, asked.removeValue(forKey: Int(value)) != nil else { return }
        actions.append(.resolve(Int(value), result))
    }

    /// Cancels a call: nothing more is said about it, and its exchange ends (MCP 2025-11-25 basic/utilities/cancellation).
    private mutating func drop(_ token: CallToken) {
        guard let call = calls.removeValue(forKey: token) else { return }
        tokens[call.id] = nil
        actions.append(.cancel(token))
        guard call.stream != OutboundStream.listen else { return }
        if rules.answerForm == .json {
            answer(call.id, .failure(MCPError(code: -32800, message: "Request cancelled")), stream: call.stream)
        } else {
            openIfUndecided(call.stream)
            settle(call.stream)
        }
    }
}
