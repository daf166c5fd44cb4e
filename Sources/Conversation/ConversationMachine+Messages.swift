import WireFormats

/// What the server says.
extension ConversationMachine {
    /// Reads the JSON body of a POST's response, and gives it as far as it is kept.
    mutating func readBody(_ index: Int, at now: Int64, _ output: inout ConversationOutput) -> ByteSlice {
        let number = exchanges[index].number
        let status = exchanges[index].status
        let start = output.end
        output.write(exchanges[index].body)
        let slice = output.slice(from: start)
        guard !slice.isEmpty else { return slice }
        if (200..<300).contains(status) {
            receive(slice, exchange: number, at: now, &output)
        } else if !isSessionGone(exchanges[index]) {
            readRefusal(slice, index, status: status, at: now, &output)
        }
        return slice
    }

    /// Behind a refusal stands an answer, or an error that names no request, or words for people.
    private mutating func readRefusal(
        _ slice: ByteSlice, _ index: Int, status: UInt16, at now: Int64, _ output: inout ConversationOutput
    ) {
        let number = exchanges[index].number
        let envelope = output.withBytes(of: slice) { JSONRPCEnvelope($0) }
        guard envelope.kind == .error, let call = callIndex(exchanges[index].call), calls[call].exchange == number
        else { return }
        let isHandshake = calls[call].flags.contains(.isHandshake)
        if isHandshake, status == 401 || status == 403 { return }
        let id = output.withBytes(of: slice) { envelope.idValue(in: $0) }
        if id == calls[call].answeredAs {
            receive(slice, exchange: number, at: now, &output)
        } else if isHandshake, calls[call].flags.contains(.isDiscovery) {
            // Some refuse before they read so far, and tell by the code alone what they speak.
            handshakeAnswered(slice, envelope, exchange: number, at: now, &output)
        }
    }

    /// Takes one message, or a batch of them (MCP 2025-03-26 transports).
    mutating func receive(
        _ slice: ByteSlice, exchange: UInt32, at now: Int64, _ output: inout ConversationOutput
    ) {
        let envelope = output.withBytes(of: slice) { JSONRPCEnvelope($0) }
        guard envelope.invalidity == .batch else {
            return receive(slice, envelope, exchange: exchange, at: now, &output)
        }
        let elements = output.withBytes(of: slice) { JSONScan.elements(of: $0) } ?? []
        if elements.isEmpty { receive(slice, envelope, exchange: exchange, at: now, &output) }
        for range in elements where phase != .closed {
            let start = Int(slice.start)
            let element = ByteSlice(start + range.lowerBound, start + range.upperBound)
            let envelope = output.withBytes(of: element) { JSONRPCEnvelope($0) }
            receive(element, envelope, exchange: exchange, at: now, &output)
        }
    }

    private mutating func receive(
        _ slice: ByteSlice, _ envelope: JSONRPCEnvelope, exchange: UInt32, at now: Int64,
        _ output: inout ConversationOutput
    ) {
        switch envelope.kind {
        case .invalid:
            output.append(.message(.invalid, slice, call: 0, exchange: exchange, isElsewhere: false))
        case .request: receiveRequest(slice, envelope, exchange: exchange, at: now, &output)
        case .notification: receiveNotification(slice, envelope, exchange: exchange, at: now, &output)
        case .response, .error: receiveAnswer(slice, envelope, exchange: exchange, at: now, &output)
        }
    }

