import WireFormats

/// How exchanges end.
extension ConversationMachine {
    /// How long a stream may stay open behind the answer it was opened for, in nanoseconds.
    static let linger: Int64 = 5_000_000_000

    /// An exchange is over; nothing follows.
    package mutating func exchangeEnded(
        _ number: UInt32, _ outcome: ExchangeOutcome, at now: Int64, _ output: inout ConversationOutput
    ) {
        guard let index = index(of: number) else { return }
        exchanges[index].flags.insert(.isOver)
        switch exchanges[index].role {
        case .request: requestEnded(index, outcome, at: now, &output)
        case .message: messageEnded(index, outcome, at: now, &output)
        case .listening: listeningEnded(index, outcome, at: now, &output)
        case .resumption: resumptionEnded(index, outcome, at: now, &output)
        case .deletion: end(nil, &output)
        }
        schedule()
    }

    /// Removes an exchange and gives its buffers back.
    mutating func remove(_ index: Int, _ output: inout ConversationOutput) {
        output.takeBack(&exchanges[index].body)
        output.takeBack(&exchanges[index].lastEventID)
        exchanges.remove(at: index)
        exchanges.trim()
    }

    /// Has the driver end an exchange, unless it is over.
    mutating func abort(_ index: Int, _ output: inout ConversationOutput) {
        guard exchanges[index].isOnWire, exchanges[index].flags.insert(.isOver).inserted else { return }
        output.append(.abort(exchange: exchanges[index].number))
    }

    /// Says that an event stream ended, where the exchange was one.
    func endStream(_ index: Int, isExpected: Bool, _ output: inout ConversationOutput) {
        guard exchanges[index].phase == .events else { return }
        output.append(
            .streamEnded(
                exchange: exchanges[index].number, isListening: exchanges[index].role == .listening,
                isExpected: isExpected))
    }

    /// A POST with a request is over: its call has its answer, or will get it elsewhere, or never.
    private mutating func requestEnded(
        _ index: Int, _ outcome: ExchangeOutcome, at now: Int64, _ output: inout ConversationOutput
    ) {
        let number = exchanges[index].number
        guard exchanges[index].phase == .json, outcome == .complete else {
            return settleRequest(index, outcome, at: now, &output)
        }
        let body = readBody(index, at: now, &output)
        if let index = self.index(of: number) { settleRequest(index, outcome, body: body, at: now, &output) }
    }

    private mutating func settleRequest(
        _ index: Int, _ outcome: ExchangeOutcome, body: ByteSlice = .empty, at now: Int64,
        _ output: inout ConversationOutput
    ) {
        guard let call = callIndex(exchanges[index].call), calls[call].exchange == exchanges[index].number else {
            endStream(index, isExpected: true, &output)
            return remove(index, &output)
        }
        let status = exchanges[index].status
        if traits.answersOnStream, outcome != .notSent, status == 0 || (200..<300).contains(status) {
            // The answer comes on the stream, which still stands; where the acknowledgement was cut it may not, so that it
            // is not waited for without end.
            if status == 0 {
                calls[call].deadline = min(calls[call].deadline, Self.time(now, plus: Self.messageTimeout))
            }
            return remove(index, &output)
        }
        endStream(index, isExpected: false, &output)
        let failure = failure(of: exchanges[index], outcome)
        let session = exchanges[index].session
        let canGoOn = exchanges[index].phase == .events && dialect == .streamable && session == self.session
        if canGoOn, !exchanges[index].lastEventID.isEmpty, mayTryAgain(index, failed: false) {
            exchanges[index].role = .resumption
            return park(index, failed: false, at: now, &output)
        }
        remove(index, &output)
        callEnded(call, failure, body: body, session: session, at: now, &output)
    }

