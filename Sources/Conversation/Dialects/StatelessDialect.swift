import WireFormats

/// Streamable HTTP without sessions (MCP 2026-07-28 transports): each request names revision, client and capabilities,
/// its answer comes in its own response, and closing that is what cancels it.
enum StatelessDialect {
    static let traits = DialectTraits(
        hasHandshake: false, answersOnStream: false, cancelsByClosing: true, resumes: false, listening: .byPost)

    /// The methods that name what they are about in `Mcp-Name`, and where it stands.
    static let toolPath = ["params", "name"]
    static let resourcePath = ["params", "uri"]
    static let taskPath = ["params", "taskId"]
    static let metaPath = ["params", "_meta"]
}

extension ConversationMachine {
    /// Asks what the server speaks and offers, in place of a handshake.
    ///
    /// - Parameter text: the `initialize` request, whose id is taken.
    mutating func discover(
        call: UInt32, id text: [UInt8], at now: Int64, _ output: inout ConversationOutput
    ) {
        let envelope = JSONRPCEnvelope(text.span.bytes)
        writeDiscovery(call: call, at: now, &output) { output in
            if let id = envelope.id { output.write(text.span.bytes, id) } else { output.write("0") }
        }
    }

    /// POSTs a `server/discover`.
    private mutating func writeDiscovery(
        call: UInt32, at now: Int64, _ output: inout ConversationOutput,
        id: (inout ConversationOutput) -> Void
    ) {
        let start = output.end
        output.write(#"{"jsonrpc":"2.0","id":"#)
        id(&output)
        output.write(#","method":"server/discover","params":{"_meta":{"#)
        identity.write(to: &output)
        output.write("}}}")
        let body = output.slice(from: start)
        let fieldStart = output.end
        writePostFields(&output)
        output.write("MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: server/discover\r\n")
        let fields = output.slice(from: fieldStart)
        let number = beginPost(body, .request, call: call, fields: fields, at: now, &output)
        guard let index = callIndex(call) else { return }
        calls[index].exchange = number
        calls[index].flags.insert(.isSent)
    }

    /// POSTs a request with what the revision wants of it; answers here what it does not have.
    mutating func transmitStateless(
        _ text: RawSpan, _ envelope: JSONRPCEnvelope, call: UInt32, at now: Int64,
        _ output: inout ConversationOutput
    ) {
        guard let index = callIndex(call) else { return }
        if envelope.isMethod("ping", in: text) {
            calls[index].flags.insert(.isPing)
            let id = calls[index].id
            let machine = JSONText.id(id)
            return writeDiscovery(call: call, at: now, &output) { $0.write(machine) }
        }
        if envelope.isMethod("logging/setLevel", in: text) { return setLogLevel(text, index, at: now, &output) }
        if envelope.isMethod("resources/subscribe", in: text) {
            return subscribe(text, index, adds: true, at: now, &output)
        }
        if envelope.isMethod("resources/unsubscribe", in: text) {
            return subscribe(text, index, adds: false, at: now, &output)
        }
        keepForRounds(text, envelope, call: call, &output)
        let body = writeStatelessBody(text, envelope, &output)
        let fieldStart = output.end
        writeRoutingFields(text, envelope, &output)
        let fields = output.slice(from: fieldStart)
        calls[index].exchange = beginPost(body, .request, call: call, fields: fields, at: now, &output)
    }

    /// Writes a message with `_meta` filled in, unless it has its own (MCP 2026-07-28 basic, `_meta`).
    func writeStatelessBody(
        _ text: RawSpan, _ envelope: JSONRPCEnvelope, _ output: inout ConversationOutput
    ) -> ByteSlice {
        let start = output.end
        guard envelope.metaVersion == nil else {
            output.write(text)
            return output.slice(from: start)
        }
        if let meta = JSONScan.value(at: StatelessDialect.metaPath, in: text) {
            writeMembers(text, meta, &output) { machine, output in machine.writeIdentity(&output) }
        } else if let params = envelope.params, JSONScan.type(of: params, in: text) != .array {
            writeMembers(text, params, &output) { machine, output in machine.writeMeta(&output) }
        } else if envelope.params == nil, let method = envelope.method {
            output.write(text.extracting(first: method.upperBound))
            output.write(#","params":{"#)
            writeMeta(&output)
            output.write("}")
            output.write(text.extracting(droppingFirst: method.upperBound))
        } else {
            output.write(text)
        }
        return output.slice(from: start)
    }

    /// Writes a text with more members in the object at `range`; what stands there instead of one gives way.
    private func writeMembers(
        _ text: RawSpan, _ range: Range<Int>, _ output: inout ConversationOutput,
        _ members: (borrowing ConversationMachine, inout ConversationOutput) -> Void
    ) {
        let isObject = JSONScan.type(of: range, in: text) == .object
        output.write(text.extracting(first: range.lowerBound))
        output.write("{")
        members(self, &output)
        if isObject {
            if !JSONText.isEmptyObject(text.extracting(range)) { output.write(",") }
            output.write(text.extracting(droppingFirst: range.lowerBound + 1))
        } else {
            output.write("}")
            output.write(text.extracting(droppingFirst: range.upperBound))
        }
    }

    private func writeMeta(_ output: inout ConversationOutput) {
        output.write(#""_meta":{"#)
        writeIdentity(&output)
        output.write("}")
    }

    private func writeIdentity(_ output: inout ConversationOutput) {
        identity.write(to: &output)
        guard !logLevel.isEmpty else { return }
        output.write(#","io.modelcontextprotocol/logLevel":"#)
        output.write(logLevel)
    }

    /// Notifications of a client have no place in the revision: those of the handshake are dropped, a cancellation closes
    /// its exchange. What else there is, is sent. Answers belong to rounds.
    mutating func sendStatelessMessage(
        _ text: RawSpan, _ envelope: JSONRPCEnvelope, at now: Int64, _ output: inout ConversationOutput
    ) throws(SendRefusal) -> UInt32 {
        guard envelope.kind == .notification else {
            try answerRound(text, envelope, at: now, &output)
            return 0
        }
        if envelope.isMethod("notifications/initialized", in: text)
            || envelope.isMethod("notifications/roots/list_changed", in: text)
        {
            return 0
        }
        if envelope.isMethod("notifications/cancelled", in: text) {
            if let index = cancelledCall(text, envelope) { giveUp(index, .cancelled, at: now, &output) }
            return 0
        }
        let body = writeStatelessBody(text, envelope, &output)
        let start = output.end
        writeRoutingFields(text, envelope, &output)
        return beginPost(body, .message, call: 0, fields: output.slice(from: start), at: now, &output)
    }

    /// Remembers the level, which each request names from now on, and answers in the server's place.
    private mutating func setLogLevel(
        _ text: RawSpan, _ index: Int, at now: Int64, _ output: inout ConversationOutput
    ) {
        if let level = JSONScan.value(at: ["params", "level"], in: text) {
            logLevel = text.extracting(level).withUnsafeBytes { [UInt8]($0) }
        }
        answerHere(index, &output)
    }

    /// Answers a call with a result that says nothing.
    mutating func answerHere(_ index: Int, _ output: inout ConversationOutput) {
        let call = calls.remove(at: index)
        let answer = emptyResult(call.id, &output)
        output.append(.message(.answer, answer, call: call.number, exchange: 0, isElsewhere: false))
    }
}
