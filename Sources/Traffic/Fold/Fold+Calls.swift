/// How calls end, with an answer or without.
extension Fold {
    /// The call has ended: it waits no longer and is remembered for a while.
    mutating func settle(_ state: FoldCall, _ outcome: SettledCall) {
        let call = state.row
        calls.removeValue(forKey: call.id)
        dirtyCalls.remove(call.id)
        out.calls.append(call)
        if state.awaited != nil { return forgetAwaited(state) }
        if let id = state.exchangeID, let index = exchanges.index(forKey: id),
            call.direction == .clientToServer, exchanges.values[index].response == nil, call.responseID != nil
        {
            exchanges.values[index].answeredEarly.append(call)
        }
        letGo(state, outcome)
    }

    /// Nobody waits any more for an answer to what was sent last; it is remembered for a while.
    mutating func letGo(_ state: FoldCall, _ outcome: SettledCall) {
        let call = state.row
        if let id = state.exchangeID, let index = exchanges.index(forKey: id) {
            exchanges.values[index].due.remove(call.id)
        }
        guard let id = call.sessionID, let index = sessions.index(forKey: id) else { return }
        let key = PendingKey(direction: call.direction, id: state.rpcID)
        sessions.values[index].answered.insert(outcome, for: key)
        if let token = state.progressToken {
            let key = PendingKey(direction: call.direction, id: token)
            if sessions.values[index].progress[key] == call.id { sessions.values[index].progress[key] = nil }
        }
        sessions.values[index].pending[key]?.remove(call.id)
        if sessions.values[index].pending[key]?.isEmpty == true { sessions.values[index].pending[key] = nil }
    }

    mutating func giveUp(_ id: Int64, _ reason: CallRow.Reason, status: CallRow.Status = .unanswered) {
        guard var call = calls[id] else { return }
        call.row.status = status
        call.row.reason = status == .unanswered ? reason : nil
        settle(call, .givenUp(call.row))
    }

    /// The exchange that answers were due in is over: what is still unanswered gets its reason, unless the answer may
    /// yet come on another stream or the recording ended.
    mutating func settleDue(_ id: Int64, by: Peer, _ reason: EndReason, at: Int64) {
        guard let exchange = exchanges[id], !exchange.due.isEmpty else { return }
        let isCancel = by == .client && closingCancels(exchange)
        let isRefused = exchange.hasOwnAnswer || (exchange.response?.status ?? 0) >= 300
        let missing = missingAnswer(exchange, by: by, reason)
        for call in exchange.due.ids {
            if isRefused {
                giveUp(call, .nothingSent, status: .httpError)
            } else if reason == .shutdown {
                continue
            } else if isCancel {
                cancel(call, at: at)
            } else if mayBeAnsweredElsewhere(exchange) {
                if exchange.isStream { calls[call]?.missing = missing }
            } else {
                giveUp(call, missing)
            }
        }
    }

    /// The client wants the answer no more; for a stream that it listens on this is the ordinary end.
    mutating func cancel(_ id: Int64, at: Int64) {
        guard let row = calls[id]?.row else { return }
        if !row.isListening { calls[id]?.row.latencyMs = Self.milliseconds(from: row.sentNs, to: at) }
        giveUp(id, .clientLeft, status: .cancelled)
    }

    /// Without sessions, who closes the response cancels the request. (MCP 2026-07-28 cancellation)
    private func closingCancels(_ exchange: FoldExchange) -> Bool {
        guard exchange.modern != nil, let session = exchange.session.flatMap({ sessions[$0] }) else { return false }
        return session.row.dialect == .stateless
    }

    /// Why an exchange that is over has no answer.
    private func missingAnswer(_ exchange: FoldExchange, by: Peer, _ reason: EndReason) -> CallRow.Reason {
        let session = exchange.session.flatMap { sessions[$0] }
        let isUnreadable = exchange.response?.isReadable == false
        if exchange.sawGap || isUnreadable { return .gap }
        if let session, session.isHTTPSSE, exchange.response?.isSuccess == true {
            // The answer was due on the session's stream: either that is over, or it began before the recording.
            return session.row.endReason?.missingAnswer ?? .gap
        }
        if by == .client { return .clientLeft }
        return reason == .complete ? .nothingSent : .streamCut
    }

    /// In `http+sse` answers come on the session's stream; a stream with event ids can be resumed.
    private func mayBeAnsweredElsewhere(_ exchange: FoldExchange) -> Bool {
        guard let session = exchange.session.flatMap({ sessions[$0] }), !session.isEnded else { return false }
        if exchange.attribution.dialect == .stateless { return false }
        if exchange.isStream { return exchange.sawEventID }
        guard let response = exchange.response, response.isSuccess else { return false }
        if session.isHTTPSSE { return session.homeStream != nil || session.wasOpenAtShutdown }
        return response.status == 202
    }
}
