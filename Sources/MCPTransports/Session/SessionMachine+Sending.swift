/// What the server says.
extension SessionMachine {
    /// The handler of a call has come to its end.
    mutating func finish(_ token: CallToken, _ result: Result<JSONValue, MCPError>) -> [SessionAction] {
        guard let call = calls.removeValue(forKey: token) else { return [] }
        tokens[call.id] = nil
        answer(call.id, result, stream: call.stream)
        return takeActions()
    }

    /// A handler has something to tell.
    mutating func notify(_ token: CallToken, method: String, params: JSONValue?) -> [SessionAction] {
        guard let call = calls[token] else { return [] }
        deliver(.notification(method: method, params: params), stream: call.stream)
        return takeActions()
    }

    /// A handler has something to log; the client may have asked for more severe messages only.
    mutating func log(
        _ token: CallToken, level: LogLevel, data: JSONValue, logger: String?
    ) -> [SessionAction] {
        if let minimumLogLevel, level < minimumLogLevel { return [] }
        var params: JSONObject = ["level": .string(level.rawValue)]
        params["logger"] = logger.map(JSONValue.string)
        params["data"] = data
        return notify(token, method: "notifications/message", params: .object(params))
    }

    /// Says something that no call caused, on the stream of no call. False when nothing carries it and nothing keeps it.
    mutating func say(_ message: JSONRPCMessage) -> (isCarried: Bool, [SessionAction]) {
        guard phase == .open else { return (false, []) }
        if streams[OutboundStream.listen] == nil, store != nil {
            streams[OutboundStream.listen] = OutboundStream(carrier: .none)
        }
        return (deliver(message, stream: OutboundStream.listen), takeActions())
    }

    /// Whether the client of this session is told of a change: of lists always, of a resource when it subscribed
    /// (MCP 2025-11-25 server/resources, subscriptions).
    func wantsToHear(of change: ServerChange) -> Bool {
        guard phase == .open else { return false }
        if case .resource(let uri) = change { return subscribedResources.contains(uri) }
        return true
    }

    /// A handler asks the client. The number names the question; nil when nothing can carry it.
    mutating func ask(_ token: CallToken, method: String, params: JSONValue?) -> (number: Int?, [SessionAction]) {
        guard let call = calls[token] else { return (nil, []) }
        lastAsked += 1
        let number = lastAsked
        let request = JSONRPCMessage.request(id: .integer(Int64(number)), method: method, params: params)
        guard deliver(request, stream: call.stream) else { return (nil, takeActions()) }
        asked[number] = call.stream
        return (number, takeActions())
    }

    /// A handler does not wait for the client's answer any more; the client is told.
    mutating func withdraw(_ number: Int, reason: String) -> [SessionAction] {
        guard let stream = asked.removeValue(forKey: number) else { return [] }
        let params: JSONValue = ["requestId": .integer(Int64(number)), "reason": .string(reason)]
        deliver(.notification(method: "notifications/cancelled", params: params), stream: stream)
        return takeActions()
    }

    /// Puts the answer to a request on its stream.
    mutating func answer(_ id: RequestID, _ result: Result<JSONValue, MCPError>, stream number: Int) {
        let message: JSONRPCMessage =
            switch result {
            case .success(let value): .response(id: id, result: value)
            case .failure(let error): .error(id: id, error)
            }
        if case .undecided = streams[number]?.carrier, rules.answerForm != .eventStream {
            streams[number]?.answers.append(message.json)
        } else {
            deliver(message, stream: number)
        }
        settle(number)
    }

    /// Counts an answer of a POST's stream, and ends the stream with the last one.
    mutating func settle(_ number: Int) {
        guard number != OutboundStream.listen, var stream = streams[number] else { return }
        stream.owed -= 1
        guard stream.owed == 0 else {
            streams[number] = stream
            return
        }
        stream.isFinished = true
        switch stream.carrier {
        case .undecided(let exchange):
            let json = stream.isBatch ? .array(stream.answers) : stream.answers.first ?? .null
            actions.append(.answer(exchange, .json(json, opensSession: stream.opensSession)))
            streamOfExchange[exchange] = nil
        case .open(let exchange):
            actions.append(.finish(exchange))
            streamOfExchange[exchange] = nil
        case .none:
            break
        }
        stream.carrier = .none
        let isKept = store?.holds(stream: number) == true
        streams[number] = isKept ? stream : nil
        if !isKept { store?.forget(stream: number) }
    }

    /// Puts a message on a stream.
    ///
    /// - Returns: false when nothing carries the stream and nothing keeps its events, so the message is lost.
    @discardableResult
    mutating func deliver(_ message: JSONRPCMessage, stream origin: Int) -> Bool {
        var number = origin
        if case .undecided = streams[origin]?.carrier {
            if rules.answerForm == .json {
                number = OutboundStream.listen
            } else {
                openIfUndecided(origin)
            }
        }
        return send(OutboundEvent(type: "message", data: message.json.serialized()), stream: number)
    }

    /// Sends an event on a stream, through the store where there is one.
    @discardableResult
    mutating func send(_ event: OutboundEvent, stream number: Int) -> Bool {
        guard let stream = streams[number] else { return false }
        var event = event
        if store != nil {
            event = store?.append(event, stream: number) ?? event
            dropForgottenStreams()
        }
        guard case .open(let exchange) = stream.carrier else { return store != nil }
        actions.append(.send(exchange, event))
        return true
    }

    /// Finished streams are remembered only as long as one of their events is.
    private mutating func dropForgottenStreams() {
        for number in store?.takeEmptied() ?? [] where streams[number]?.isFinished != false {
            streams[number] = nil
            store?.forget(stream: number)
        }
    }
}
