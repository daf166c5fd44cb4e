import WireFormats

/// What the client says.
extension ConversationMachine {
    /// What became of a message that was given to `send`.
    package struct Sent: Sendable, Hashable {
        /// The call that a request is; 0 for other messages.
        package var call: UInt32 = 0
        /// The exchange of a notification or an answer, whose acceptance follows; 0 where nothing follows.
        package var exchange: UInt32 = 0
    }

    /// Sends one JSON-RPC message, which its owner made; answers have ids of the server's requests.
    package mutating func send(
        _ text: RawSpan, at now: Int64, _ output: inout ConversationOutput
    ) throws(SendRefusal) -> Sent {
        guard phase != .closing, phase != .closed else { throw .closed }
        guard phase != .idle else { throw .notOpen }
        defer { schedule() }
        let envelope = JSONRPCEnvelope(text)
        switch envelope.kind {
        case .invalid: throw .invalidMessage
        case .request: return Sent(call: try sendRequest(text, envelope, at: now, &output))
        case .notification, .response, .error:
            guard phase != .expectingHandshake else { throw .notOpen }
            guard phase == .open else {
                try keep(text, call: 0)
                return Sent()
            }
            return Sent(exchange: try sendMessage(text, envelope, at: now, &output))
        }
    }

    private mutating func sendRequest(
        _ text: RawSpan, _ envelope: JSONRPCEnvelope, at now: Int64, _ output: inout ConversationOutput
    ) throws(SendRefusal) -> UInt32 {
        guard let id = envelope.idValue(in: text) else { throw .invalidMessage }
        if phase == .expectingHandshake {
            guard envelope.isMethod("initialize", in: text) else { throw .notOpen }
            return openByOwner(text, envelope, at: now, &output)
        }
        guard !calls.contains(where: { $0.id == id || $0.wireID == id }) else { throw .idInUse }
        let number = nextCall()
        if phase == .opening { try keep(text, call: number) }
        let isEndless = envelope.isMethod("subscriptions/listen", in: text)
        let deadline = isEndless ? .max : settings.callTimeout.map { Self.time(now, plus: $0) } ?? .max
        let token = JSONRPCEnvelope.idValue(envelope.progressToken, in: text)
        calls.append(Call(number: number, id: id, progressToken: token, exchange: 0, flags: [], deadline: deadline))
        if phase == .open { transmit(text, envelope, call: number, at: now, &output) }
        return number
    }

    /// Keeps a message until the conversation is open: four bytes of its call's number before the text.
    private mutating func keep(_ text: RawSpan, call: UInt32) throws(SendRefusal) {
        guard waiting.count < settings.maximumWaiting else { throw .tooManyWaiting }
        let number = withUnsafeBytes(of: call) { [UInt8]($0) }
        waiting.append(number + text.withUnsafeBytes { [UInt8]($0) })
    }

    mutating func sendWaiting(_ message: [UInt8], at now: Int64, _ output: inout ConversationOutput) {
        let bytes = message.span.bytes
        let call = bytes.unsafeLoadUnaligned(as: UInt32.self)
        let text = bytes.extracting(droppingFirst: 4)
        let envelope = JSONRPCEnvelope(text)
        guard call != 0 else {
            // Whoever asked may be gone with the session; then nobody waits for the answer.
            _ = try? sendMessage(text, envelope, at: now, &output)
            return
        }
        if callIndex(call) != nil { transmit(text, envelope, call: call, at: now, &output) }
    }

    /// POSTs a request, in the way of the dialect.
    mutating func transmit(
        _ text: RawSpan, _ envelope: JSONRPCEnvelope, call: UInt32, at now: Int64,
        _ output: inout ConversationOutput
    ) {
        if let index = callIndex(call) { calls[index].flags.insert(.isSent) }
        guard dialect != .stateless else {
            return transmitStateless(text, envelope, call: call, at: now, &output)
        }
        let start = output.end
        output.write(text)
        let body = output.slice(from: start)
        let number = beginPost(body, .request, call: call, fields: writeFields(&output), at: now, &output)
        if let index = callIndex(call) { calls[index].exchange = number }
    }

    /// POSTs a notification or an answer. Gives the exchange, 0 where nothing had to be sent.
    private mutating func sendMessage(
        _ text: RawSpan, _ envelope: JSONRPCEnvelope, at now: Int64, _ output: inout ConversationOutput
    ) throws(SendRefusal) -> UInt32 {
        if dialect == .stateless { return try sendStatelessMessage(text, envelope, at: now, &output) }
        let start = output.end
        output.write(text)
        let body = output.slice(from: start)
        let number = beginPost(body, .message, call: 0, fields: writeFields(&output), at: now, &output)
        if envelope.kind == .notification {
            if envelope.isMethod("notifications/initialized", in: text), let index = index(of: number) {
                exchanges[index].flags.insert(.opens)
            } else if envelope.isMethod("notifications/cancelled", in: text) {
                forgetCancelled(text, envelope, at: now, &output)
            }
        }
        return number
    }

    /// The owner took a request back by a notification of its own.
    func cancelledCall(_ text: RawSpan, _ envelope: JSONRPCEnvelope) -> Int? {
        let id = JSONRPCEnvelope.idValue(envelope.cancelledRequestID, in: text)
        return id.flatMap { id in calls.firstIndex { $0.id == id && !$0.flags.contains(.isHandshake) } }
    }

    private mutating func forgetCancelled(
        _ text: RawSpan, _ envelope: JSONRPCEnvelope, at now: Int64, _ output: inout ConversationOutput
    ) {
        guard let index = cancelledCall(text, envelope) else { return }
        fail(index, .cancelled, at: now, &output)
    }

    /// Takes a call back: tells the server in the way of the dialect, and forgets the call.
    ///
    /// Nothing happens to a call that is over, and to the handshake, which may not be cancelled (MCP 2025-11-25
    /// basic/utilities/cancellation).
    package mutating func cancel(_ call: UInt32, at now: Int64, _ output: inout ConversationOutput) {
        guard phase != .closed, let index = callIndex(call), !calls[index].flags.contains(.isHandshake) else { return }
        giveUp(index, .cancelled, at: now, &output)
        schedule()
    }

    /// Ends a call from this side.
    mutating func giveUp(
        _ index: Int, _ failure: ConversationFailure, at now: Int64, _ output: inout ConversationOutput
    ) {
        if traits.cancelsByClosing {
            if let carrier = self.index(of: calls[index].exchange) {
                abort(carrier, &output)
                endStream(carrier, isExpected: true, &output)
                remove(carrier, &output)
            }
        } else if phase == .open, calls[index].flags.contains(.isSent) {
            let start = output.end
            output.write(#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"#)
            write(calls[index].answeredAs, &output)
            output.write(failure == .timedOut ? #","reason":"The answer took too long"}}"# : "}}")
            let body = output.slice(from: start)
            _ = beginPost(body, .message, call: 0, fields: writeFields(&output), at: now, &output)
        }
        fail(index, failure, at: now, &output)
    }

    /// Writes an id as JSON text.
    func write(_ id: JSONRPCID, _ output: inout ConversationOutput) {
        switch id {
        case .integer(let value) where value >= 0: output.write(value)
        case .integer(let value): output.write([UInt8](String(value).utf8))
        case .number(let text): output.write([UInt8](text.utf8))
        case .null: output.write("null")
        case .string(let text): output.write(JSONText.string(text))
        }
    }
}
