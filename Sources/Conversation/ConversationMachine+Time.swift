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
        exchanges[index].deadline = .max
        if exchanges[index].phase == .waiting { return goOn(index, at: now, &output) }
        let number = exchanges[index].number
        let role = exchanges[index].role
        let isStream = exchanges[index].phase == .events
        let isLeftOver = exchanges[index].flags.contains(.isAnswered)
        let hasEndpoint = dialect != .httpSSE || !endpoint.isEmpty
        if isStream, !isLeftOver, hasEndpoint {
            output.append(.stalled(exchange: number, silence: now - exchanges[index].lastByte))
        }
        abort(index, &output)
        if role == .deletion { return end(nil, &output) }
        if role == .listening, !hasEndpoint, !isSettled {
            // No `endpoint` came: this is no stream of the dialect.
            return attemptFailed(isStream ? .noDialect : .timedOut, at: now, &output)
        }
        exchangeEnded(number, .cut, at: now, &output)
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
