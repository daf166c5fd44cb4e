/// Streams and the exchanges that carry them.
extension SessionMachine {
    /// The GET of HTTP+SSE: opens the only stream of the session and says where to POST (MCP 2024-11-05 transports).
    mutating func openSession(on exchange: ExchangeID, endpoint: String) -> [SessionAction] {
        streams[OutboundStream.listen] = OutboundStream(carrier: .open(exchange))
        streamOfExchange[exchange] = OutboundStream.listen
        let event = OutboundEvent(type: "endpoint", data: Array(endpoint.utf8))
        return [.openStream(exchange, opensSession: false), .send(exchange, event)]
    }

    /// The GET of Streamable HTTP: listens, or goes on with the stream of the event that `lastEventID` names.
    mutating func listen(on exchange: ExchangeID, lastEventID: String?) -> [SessionAction] {
        guard phase != .ended else {
            return [.answer(exchange, .rejected(status: 404, Self.sessionNotFound))]
        }
        if let lastEventID { return resume(on: exchange, after: lastEventID) }
        if case .open = streams[OutboundStream.listen]?.carrier {
            let error = MCPError.invalidRequest("The session already has a GET stream")
            return [.answer(exchange, .rejected(status: 409, error))]
        }
        streams[OutboundStream.listen] = OutboundStream(carrier: .open(exchange))
        streamOfExchange[exchange] = OutboundStream.listen
        actions.append(.openStream(exchange, opensSession: false))
        if canPoll { prime(OutboundStream.listen) }
        return takeActions()
    }

    /// Replays what followed the event on its own stream, then carries that stream on. A connection that still carries
    /// it is given up: the client has left it, whether or not that has been noticed here.
    private mutating func resume(on exchange: ExchangeID, after id: String) -> [SessionAction] {
        let resumed: (stream: Int, events: [OutboundEvent])
        do throws(MCPError) {
            guard let store else { throw MCPError.invalidRequest("This server keeps no events to resume after") }
            resumed = try store.resume(after: id)
        } catch {
            return [.answer(exchange, .rejected(status: 400, error))]
        }
        let number = resumed.stream
        var stream = streams[number] ?? OutboundStream(carrier: .none, isFinished: number != OutboundStream.listen)
        if let former = stream.exchange {
            actions.append(.finish(former))
            streamOfExchange[former] = nil
        }
        actions.append(.openStream(exchange, opensSession: false))
        for event in resumed.events { actions.append(.send(exchange, event)) }
        if stream.isFinished {
            actions.append(.finish(exchange))
        } else {
            stream.carrier = .open(exchange)
            streamOfExchange[exchange] = number
            streams[number] = stream
        }
        return takeActions()
    }

    /// The exchange has been waiting for long: an answer in the automatic form becomes a stream, so that heartbeats can
    /// hold the connection.
    mutating func streamIfWaiting(_ exchange: ExchangeID) -> [SessionAction] {
        guard rules.answerForm == .automatic, let number = streamOfExchange[exchange] else { return [] }
        openIfUndecided(number)
        return takeActions()
    }

    /// A handler lets the client fetch the rest later. False where the client could not.
    mutating func closeStream(of token: CallToken, retry: Int) -> (isClosed: Bool, [SessionAction]) {
        guard canPoll, rules.answerForm != .json, let call = calls[token] else { return (false, []) }
        openIfUndecided(call.stream)
        guard case .open(let exchange) = streams[call.stream]?.carrier else { return (false, takeActions()) }
        actions.append(.send(exchange, OutboundEvent(retry: retry)))
        actions.append(.finish(exchange))
        streams[call.stream]?.carrier = .none
        streamOfExchange[exchange] = nil
        return (true, takeActions())
    }

    /// The connection of an exchange has gone. That ends a session of HTTP+SSE when it carried its stream, and is no
    /// cancellation in Streamable HTTP (MCP 2025-11-25 transports, sending messages).
    mutating func exchangeClosed(_ exchange: ExchangeID) -> [SessionAction] {
        guard let number = streamOfExchange.removeValue(forKey: exchange) else { return [] }
        guard rules.dialect == .streamable else { return terminate() }
        streams[number]?.carrier = .none
        if number == OutboundStream.listen, store == nil { streams[number] = nil }
        return []
    }

    /// Turns an exchange that could still be answered with JSON into an event stream.
    mutating func openIfUndecided(_ number: Int) {
        guard case .undecided(let exchange) = streams[number]?.carrier else { return }
        streams[number]?.carrier = .open(exchange)
        actions.append(.openStream(exchange, opensSession: streams[number]?.opensSession ?? false))
        if canPoll { prime(number) }
        let answers = streams[number]?.answers ?? []
        streams[number]?.answers = []
        for answer in answers { send(OutboundEvent(type: "message", data: answer.serialized()), stream: number) }
    }

    /// Gives the client an event id to come back with before anything else is said. Its data is empty, which readers of
    /// older revisions take for a message, so only clients of 2025-11-25 get it.
    private mutating func prime(_ number: Int) {
        send(OutboundEvent(data: []), stream: number)
    }
}
