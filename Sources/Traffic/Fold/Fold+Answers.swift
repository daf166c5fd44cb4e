import WireFormats

/// Which call an answer belongs to.
extension Fold {
    mutating func response(
        _ message: ScannedMessage, _ row: inout MessageRow, exchange id: Int64, end: Int64
    ) {
        let key = PendingKey(direction: row.direction.reversed, id: message.id ?? "null")
        guard let call = waiting(for: key, in: id) ?? blamed(message, direction: row.direction, exchange: id),
            var state = calls[call]
        else { return again(message, &row, key, exchange: id, end: end) }
        row.callID = call
        row.answersID = state.row.requestID
        answer(&state.row, with: message, row, exchange: id, end: end)
        if row.direction == .serverToClient { judge(state.row, message, session: row.sessionID) }
        settle(state, .answered(by: SettledCall.Answer(messageID: row.id, digest: MessageDigest(message.text))))
    }

    /// The call that the answer is for: the one that is due in this exchange, else the oldest with that id.
    private func waiting(for key: PendingKey, in id: Int64) -> Int64? {
        guard let index = exchanges.index(forKey: id) else { return nil }
        if key.direction == .clientToServer {
            for call in exchanges.values[index].due where calls[call]?.row.rpcID == key.id { return call }
        }
        return exchanges.values[index].session.flatMap { sessions[$0]?.pending[key]?.first }
    }

    /// An error that names no request (`null`, or the literal `"server-error"` of some servers) answers the only
    /// request of its exchange.
    private func blamed(_ message: ScannedMessage, direction: Direction, exchange id: Int64) -> Int64? {
        guard direction == .serverToClient, message.kind == .error, message.isNameless, let exchange = exchanges[id]
        else { return nil }
        return exchange.due.count == 1 && !exchange.isStream ? exchange.due[0] : nil
    }

    private func answer(
        _ call: inout CallRow, with message: ScannedMessage, _ row: MessageRow, exchange id: Int64, end: Int64
    ) {
        let exchange = exchanges[id]
        call.responseID = row.id
        call.responseExchangeID = id
        call.responseBytes = row.bytes
        call.latencyMs = Self.milliseconds(from: call.sentNs, to: end)
        if call.firstEventMs == nil, exchange?.isStream == true {
            call.firstEventMs = Self.milliseconds(from: call.sentNs, to: row.atNs)
        }
        if message.kind == .error {
            // One that names no request beside an HTTP error is that error's text: the request was refused as such.
            let isRefusal = message.isNameless && (exchange?.response?.status ?? 0) >= 400
            call.status = isRefusal ? .httpError : .rpcError
        } else {
            call.status = message.isToolError ? .toolError : .ok
        }
        let isDueHere = call.exchangeID == id || call.direction == .serverToClient
        let isHome = exchange?.session.flatMap { sessions[$0]?.isHTTPSSE } ?? false
        if !isDueHere, !isHome, exchange?.request.isResuming == false { call.reason = .answeredElsewhere }
    }

    /// What the answer to a client's request says of the session.
    private mutating func judge(_ call: CallRow, _ message: ScannedMessage, session id: Int64?) {
        guard let id, sessions[id] != nil else { return }
        let opens = call.method == "initialize" || call.method == "server/discover"
        if message.kind == .error {
            if opens { refuse(id) }
            return
        }
        sessions[id]?.phase = .established
        if call.method == "initialize" { sessions[id]?.isIntroduced = true }
        guard call.method == "initialize", let server = MessageScan.introduction(message) else { return }
        sessions[id]?.row.serverName = server.name
        sessions[id]?.row.serverVersion = server.version
        if let revision = server.revision { sessions[id]?.row.revision = revision }
        dirtySessions.insert(id)
    }

    /// An answer to a call that already ended: it came late, or again. Else nobody waited for it.
    private mutating func again(
        _ message: ScannedMessage, _ row: inout MessageRow, _ key: PendingKey, exchange id: Int64, end: Int64
    ) {
        guard let session = row.sessionID, let earlier = sessions[session]?.answered[key] else { return }
        switch earlier {
        case .answered(let first):
            guard first.digest == MessageDigest(message.text) else { return }
            row.duplicateOf = first.messageID
        case .givenUp(var call):
            row.callID = call.id
            row.answersID = call.requestID
            let wasCancelled = call.status == .cancelled
            answer(&call, with: message, row, exchange: id, end: end)
            call.reason = .late
            if wasCancelled { call.status = .cancelled }
            out.calls.append(call)
            let answer = SettledCall.Answer(messageID: row.id, digest: MessageDigest(message.text))
            sessions[session]?.answered.insert(.answered(by: answer), for: key)
        }
    }
}

extension ScannedMessage {
    /// An answer that names no request.
    var isNameless: Bool { id == nil || id == "null" || id == "\"server-error\"" }
}
