import WireFormats

/// The HTTP requests that carry what is said.
extension ConversationMachine {
    /// Writes the fields of a POST of a dialect with a handshake.
    func writeFields(_ output: inout ConversationOutput) -> ByteSlice {
        let start = output.end
        writePostFields(&output)
        if dialect == .streamable { writeSessionFields(&output) }
        return output.slice(from: start)
    }

    /// Writes what every POST has. `Accept` must list both forms (MCP 2025-11-25 transports, sending messages).
    func writePostFields(_ output: inout ConversationOutput) {
        output.write("Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n")
    }

    /// Where POSTs go.
    private var postTarget: [UInt8] {
        switch dialect {
        case .httpSSE: endpoint
        case .streamable, .stateless: settings.target
        case .broadcast: settings.broadcastMessages
        }
    }

    /// How long the server may take to accept a message that wants no answer, in nanoseconds.
    static let messageTimeout: Int64 = 60_000_000_000

    /// Begins the POST of a body that was written.
    mutating func beginPost(
        _ body: ByteSlice, _ role: Exchange.Role, call: UInt32, fields: ByteSlice, at now: Int64,
        _ output: inout ConversationOutput
    ) -> UInt32 {
        let number = nextExchange()
        let start = output.end
        output.write(postTarget)
        let target = output.slice(from: start)
        exchanges.append(
            Exchange(number: number, role: role, call: call, at: now, limit: settings.maximumMessage))
        if role == .message { exchanges[exchanges.count - 1].deadline = Self.time(now, plus: Self.messageTimeout) }
        markSession(exchanges.count - 1)
        output.append(
            .begin(
                exchange: number, .post, target: target, fields: fields, body: body, call: call,
                isLongLived: role == .listening))
        return number
    }

    /// Opens the stream for what the server says of itself.
    mutating func listen(at now: Int64, _ output: inout ConversationOutput) {
        if traits.listening == .byPost { return postListen(at: now, &output) }
        exchanges.append(Exchange(number: 0, role: .listening, at: now, limit: settings.maximumMessage))
        beginGet(exchanges.count - 1, at: now, &output)
    }

    /// Puts a GET on the wire, for the first time or again; it goes on behind the last event that came.
    mutating func beginGet(_ index: Int, at now: Int64, _ output: inout ConversationOutput) {
        let start = output.end
        output.write(dialect == .broadcast ? settings.broadcastStream : settings.target)
        let target = output.slice(from: start)
        let fieldStart = output.end
        output.write("Accept: text/event-stream\r\n")
        if dialect == .streamable { writeSessionFields(&output) }
        if traits.resumes, !exchanges[index].lastEventID.isEmpty {
            output.write("Last-Event-ID: ")
            output.write(exchanges[index].lastEventID)
            output.write("\r\n")
        }
        let fields = output.slice(from: fieldStart)
        let number = nextExchange()
        exchanges[index].number = number
        exchanges[index].phase = .begun
        exchanges[index].status = 0
        exchanges[index].flags.subtract([.hasBytes, .isOver, .isAnswered])
        exchanges[index].lastByte = now
        exchanges[index].parser = EventStreamParser(blockLimit: settings.maximumMessage)
        exchanges[index].deadline =
            dialect == .httpSSE ? openingDeadline(at: now) : stallDeadline(of: exchanges[index])
        markSession(index)
        if let call = callIndex(exchanges[index].call) { calls[call].exchange = number }
        output.append(
            .begin(
                exchange: number, .get, target: target, fields: fields, body: .empty, call: exchanges[index].call,
                isLongLived: true))
    }

    /// Ends the conversation: deletes the session where there is one, closes everything.
    package mutating func close(at now: Int64, _ output: inout ConversationOutput) {
        guard phase != .closed, phase != .closing else { return }
        let hasSession = settings.deletesSession && dialect == .streamable && !sessionID.isEmpty
        guard hasSession else { return end(nil, &output) }
        phase = .closing
        endAll(.closed, &output)
        let start = output.end
        output.write(settings.target)
        let target = output.slice(from: start)
        let fieldStart = output.end
        writeSessionFields(&output)
        let fields = output.slice(from: fieldStart)
        let number = nextExchange()
        var exchange = Exchange(number: number, role: .deletion, at: now, limit: 1024)
        exchange.deadline = Self.time(now, plus: min(settings.openingTimeout, 5_000_000_000))
        exchanges.append(exchange)
        output.append(
            .begin(
                exchange: number, .delete, target: target, fields: fields, body: .empty, call: 0, isLongLived: false))
        schedule()
    }

    /// The conversation is over.
    mutating func end(_ failure: ConversationFailure?, _ output: inout ConversationOutput) {
        guard phase != .closed else { return }
        phase = .closed
        endAll(failure ?? .closed, &output)
        nextDeadline = .max
        output.append(.closed(failure))
    }

    /// Ends whatever there is.
    private mutating func endAll(_ failure: ConversationFailure, _ output: inout ConversationOutput) {
        failCalls(failure, &output)
        waiting = []
        while let last = exchanges.indices.last {
            abort(last, &output)
            endStream(last, isExpected: true, &output)
            remove(last, &output)
        }
    }
}
