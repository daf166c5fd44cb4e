import WireFormats

/// `subscriptions/listen`: a request that stays open and brings what changes (MCP 2026-07-28 basic/patterns/subscriptions).
extension ConversationMachine {
    /// Asks for the changes that the server tells of and for the resources that are subscribed to.
    mutating func postListen(at now: Int64, _ output: inout ConversationOutput) {
        let number = nextCall()
        let id = "listen-\(number)"
        calls.append(
            Call(
                number: number, id: .string(id), exchange: 0, flags: [.isInternal, .isListening, .isSent],
                deadline: .max))
        let start = output.end
        output.write(#"{"jsonrpc":"2.0","id":""#)
        output.write([UInt8](id.utf8))
        output.write(#"","method":"subscriptions/listen","params":{"_meta":{"#)
        identity.write(to: &output)
        output.write(#"},"notifications":{"#)
        writeFilter(&output)
        output.write("}}}")
        let body = output.slice(from: start)
        let fieldStart = output.end
        writePostFields(&output)
        output.write("MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: subscriptions/listen\r\n")
        let fields = output.slice(from: fieldStart)
        calls[calls.count - 1].exchange = beginPost(
            body, .listening, call: number, fields: fields, at: now, &output)
    }

    private func writeFilter(_ output: inout ConversationOutput) {
        var isFirst = true
        func comma(_ output: inout ConversationOutput) {
            if !isFirst { output.write(",") }
            isFirst = false
        }
        if changes.contains(.tools) {
            comma(&output)
            output.write(#""toolsListChanged":true"#)
        }
        if changes.contains(.prompts) {
            comma(&output)
            output.write(#""promptsListChanged":true"#)
        }
        if changes.contains(.resources) {
            comma(&output)
            output.write(#""resourcesListChanged":true"#)
        }
        guard !subscriptions.isEmpty else { return }
        comma(&output)
        output.write(#""resourceSubscriptions":["#)
        for (index, uri) in subscriptions.enumerated() {
            if index > 0 { output.write(",") }
            output.write(uri)
        }
        output.write("]")
    }

    /// `resources/subscribe` and its contrary: changes what is listened to. The new stream stands before the old one is
    /// closed, so that nothing falls between them.
    mutating func subscribe(
        _ text: RawSpan, _ index: Int, adds: Bool, at now: Int64, _ output: inout ConversationOutput
    ) {
        if let range = JSONScan.value(at: StatelessDialect.resourcePath, in: text) {
            let uri = text.extracting(range).withUnsafeBytes { [UInt8]($0) }
            subscriptions.removeAll { $0 == uri }
            if adds { subscriptions.append(uri) }
        }
        calls[index].flags.insert(.isSubscribing)
        for index in exchanges.indices.reversed() where exchanges[index].role == .listening {
            if exchanges[index].isOnWire {
                exchanges[index].flags.insert(.isSuperseded)
            } else {
                remove(index, &output)
            }
        }
        guard !changes.isEmpty || !subscriptions.isEmpty else {
            dropSuperseded(&output)
            return answerSubscribers(&output)
        }
        listen(at: now, &output)
    }

    /// What was to be subscribed to is: whoever asked may rely on hearing of it.
    private mutating func answerSubscribers(_ output: inout ConversationOutput) {
        while let index = calls.firstIndex(where: { $0.flags.contains(.isSubscribing) }) { answerHere(index, &output) }
    }

    /// No stream of changes is to be had: whoever asked for one hears it, and those that it was to replace go on.
    mutating func listenRefused(status: UInt16, at now: Int64, _ output: inout ConversationOutput) {
        guard traits.listening == .byPost else { return }
        for index in exchanges.indices { exchanges[index].flags.remove(.isSuperseded) }
        while let index = calls.firstIndex(where: { $0.flags.contains(.isSubscribing) }) {
            fail(index, .refused(status: Int(status)), at: now, &output)
        }
    }

    /// The stream stands: those it replaces may go.
    mutating func listenAcknowledged(_ exchange: UInt32, at now: Int64, _ output: inout ConversationOutput) {
        guard let index = index(of: exchange), !exchanges[index].flags.contains(.isSuperseded) else { return }
        exchanges[index].attempts = 0
        exchanges[index].flags.insert(.isAcknowledged)
        dropSuperseded(&output)
        answerSubscribers(&output)
    }

    private mutating func dropSuperseded(_ output: inout ConversationOutput) {
        for index in exchanges.indices.reversed() where exchanges[index].flags.contains(.isSuperseded) {
            abort(index, &output)
            endStream(index, isExpected: true, &output)
            if let call = callIndex(exchanges[index].call) { calls.remove(at: call) }
            remove(index, &output)
        }
    }

    /// The server answered: with a result it ends the subscription in good order, with an error it refuses it.
    mutating func listenEndedByServer(
        _ index: Int, _ slice: ByteSlice, _ envelope: JSONRPCEnvelope, at now: Int64,
        _ output: inout ConversationOutput
    ) {
        let exchange = calls[index].exchange
        calls.remove(at: index)
        guard let carrier = self.index(of: exchange) else { return }
        if envelope.kind == .error {
            // Nothing to listen to here.
            abort(carrier, &output)
            endStream(carrier, isExpected: true, &output)
            remove(carrier, &output)
            return listenRefused(status: 200, at: now, &output)
        }
        markAnswered(exchange, at: now)
    }

    /// The stream of a subscription is over; another request, with an id of its own, takes its place.
    mutating func listenAgain(_ index: Int, at now: Int64, _ output: inout ConversationOutput) {
        let attempts = exchanges[index].attempts
        let retry = exchanges[index].retry
        remove(index, &output)
        postListen(at: now, &output)
        exchanges[exchanges.count - 1].attempts = attempts
        exchanges[exchanges.count - 1].retry = retry
    }
}
