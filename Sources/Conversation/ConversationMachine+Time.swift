import WireFormats

/// What time does.
extension ConversationMachine {
    /// Does what is due. To be called at `nextDeadline`; earlier or later does no harm.
    package mutating func tick(at now: Int64, _ output: inout ConversationOutput) {
        guard phase != .closed, nextDeadline <= now else { return }
        while let index = calls.firstIndex(where: { $0.deadline <= now }) {
            callIsDue(index, at: now, &output)
            guard phase != .closed else { return }
        }
        while let index = exchanges.firstIndex(where: { $0.deadline <= now }) {
            exchangeIsDue(index, at: now, &output)
            guard phase != .closed else { return }
        }
        schedule()
    }

    private mutating func callIsDue(_ index: Int, at now: Int64, _ output: inout ConversationOutput) {
        if calls[index].flags.contains(.isHandshake) {
            calls[index].deadline = .max
            attemptFailed(.timedOut, at: now, &output)
        } else {
            giveUp(index, .timedOut, at: now, &output)
        }
    }

    private mutating func exchangeIsDue(_ index: Int, at now: Int64, _ output: inout ConversationOutput) {
        let exchange = exchanges[index]
        exchanges[index].deadline = .max
        if exchange.phase == .waiting { return goOn(index, at: now, &output) }
        if exchange.role == .deletion {
            output.append(.abort(exchange: exchange.number))
            return end(nil, &output)
        }
        let isLeftOver = exchange.flags.contains(.isAnswered) && exchange.role != .listening
        if exchange.phase == .events, !isLeftOver, dialect != .httpSSE || !endpoint.isEmpty {
            output.append(.stalled(exchange: exchange.number, silence: now - exchange.lastByte))
        }
        output.append(.abort(exchange: exchange.number))
        if dialect == .httpSSE, exchange.role == .listening, endpoint.isEmpty, !isSettled {
            // No `endpoint` came: this is no stream of the dialect.
            return attemptFailed(exchange.phase == .events ? .badEndpoint : .timedOut, at: now, &output)
        }
        exchangeEnded(exchange.number, .cut, at: now, &output)
    }

    /// Puts what waited on the wire again.
    private mutating func goOn(_ index: Int, at now: Int64, _ output: inout ConversationOutput) {
        switch exchanges[index].role {
        case .listening where traits.listening == .byPost && isSettled: listenAgain(index, at: now, &output)
        case .listening, .resumption: beginGet(index, at: now, &output)
        case .request, .message, .deletion:
            remove(index, &output)
            postHandshake(at: now, &output)
        }
    }
}
