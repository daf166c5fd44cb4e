import WireFormats

/// HTTP with server-sent events (MCP 2024-11-05 transports): the GET stream opens the session, says where to POST, carries
/// every answer, and ends the session with its end.
enum HTTPSSEDialect {
    static let traits = DialectTraits(
        hasHandshake: true, answersOnStream: true, cancelsByClosing: false, resumes: false, listening: .asConversation)
}

extension ConversationMachine {
    /// The `endpoint` event: where to POST, relative to the URL of the stream or of the same origin.
    ///
    /// A later one on the same stream replaces it without a word about the session, as SDKs take it.
    mutating func takeEndpoint(
        _ data: ByteSlice, exchange: UInt32, at now: Int64, _ output: inout ConversationOutput
    ) {
        let reference = output.withBytes(of: data) { span in
            span.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        }
        guard let url = settings.url.resolve(reference), url.hasSameOrigin(as: settings.url) else {
            return attemptFailed(.badEndpoint, at: now, &output)
        }
        let isFirst = endpoint.isEmpty
        endpoint = [UInt8](url.target.utf8)
        if let index = index(of: exchange) { exchanges[index].deadline = stallDeadline(of: exchanges[index]) }
        if isFirst, phase == .opening { postHandshake(at: now, &output) }
    }

    /// The stream ended, and the session with it: what waited for an answer will never get it. What has not been sent is
    /// sent in the next one.
    mutating func sessionStreamEnded(
        _ index: Int, _ outcome: ExchangeOutcome, at now: Int64, _ output: inout ConversationOutput
    ) {
        let failure = failure(of: exchanges[index], outcome)
        let retry = exchanges[index].retry
        remove(index, &output)
        endpoint = []
        guard isSettled else { return attemptFailed(failure, at: now, &output) }
        session &+= 1
        for index in exchanges.indices { markAnswered(exchanges[index].number, at: now) }
        failCalls(.streamCut, &output)
        if phase == .open || !isRenewing {
            reopenings = 0
            output.append(.sessionLost)
        }
        phase = .opening
        isRenewing = true
        if case .unauthorized = failure { return end(failure, &output) }
        openLater(failure, retry: retry, at: now, &output)
    }
}
