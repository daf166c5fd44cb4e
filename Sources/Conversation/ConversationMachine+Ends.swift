import WireFormats

/// How exchanges and calls end.
extension ConversationMachine {
    /// How long a stream may stay open behind the answer it was opened for, in nanoseconds.
    static let linger: Int64 = 5_000_000_000

    /// Removes an exchange and gives its buffers back.
    mutating func remove(_ index: Int, _ output: inout ConversationOutput) {
        let body = exchanges[index].body
        exchanges[index].body = []
        output.giveBack(body)
        let id = exchanges[index].lastEventID
        exchanges[index].lastEventID = []
        output.giveBack(id)
        exchanges.remove(at: index)
    }

    /// Says that an event stream ended, where the exchange was one.
    func endStream(_ index: Int, isExpected: Bool, _ output: inout ConversationOutput) {
        let exchange = exchanges[index]
        guard exchange.phase == .events else { return }
        output.append(
            .streamEnded(
                exchange: exchange.number, isListening: exchange.role == .listening, isExpected: isExpected))
    }

    /// A POST with a request is over: its call has its answer, or will get it elsewhere, or never.
    mutating func requestEnded(
        _ index: Int, _ outcome: ExchangeOutcome, at now: Int64, _ output: inout ConversationOutput
    ) {
        let number = exchanges[index].number
        if exchanges[index].phase == .json, outcome == .complete {
            readBody(index, at: now, &output)
            guard let again = self.index(of: number) else { return }
            return settleRequest(again, outcome, at: now, &output)
        }
        settleRequest(index, outcome, at: now, &output)
    }

    private mutating func settleRequest(
        _ index: Int, _ outcome: ExchangeOutcome, at now: Int64, _ output: inout ConversationOutput
    ) {
        let exchange = exchanges[index]
        guard let call = callIndex(exchange.call), calls[call].exchange == exchange.number else {
            endStream(index, isExpected: true, &output)
            return remove(index, &output)
        }
        if traits.answersOnStream, outcome == .complete, (200..<300).contains(exchange.status) {
            return remove(index, &output)
        }
        endStream(index, isExpected: false, &output)
        if exchange.phase == .events, traits.resumes, dialect == .streamable, !exchange.lastEventID.isEmpty {
            exchanges[index].role = .resumption
            return park(index, failed: false, at: now, &output)
        }
        let start = output.end
        output.write(exchange.body)
        let body = output.slice(from: start)
        let failure = failure(of: exchange, outcome)
        remove(index, &output)
        callEnded(call, failure, body: body, exchange, at: now, &output)
    }

    /// A call ends without its answer.
    private mutating func callEnded(
        _ index: Int, _ failure: ConversationFailure, body: ByteSlice, _ exchange: Exchange, at now: Int64,
        _ output: inout ConversationOutput
    ) {
        let call = calls[index]
        if call.flags.contains(.isHandshake) { return attemptFailed(failure, at: now, &output) }
        fail(index, failure, body: body, at: now, &output)
        if failure == .sessionExpired { renewSession(of: exchange, at: now, &output) }
    }

    /// The GET that was to go on with a POST's stream is over.
    mutating func resumptionEnded(
        _ index: Int, _ outcome: ExchangeOutcome, at now: Int64, _ output: inout ConversationOutput
    ) {
        let exchange = exchanges[index]
        guard let call = callIndex(exchange.call) else {
            endStream(index, isExpected: true, &output)
            return remove(index, &output)
        }
        endStream(index, isExpected: false, &output)
        let isRefused = exchange.phase != .events && (200..<500).contains(exchange.status) && exchange.status != 429
        if isRefused, exchange.status != 409 {
            remove(index, &output)
            return callEnded(
                call, isSessionGone(exchange) ? .sessionExpired : .streamCut, body: .empty, exchange, at: now, &output)
        }
        let hasFailed = !exchange.flags.contains(.hasBytes)
        if hasFailed, let most = settings.reconnection.attempts, Int(exchange.attempts) + 1 >= most {
            remove(index, &output)
            return callEnded(call, .streamCut, body: .empty, exchange, at: now, &output)
        }
        park(index, failed: hasFailed, at: now, &output)
    }