    /// The GET that was to go on with a POST's stream is over.
    private mutating func resumptionEnded(
        _ index: Int, _ outcome: ExchangeOutcome, at now: Int64, _ output: inout ConversationOutput
    ) {
        guard let call = callIndex(exchanges[index].call) else {
            endStream(index, isExpected: true, &output)
            return remove(index, &output)
        }
        endStream(index, isExpected: false, &output)
        let status = exchanges[index].status
        let session = exchanges[index].session
        let isStream = exchanges[index].phase == .events
        let isRefused = !isStream && (200..<500).contains(status) && status != 409 && status != 429
        let hasFailed = !isStream || !exchanges[index].flags.contains(.hasBytes)
        if !isRefused, session == self.session, mayTryAgain(index, failed: hasFailed) {
            return park(index, failed: hasFailed, at: now, &output)
        }
        let isGone = isSessionGone(exchanges[index])
        remove(index, &output)
        callEnded(call, .streamCut, session: session, at: now, &output)
        if isGone { renewSession(lostBy: session, at: now, &output) }
    }

    /// The listening stream is over.
    private mutating func listeningEnded(
        _ index: Int, _ outcome: ExchangeOutcome, at now: Int64, _ output: inout ConversationOutput
    ) {
        endStream(index, isExpected: exchanges[index].flags.contains(.isAnswered), &output)
        if let call = callIndex(exchanges[index].call) { calls.remove(at: call) }
        if traits.listening == .asConversation { return sessionStreamEnded(index, outcome, at: now, &output) }
        if exchanges[index].flags.contains(.isSuperseded) { return remove(index, &output) }
        let status = exchanges[index].status
        let isStream = exchanges[index].phase == .events
        let isSign: Exchange.Flags = traits.listening == .byPost ? .isAcknowledged : .hasBytes
        let hasFailed = !isStream || !exchanges[index].flags.contains(isSign)
        let isWorthIt = isStream || status == 0 || status == 409 || status == 429 || status >= 500 && status != 501
        if isWorthIt {
            guard !mayTryAgain(index, failed: hasFailed) else {
                return park(index, failed: hasFailed, at: now, &output)
            }
            remove(index, &output)
            return listenRefused(status: status, at: now, &output)
        }
        if status == 400, !exchanges[index].lastEventID.isEmpty, mayTryAgain(index, failed: true) {
            // Too old to go on behind it: what was missed is lost, what comes is not.
            exchanges[index].lastEventID.removeAll(keepingCapacity: true)
            return park(index, failed: true, at: now, &output)
        }
        // The server has no such stream, as 405 says (MCP 2025-11-25 transports, listening for messages), and as 404
        // says where there never was one.
        let isGone = isSessionGone(exchanges[index]) && exchanges[index].flags.contains(.wasOpen)
        let session = exchanges[index].session
        remove(index, &output)
        listenRefused(status: status, at: now, &output)
        if isGone { renewSession(lostBy: session, at: now, &output) }
    }

    /// Whether one more attempt is allowed for a stream.
    private func mayTryAgain(_ index: Int, failed: Bool) -> Bool {
        guard let most = settings.reconnection.attempts else { return true }
        return (failed ? Int(exchanges[index].attempts) + 1 : 0) < most
    }

    /// Lets a stream wait until it may go on.
    private mutating func park(_ index: Int, failed: Bool, at now: Int64, _ output: inout ConversationOutput) {
        let failures = failed ? exchanges[index].attempts &+ (exchanges[index].attempts < .max ? 1 : 0) : 0
        let wait = delay(after: failed ? failures - 1 : 0, retry: exchanges[index].retry)
        exchanges[index].attempts = failures
        exchanges[index].phase = .waiting
        exchanges[index].number = 0
        exchanges[index].deadline = Self.time(now, plus: wait)
        exchanges[index].parser = EventStreamParser(blockLimit: settings.maximumMessage)
        if let call = callIndex(exchanges[index].call) { calls[call].exchange = 0 }
        output.append(.reconnecting(delay: wait))
    }
}
