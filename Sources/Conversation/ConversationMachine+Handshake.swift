import WireFormats

/// What the server answers to the request that opens the conversation.
extension ConversationMachine {
    /// `message` is the whole answer to the handshake call, which `envelope` describes.
    mutating func handshakeAnswered(
        _ message: ByteSlice, _ envelope: JSONRPCEnvelope, exchange: UInt32, at now: Int64,
        _ output: inout ConversationOutput
    ) {
        guard let index = handshakeIndex else { return }
        if calls[index].flags.contains(.isDiscovery) {
            return discovered(message, envelope, exchange: exchange, at: now, &output)
        }
        guard envelope.kind == .response, let range = envelope.result else {
            // An error that the server was asked for in its own dialect is its last word, unless others may be tried.
            return deliverRefusal(message, envelope, index, exchange: exchange, at: now, &output)
        }
        let version = output.withBytes(of: message) { span -> Revision? in
            guard let value = JSONScan.value(at: ["result", "protocolVersion"], in: span) else { return nil }
            return span.extracting(value).withUnsafeBytes { Revision.named($0) }
        }
        guard let version, version.hasHandshake else {
            return attemptEnded(.unsupportedRevision, at: now, &output)
        }
        revision = version
        isSettled = true
        let result = ByteSlice(Int(message.start) + range.lowerBound, Int(message.start) + range.upperBound)
        let call = calls.remove(at: index)
        markAnswered(call.exchange, at: now)
        if call.flags.contains(.isInternal) {
            postInitialized(at: now, &output)
            pendingResult = output.copy(of: result)
        } else {
            opened(result: result, at: now, &output)
            output.append(
                .message(.answer, message, call: call.number, exchange: exchange, isElsewhere: false))
        }
    }

    /// The server answered `initialize` with an error.
    private mutating func deliverRefusal(
        _ message: ByteSlice, _ envelope: JSONRPCEnvelope, _ index: Int, exchange: UInt32, at now: Int64,
        _ output: inout ConversationOutput
    ) {
        let code = envelope.errorCode ?? 0
        // A server of the later revisions alone says so (MCP 2026-07-28 basic/versioning).
        let failure: ConversationFailure = code == -32022 ? .unsupportedRevision : .rejected(code: code)
        let status = self.index(of: exchange).map { exchanges[$0].status } ?? 200
        guard isSettled || !isRefusalOfDialect(status) || Int(attempt) + 1 >= settings.dialects.count else {
            return attemptFailed(failure, at: now, &output)
        }
        if !calls[index].flags.contains(.isInternal) {
            let call = calls.remove(at: index)
            output.append(
                .message(.answer, message, call: call.number, exchange: exchange, isElsewhere: false))
        }
        attemptEnded(failure, at: now, &output)
    }

    /// Whether a status of a POST of `initialize` says that the server speaks an older dialect (MCP 2025-11-25 transports,
    /// backwards compatibility: 400, 404 and 405; older revisions: any 4xx).
    private func isRefusalOfDialect(_ status: UInt16) -> Bool { (400..<500).contains(status) }

    /// There is no use in trying further dialects.
    mutating func attemptEnded(
        _ failure: ConversationFailure, at now: Int64, _ output: inout ConversationOutput
    ) {
        if isSettled, isRenewing { attemptFailed(failure, at: now, &output) } else { end(failure, &output) }
    }

    /// Tells the server that its answer arrived; what waits is sent when it took that.
    private mutating func postInitialized(at now: Int64, _ output: inout ConversationOutput) {
        let start = output.end
        output.write(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)
        let body = output.slice(from: start)
        let number = beginPost(body, .message, call: 0, fields: writeFields(&output), at: now, &output)
        if let index = index(of: number) {
            exchanges[index].flags.insert(.opens)
            exchanges[index].deadline = openingDeadline(at: now)
        }
    }

    /// The server took `initialized`: listens, and opens where the handshake was the machine's.
    mutating func initializedAccepted(at now: Int64, _ output: inout ConversationOutput) {
        if settings.listens, traits.listening == .byGet, !exchanges.contains(where: { $0.role == .listening }) {
            listen(at: now, &output)
        }
        guard phase == .opening else { return }
        let start = output.end
        output.write(pendingResult)
        pendingResult = []
        opened(result: output.slice(from: start), at: now, &output)
    }
}