    /// The listening stream is over.
    mutating func listeningEnded(
        _ index: Int, _ outcome: ExchangeOutcome, at now: Int64, _ output: inout ConversationOutput
    ) {
        let exchange = exchanges[index]
        endStream(index, isExpected: exchange.flags.contains(.isAnswered), &output)
        if let call = callIndex(exchange.call) { calls.remove(at: call) }
        if traits.listening == .asConversation { return sessionStreamEnded(index, at: now, &output) }
        if exchange.phase == .events || outcome != .complete || [409, 429].contains(exchange.status)
            || exchange.status >= 500 && exchange.status != 501
        {
            let hasFailed = exchange.phase != .events || !exchange.flags.contains(.hasBytes)
            if hasFailed, let most = settings.reconnection.attempts, Int(exchange.attempts) + 1 >= most {
                return remove(index, &output)
            }
            return park(index, failed: hasFailed, at: now, &output)
        }
        if exchange.status == 400, !exchange.lastEventID.isEmpty {
            // Too old to go on behind it: what was missed is lost, what comes is not.
            exchanges[index].lastEventID.removeAll(keepingCapacity: true)
            return park(index, failed: true, at: now, &output)
        }
        // The server has no such stream, as 405 says (MCP 2025-11-25 transports, listening for messages).
        remove(index, &output)
        if isSessionGone(exchange) { renewSession(of: exchange, at: now, &output) }
    }

    /// Lets a stream wait until it may go on.
    mutating func park(_ index: Int, failed: Bool, at now: Int64, _ output: inout ConversationOutput) {
        let failures = failed ? exchanges[index].attempts &+ 1 : 0
        let wait = delay(after: failed ? failures - 1 : 0, retry: exchanges[index].retry)
        exchanges[index].attempts = failures
        exchanges[index].phase = .waiting
        exchanges[index].number = 0
        exchanges[index].deadline = now + wait
        exchanges[index].parser = EventStreamParser(blockLimit: settings.maximumMessage)
        if let call = callIndex(exchanges[index].call) { calls[call].exchange = 0 }
        output.append(.reconnecting(delay: wait))
    }

    /// A call has its answer: what carried it may end now.
    mutating func markAnswered(_ exchange: UInt32, at now: Int64) {
        guard let index = index(of: exchange) else { return }
        exchanges[index].flags.insert(.isAnswered)
        if exchanges[index].role != .listening { exchanges[index].deadline = now + Self.linger }
    }

    /// Ends a call without an answer, and says so.
    mutating func fail(
        _ index: Int, _ failure: ConversationFailure, body: ByteSlice = .empty, at now: Int64,
        _ output: inout ConversationOutput
    ) {
        let call = calls.remove(at: index)
        markAnswered(call.exchange, at: now)
        rounds.removeAll { $0.call == call.number }
        for index in exchanges.indices.reversed()
        where exchanges[index].call == call.number && !exchanges[index].isOnWire {
            remove(index, &output)
        }
        report(call, failure, body: body, &output)
    }

    private func report(
        _ call: Call, _ failure: ConversationFailure, body: ByteSlice, _ output: inout ConversationOutput
    ) {
        guard !call.flags.contains(.isInternal) else { return }
        let start = output.end
        write(call.id, &output)
        output.append(.failed(call: call.number, id: output.slice(from: start), failure, body: body))
    }

    /// Ends all calls but a handshake that is under way.
    mutating func failCalls(_ failure: ConversationFailure, _ output: inout ConversationOutput) {
        let isOver = phase == .closing || phase == .closed || failure == .closed
        rounds = []
        let failed = calls
        calls = []
        for call in failed {
            if call.flags.contains(.isHandshake), call.flags.contains(.isInternal), !isOver {
                calls.append(call)
            } else if isSettled, !isOver, call.exchange == 0, !call.flags.contains(.isInternal) {
                // It has not been sent: it waits for the conversation to open again.
                calls.append(call)
            } else {
                report(call, failure, body: .empty, &output)
            }
        }
    }
}
