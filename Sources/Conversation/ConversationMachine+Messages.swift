import WireFormats

/// What the server says.
extension ConversationMachine {
    /// Reads the JSON body of a POST's response.
    mutating func readBody(_ index: Int, at now: Int64, _ output: inout ConversationOutput) {
        let number = exchanges[index].number
        let start = output.end
        output.write(exchanges[index].body)
        let slice = output.slice(from: start)
        let isGood = (200..<300).contains(exchanges[index].status)
        if isGood {
            if !slice.isEmpty { receive(slice, exchange: number, at: now, &output) }
        } else {
            // Behind a refusal stands an answer, or an error that names no request, or words for people.
            let envelope = output.withBytes(of: slice) { JSONRPCEnvelope($0) }
            guard envelope.kind == .error, let id = output.withBytes(of: slice, { envelope.idValue(in: $0) }),
                calls.contains(where: { $0.answeredAs == id && $0.exchange == number })
            else { return }
            if isSessionGone(exchanges[index]) { return }
            receive(slice, exchange: number, at: now, &output)
        }
    }

    /// Takes one message, or a batch of them (MCP 2025-03-26 transports).
    mutating func receive(
        _ slice: ByteSlice, exchange: UInt32, at now: Int64, _ output: inout ConversationOutput
    ) {
        let envelope = output.withBytes(of: slice) { JSONRPCEnvelope($0) }
        switch envelope.kind {
        case .invalid where envelope.invalidity == .batch:
            let elements = output.withBytes(of: slice) { JSONScan.elements(of: $0) } ?? []
            for range in elements {
                let start = Int(slice.start)
                receive(
                    ByteSlice(start + range.lowerBound, start + range.upperBound), exchange: exchange, at: now, &output)
            }
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
        extend(exchange, at: now)
        let isPing = output.withBytes(of: slice) { envelope.isMethod("ping", in: $0) }
        guard isPing, settings.answersPings, let id = envelope.id else {
            let call = index(of: exchange).map { exchanges[$0].call } ?? 0
            output.append(.message(.request, slice, call: call, exchange: exchange, isElsewhere: false))
            return
        }
        heartbeat(.ping, exchange, gap: 0, &output)
        let start = output.end
        output.write(#"{"jsonrpc":"2.0","id":"#)
        output.rewrite(Int(slice.start) + id.lowerBound..<Int(slice.start) + id.upperBound)
        output.write(#","result":{}}"#)
        let body = output.slice(from: start)
        if dialect != .httpSSE || !endpoint.isEmpty {
            _ = beginPost(body, .message, call: 0, fields: writeFields(&output), at: now, &output)
        }
    }

    private mutating func receiveNotification(
        _ slice: ByteSlice, _ envelope: JSONRPCEnvelope, exchange: UInt32, at now: Int64,
        _ output: inout ConversationOutput
    ) {
        extend(exchange, at: now)
        let call = index(of: exchange).map { exchanges[$0].call } ?? 0
        if dialect == .stateless, let index = callIndex(call), calls[index].flags.contains(.isListening),
            output.withBytes(of: slice, { envelope.isMethod("notifications/subscriptions/acknowledged", in: $0) })
        {
            return listenAcknowledged(exchange, at: now, &output)
        }
        let isOwners = callIndex(call).map { !calls[$0].flags.contains(.isInternal) } ?? true
        output.append(
            .message(.notification, slice, call: isOwners ? call : 0, exchange: exchange, isElsewhere: false))
    }

    /// A call from which something is heard may take longer.
    private mutating func extend(_ exchange: UInt32, at now: Int64) {
        guard let timeout = settings.callTimeout, let index = index(of: exchange),
            let call = callIndex(exchanges[index].call), calls[call].deadline != .max
        else { return }
        calls[call].deadline = now + timeout
    }

    private mutating func receiveAnswer(
        _ slice: ByteSlice, _ envelope: JSONRPCEnvelope, exchange: UInt32, at now: Int64,
        _ output: inout ConversationOutput
    ) {
        let id = output.withBytes(of: slice) { envelope.idValue(in: $0) }
        guard let id, let index = calls.firstIndex(where: { $0.answeredAs == id }) else {
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
        if !rounds.isEmpty { rounds.removeAll { $0.call == call.number } }
        let carrier = call.exchange
        markAnswered(carrier, at: now)
        if carrier == 0 { dropWaiting(for: call.number, &output) }
        let isElsewhere = !traits.answersOnStream && carrier != exchange
        let answer = restore(call, slice, envelope, &output)
        output.append(
            .message(.answer, answer, call: call.number, exchange: exchange, isElsewhere: isElsewhere))
    }

    /// A stream that waits to go on has nothing more to bring.
    private mutating func dropWaiting(for call: UInt32, _ output: inout ConversationOutput) {
        for index in exchanges.indices.reversed() where exchanges[index].call == call && !exchanges[index].isOnWire {
            remove(index, &output)
        }
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
