import WireFormats

/// Streamable HTTP with a handshake (MCP 2025-03-26 to 2025-11-25 transports).
enum StreamableDialect {
    static let traits = DialectTraits(
        hasHandshake: true, answersOnStream: false, cancelsByClosing: false, resumes: true, listening: .byGet)
}

extension ConversationMachine {
    /// Writes the fields that name session and revision (MCP 2025-06-18 transports, protocol version header).
    func writeSessionFields(_ output: inout ConversationOutput) {
        if !sessionID.isEmpty {
            output.write("Mcp-Session-Id: ")
            output.write(sessionID)
            output.write("\r\n")
        }
        if isSettled, handshakeIndex == nil, revision >= .v20250618 {
            output.write("MCP-Protocol-Version: ")
            output.write(revision.text)
            output.write("\r\n")
        }
    }

    /// Takes the session id of the answer to `initialize`: visible ASCII (MCP 2025-11-25 transports, session management).
    mutating func takeSessionID(_ text: RawSpan) {
        let isValid = text.withUnsafeBytes { !$0.isEmpty && $0.allSatisfy { (0x21...0x7E).contains($0) } }
        sessionID = isValid ? text.withUnsafeBytes { [UInt8]($0) } : []
    }

    /// Notes which session an exchange belongs to.
    mutating func markSession(_ index: Int) {
        exchanges[index].session = session
        if sessionID.isEmpty {
            exchanges[index].flags.remove(.hasSession)
        } else {
            exchanges[index].flags.insert(.hasSession)
        }
    }

    /// Whether a response says that the session is gone (MCP 2025-11-25 transports, session management).
    func isSessionGone(_ exchange: Exchange) -> Bool {
        dialect == .streamable && exchange.status == 404 && exchange.flags.contains(.hasSession)
    }

    /// The server does not know the session any more: opens another one with the same `initialize`, without the id. What
    /// was said of the former one later changes nothing.
    mutating func renewSession(lostBy session: UInt8, at now: Int64, _ output: inout ConversationOutput) {
        guard phase == .open, session == self.session else { return }
        self.session &+= 1
        phase = .opening
        isRenewing = true
        reopenings = 1
        output.append(.sessionLost)
        while let index = exchanges.firstIndex(where: { $0.role == .listening }) {
            abort(index, &output)
            endStream(index, isExpected: true, &output)
            remove(index, &output)
        }
        // Streams that wait to go on were kept in the session.
        while let index = exchanges.firstIndex(where: { $0.role == .resumption && !$0.isOnWire }) {
            let call = callIndex(exchanges[index].call)
            remove(index, &output)
            if let call { fail(call, .streamCut, at: now, &output) }
        }
        postHandshake(at: now, &output)
    }
}
