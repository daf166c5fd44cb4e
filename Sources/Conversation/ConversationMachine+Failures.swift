import WireFormats

/// How calls end without an answer.
extension ConversationMachine {
    /// What an exchange that brought no answer means.
    func failure(of exchange: Exchange, _ outcome: ExchangeOutcome) -> ConversationFailure {
        if outcome == .notSent { return .unreachable }
        if isSessionGone(exchange) { return .sessionExpired }
        switch exchange.status {
        case 401, 403: return .unauthorized(status: Int(exchange.status))
        case 0, 200..<300:
            return outcome == .cut || exchange.phase == .events
                ? .streamCut : .unintelligible(status: Int(exchange.status))
        default: return .refused(status: Int(exchange.status))
        }
    }

    /// A call ends because its exchange did.
    mutating func callEnded(
        _ index: Int, _ failure: ConversationFailure, body: ByteSlice = .empty, session: UInt8, at now: Int64,
        _ output: inout ConversationOutput
    ) {
        if calls[index].flags.contains(.isHandshake) { return attemptFailed(failure, at: now, &output) }
        fail(index, failure, body: body, at: now, &output)
        if failure == .sessionExpired { renewSession(lostBy: session, at: now, &output) }
    }

    /// A call has its answer, or needs none any more: what carried it may end now.
    mutating func markAnswered(_ exchange: UInt32, at now: Int64) {
        guard let index = index(of: exchange) else { return }
        exchanges[index].flags.insert(.isAnswered)
        exchanges[index].deadline = Self.time(now, plus: Self.linger)
    }

    /// Ends a call without an answer, and says so.
    mutating func fail(
        _ index: Int, _ failure: ConversationFailure, body: ByteSlice = .empty, at now: Int64,
        _ output: inout ConversationOutput
    ) {
        let call = calls.remove(at: index)
        forget(call, at: now, &output)
        report(call, failure, body: body, &output)
    }

    /// Lets go of everything that served a call which is over.
    mutating func forget(_ call: Call, at now: Int64, _ output: inout ConversationOutput) {
        calls.trim()
        markAnswered(call.exchange, at: now)
        dropRound(of: call.number, &output)
        if call.exchange == 0 {
            for index in exchanges.indices.reversed()
            where exchanges[index].call == call.number && !exchanges[index].isOnWire {
                remove(index, &output)
            }
        }
        if !call.flags.contains(.isSent), !waiting.isEmpty {
            waiting.removeAll { $0.span.bytes.unsafeLoadUnaligned(as: UInt32.self) == call.number }
        }
    }

    private func report(
        _ call: Call, _ failure: ConversationFailure, body: ByteSlice, _ output: inout ConversationOutput
    ) {
        guard !call.flags.contains(.isInternal) else { return }
        let start = output.end
        write(call.id, &output)
        output.append(.failed(call: call.number, id: output.slice(from: start), failure, body: body))
    }

    /// Ends all calls that the lost session or the end of the conversation takes along: those that were sent; with the
    /// conversation also those that wait to be, and the handshake.
    mutating func failCalls(_ failure: ConversationFailure, _ output: inout ConversationOutput) {
        let isOver = phase == .closing || phase == .closed
        while let round = rounds.last { dropRound(of: round.call, &output) }
        let failed = calls
        calls = []
        for var call in failed {
            let isHandshake = call.flags.contains(.isHandshake)
            if !isOver, isHandshake || !call.flags.contains(.isSent) {
                if isHandshake {
                    call.exchange = 0
                    call.deadline = .max
                }
                calls.append(call)
            } else {
                report(call, failure, body: .empty, &output)
            }
        }
    }
}
