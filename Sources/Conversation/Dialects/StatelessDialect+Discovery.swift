import WireFormats

/// What the answer to `server/discover` says.
extension ConversationMachine {
    /// Errors that only servers of the dialect have: HeaderMismatch, MissingRequiredClientCapability,
    /// UnsupportedProtocolVersion (MCP 2026-07-28 basic, error codes).
    private static let ownErrors = -32022 ... -32020

    /// The server was asked in `stateless`; whatever it answers but a list of revisions that has ours means that it is to
    /// be asked in another dialect, or not at all.
    mutating func discovered(
        _ message: ByteSlice, _ envelope: JSONRPCEnvelope, exchange: UInt32, at now: Int64,
        _ output: inout ConversationOutput
    ) {
        guard let index = handshakeIndex else { return }
        let call = calls[index]
        guard envelope.kind == .response, let range = envelope.result else {
            return discoveryRefused(message, envelope, exchange: exchange, at: now, &output)
        }
        let result = ByteSlice(Int(message.start) + range.lowerBound, Int(message.start) + range.upperBound)
        guard names(.v20260728, in: result, path: ["supportedVersions"], output) else {
            return attemptFailed(.unsupportedRevision, at: now, &output)
        }
        revision = .v20260728
        if settings.listens { readChanges(result, output) }
        calls.remove(at: index)
        markAnswered(call.exchange, at: now)
        opened(result: result, at: now, &output)
        if !call.flags.contains(.isInternal) {
            let answer = writeInitializeAnswer(call.id, result, &output)
            output.append(
                .message(.answer, answer, call: call.number, exchange: exchange, isElsewhere: false))
        }
        if !changes.isEmpty, !exchanges.contains(where: { $0.role == .listening }) { listen(at: now, &output) }
    }

    private mutating func discoveryRefused(
        _ message: ByteSlice, _ envelope: JSONRPCEnvelope, exchange: UInt32, at now: Int64,
        _ output: inout ConversationOutput
    ) {
        let code = envelope.errorCode ?? 0
        guard Self.ownErrors.contains(code) else { return attemptFailed(.rejected(code: code), at: now, &output) }
        // The server speaks the dialect, so that others are worth a try only where it names their revisions.
        let isOlder = Revision.allCases.contains { revision in
            revision.hasHandshake && names(revision, in: message, path: ["error", "data", "supported"], output)
        }
        if isOlder { return attemptFailed(.unsupportedRevision, at: now, &output) }
        if code == -32022, names(.v20260728, in: message, path: ["error", "data", "supported"], output),
            repeatHandshake(at: now, &output)
        {
            return
        }
        attemptEnded(code == -32022 ? .unsupportedRevision : .rejected(code: code), at: now, &output)
    }

    private func names(
        _ revision: Revision, in slice: ByteSlice, path: [String], _ output: borrowing ConversationOutput
    ) -> Bool {
        output.withBytes(of: slice) { span in
            guard let list = JSONScan.value(at: path, in: span) else { return false }
            let array = span.extracting(list)
            return (JSONScan.elements(of: array) ?? []).contains { element in
                array.extracting(element).withUnsafeBytes { Revision.named($0) } == revision
            }
        }
    }

    /// Which changes there can be to tell of.
    private mutating func readChanges(_ result: ByteSlice, _ output: borrowing ConversationOutput) {
        changes = output.withBytes(of: result) { span in
            func tells(_ feature: String) -> Bool {
                guard let flag = JSONScan.value(at: ["capabilities", feature, "listChanged"], in: span) else {
                    return false
                }
                return span.extracting(flag).withUnsafeBytes { $0.first == UInt8(ascii: "t") }
            }
            var changes = ChangeKinds()
            if tells("tools") { changes.insert(.tools) }
            if tells("prompts") { changes.insert(.prompts) }
            if tells("resources") { changes.insert(.resources) }
            return changes
        }
    }

    /// Writes what `initialize` would have been answered.
    private func writeInitializeAnswer(
        _ id: JSONRPCID, _ result: ByteSlice, _ output: inout ConversationOutput
    ) -> ByteSlice {
        func place(_ path: [String]) -> Range<Int>? {
            output.withBytes(of: result) { JSONScan.value(at: path, in: $0) }.map {
                Int(result.start) + $0.lowerBound..<Int(result.start) + $0.upperBound
            }
        }
        let capabilities = place(["capabilities"])
        let server = place(["_meta", "io.modelcontextprotocol/serverInfo"]) ?? place(["serverInfo"])
        let instructions = place(["instructions"])
        let start = output.end
        output.write(#"{"jsonrpc":"2.0","id":"#)
        write(id, &output)
        output.write(#","result":{"protocolVersion":"2026-07-28","capabilities":"#)
        if let capabilities { output.rewrite(capabilities) } else { output.write("{}") }
        output.write(#","serverInfo":"#)
        if let server { output.rewrite(server) } else { output.write(#"{"name":"","version":""}"#) }
        if let instructions {
            output.write(#","instructions":"#)
            output.rewrite(instructions)
        }
        output.write("}}")
        return output.slice(from: start)
    }
}