    private mutating func receiveRequest(
        _ slice: ByteSlice, _ envelope: JSONRPCEnvelope, exchange: UInt32, at now: Int64,
        _ output: inout ConversationOutput
    ) {
        if dialect == .stateless {
            // No server may ask here (MCP 2026-07-28 transports, receiving messages), and nothing could carry the answer.
            output.append(.message(.invalid, slice, call: 0, exchange: exchange, isElsewhere: false))
            return
        }
        let call = ownersCall(of: exchange)
        extend(callIndex(call), at: now)
        let isPing = output.withBytes(of: slice) { envelope.isMethod("ping", in: $0) }
        if isPing { heartbeat(.ping, exchange, &output) }
        guard isPing, settings.answersPings, let id = envelope.id else {
            output.append(.message(.request, slice, call: call, exchange: exchange, isElsewhere: false))
            return
        }
        // Whoever asked in a lost session does not wait any more.
        let isCurrent = index(of: exchange).map { exchanges[$0].session == session } ?? false
        guard isCurrent, dialect != .httpSSE || !endpoint.isEmpty else { return }
        let start = output.end
        output.write(#"{"jsonrpc":"2.0","id":"#)
        output.rewrite(Int(slice.start) + id.lowerBound..<Int(slice.start) + id.upperBound)
        output.write(#","result":{}}"#)
        let body = output.slice(from: start)
        _ = beginPost(body, .message, call: 0, fields: writeFields(&output), at: now, &output)
    }

    private mutating func receiveNotification(
        _ slice: ByteSlice, _ envelope: JSONRPCEnvelope, exchange: UInt32, at now: Int64,
        _ output: inout ConversationOutput
    ) {
        if dialect == .stateless, let index = index(of: exchange), exchanges[index].role == .listening {
            if output.withBytes(of: slice, { envelope.isMethod("notifications/subscriptions/acknowledged", in: $0) }) {
                return listenAcknowledged(exchange, at: now, &output)
            }
            if output.withBytes(of: slice, { envelope.isMethod("notifications/cancelled", in: $0) }) {
                // As good an end as a result (MCP 2026-07-28 basic/utilities/cancellation).
                return markAnswered(exchange, at: now)
            }
        }
        var call = ownersCall(of: exchange)
        if call == 0, let index = callInProgress(slice, envelope, output) { call = calls[index].number }
        extend(callIndex(call), at: now)
        output.append(.message(.notification, slice, call: call, exchange: exchange, isElsewhere: false))
    }

    /// The call of its owner that an exchange carries, 0 for none.
    private func ownersCall(of exchange: UInt32) -> UInt32 {
        guard let index = index(of: exchange), let call = callIndex(exchanges[index].call),
            !calls[call].flags.contains(.isInternal)
        else { return 0 }
        return calls[call].number
    }

    /// The call whose progress a notification tells of (MCP 2025-11-25 basic/utilities/progress).
    private func callInProgress(
        _ slice: ByteSlice, _ envelope: JSONRPCEnvelope, _ output: borrowing ConversationOutput
    ) -> Int? {
        guard let range = envelope.progressToken else { return nil }
        return output.withBytes(of: slice) { text in
            guard envelope.isMethod("notifications/progress", in: text),
                let token = JSONRPCEnvelope.idValue(range, in: text)
            else { return nil }
            return calls.firstIndex { $0.progressToken == token }
        }
    }

    /// A call from which something is heard may take longer.
    private mutating func extend(_ call: Int?, at now: Int64) {
        guard let timeout = settings.callTimeout, let call, !calls[call].flags.contains(.isHandshake),
            calls[call].deadline != .max
        else { return }
        calls[call].deadline = Self.time(now, plus: timeout)
    }

    private mutating func receiveAnswer(
        _ slice: ByteSlice, _ envelope: JSONRPCEnvelope, exchange: UInt32, at now: Int64,
        _ output: inout ConversationOutput
    ) {
        let id = output.withBytes(of: slice) { envelope.idValue(in: $0) }
        guard let id, let index = calls.firstIndex(where: { $0.answeredAs == id }),
            !isForAnother(exchange)
        else {
            output.append(.message(.strayAnswer, slice, call: 0, exchange: exchange, isElsewhere: false))
            return
        }
        let call = calls[index]
        if call.flags.contains(.isHandshake) {
            return handshakeAnswered(slice, envelope, exchange: exchange, at: now, &output)
        }
        if call.flags.contains(.isListening) { return listenEndedByServer(index, slice, envelope, at: now, &output) }
        if dialect == .stateless, asksForInput(slice, envelope, &output) {
            return beginRound(index, slice, envelope, exchange: exchange, at: now, &output)
        }
        deliver(index, slice, envelope, exchange: exchange, at: now, &output)
    }

    /// Gives a call its answer.
    mutating func deliver(
        _ index: Int, _ slice: ByteSlice, _ envelope: JSONRPCEnvelope, exchange: UInt32, at now: Int64,
        _ output: inout ConversationOutput
    ) {
        let call = calls.remove(at: index)
        forget(call, at: now, &output)
        let isElsewhere = !traits.answersOnStream && call.exchange != exchange
        let answer = restore(call, slice, envelope, &output)
        output.append(
            .message(.answer, answer, call: call.number, exchange: exchange, isElsewhere: isElsewhere))
    }

    /// Whether answers on an exchange are not for this client: a stream for all listeners brings those of others, whose
    /// ids may be the same.
    private func isForAnother(_ exchange: UInt32) -> Bool {
        guard dialect == .broadcast, let index = index(of: exchange) else { return false }
        return exchanges[index].role == .listening
    }

    /// The answer as its owner expects it, who knows nothing of what the dialect made of the question.
    private func restore(
        _ call: Call, _ slice: ByteSlice, _ envelope: JSONRPCEnvelope, _ output: inout ConversationOutput
    ) -> ByteSlice {
        if call.flags.contains(.isPing), envelope.kind == .response { return emptyResult(call.id, &output) }
        guard call.wireID != nil, let id = envelope.id else { return slice }
        let base = Int(slice.start)
        let start = output.end
        output.rewrite(base..<base + id.lowerBound)
        write(call.id, &output)
        output.rewrite(base + id.upperBound..<Int(slice.end))
        return output.slice(from: start)
    }

    /// Writes a result that says nothing.
    func emptyResult(_ id: JSONRPCID, _ output: inout ConversationOutput) -> ByteSlice {
        let start = output.end
        output.write(#"{"jsonrpc":"2.0","id":"#)
        write(id, &output)
        output.write(#","result":{}}"#)
        return output.slice(from: start)
    }
}
