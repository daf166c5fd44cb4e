import WireFormats

/// Which call an answer belongs to.
extension Fold {
    mutating func response(
        _ message: ScannedMessage, _ row: inout MessageRow, exchange id: Int64, end: Int64
    ) {
        let key = PendingKey(direction: row.direction.reversed, id: message.id ?? "null")
        guard !isBroadcastStream(id) else { return overheard(message, &row, key) }
        guard let call = waiting(for: key, in: id) ?? blamed(message, direction: row.direction, exchange: id),
            var state = calls[call]
        else { return again(message, &row, key, exchange: id, end: end) }
        row.callID = call
        row.answersID = state.requestID
        if row.direction == .serverToClient { judge(state, message, exchange: id, session: row.sessionID) }
        if message.resultType == .inputRequired, row.direction == .serverToClient, row.sessionID != nil {
            return awaitInput(state, message, row, exchange: id)
        }
        let isDueHere = state.exchangeID == id || key.direction == .serverToClient
        answer(&state.row, with: message, row, exchange: id, isDueHere: isDueHere, end: end)
        settle(state, .answered(by: SettledCall.Answer(messageID: row.id, digest: MessageDigest(message.text))))
    }

    /// The call that the answer is for: the one that is due in this exchange, else the oldest with that id.
    private func waiting(for key: PendingKey, in id: Int64) -> Int64? {
        guard let index = exchanges.index(forKey: id) else { return nil }
        if key.direction == .clientToServer {
            if let call = due(key.id, in: exchanges.values[index]) { return call }
            // Without sessions nothing but the own response brings an answer.
            if exchanges.values[index].attribution.dialect == .stateless { return nil }
        }
        return exchanges.values[index].session.flatMap { sessions[$0]?.pending[key]?.first }
    }

    /// The client's call with that id that is to be answered in the exchange.
    func due(_ id: String, in exchange: FoldExchange) -> Int64? {
        guard !exchange.due.isEmpty, let session = exchange.session else { return nil }
        let key = PendingKey(direction: .clientToServer, id: id)
        return sessions[session]?.pending[key].flatMap { exchange.due.first(in: $0) }
    }

    /// An error that names no request (`null`, or the literal `"server-error"` of some servers) answers the only
    /// request of its exchange.
    private func blamed(_ message: ScannedMessage, direction: Direction, exchange id: Int64) -> Int64? {
        guard direction == .serverToClient, message.kind == .error, message.isNameless, let exchange = exchanges[id]
        else { return nil }
        return exchange.due.count == 1 && !exchange.isStream ? exchange.due.first : nil
    }

    private func answer(
        _ call: inout CallRow, with message: ScannedMessage, _ row: MessageRow, exchange id: Int64, isDueHere: Bool,
        end: Int64
    ) {
        let exchange = exchanges[id]
        call.responseID = row.id
        call.responseExchangeID = id
        call.responseBytes = (call.responseBytes ?? 0) + row.bytes
        // A stream that stays open on purpose is not slow.
        if !call.isListening { call.latencyMs = Self.milliseconds(from: call.sentNs, to: end) }
        if call.taskID == nil { call.taskID = message.string(message.envelope.taskID) }
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
        let isHome = exchange?.session.flatMap { sessions[$0]?.isHTTPSSE } ?? false
        if !isDueHere, !isHome, exchange?.request.isResuming == false { call.reason = .answeredElsewhere }
    }

    /// What the answer to a client's request says of the session.
    private mutating func judge(_ state: FoldCall, _ message: ScannedMessage, exchange: Int64, session id: Int64?) {
        guard let id, sessions[id] != nil else { return }
        let isDiscovery = state.row.method == "server/discover"
        if message.kind == .error {
            judgeModernError(message, exchange: exchange)
            if isDiscovery || state.row.method == "initialize" { refuse(id) }
            return
        }
        if isDiscovery {
            confirmStateless(exchange, "server/discover answered")
            discovered(id)
        } else {
            sessions[id]?.phase = .established
        }
        if state.row.method == "initialize" {
            sessions[id]?.isIntroduced = true
        } else if message.envelope.serverInfo == nil || sessions[id]?.row.serverName != nil {
            return takeRevision(state, session: id)
        }
        introduceServer(message, session: id)
        takeRevision(state, session: id)
    }

    private mutating func introduceServer(_ message: ScannedMessage, session id: Int64) {
        guard let server = Introduction(message) else { return }
        sessions[id]?.row.serverName = server.name
        sessions[id]?.row.serverVersion = server.version
        if let revision = server.revision { sessions[id]?.row.revision = revision }
        dirtySessions.insert(id)
    }

    /// The server took a request of the revision that the request names.
    private mutating func takeRevision(_ state: FoldCall, session id: Int64) {
        guard let session = sessions[id], let version = state.version ?? modernVersion(state),
            session.row.revision != version, session.row.revision == nil || session.row.dialect == .stateless
        else { return }
        sessions[id]?.row.revision = version
        dirtySessions.insert(id)
    }

    private func modernVersion(_ state: FoldCall) -> String? {
        guard let exchange = state.exchangeID.flatMap({ exchanges[$0] }), exchange.modern != nil else { return nil }
        return exchange.request.version
    }

    /// An answer on a stream that all hear is meant for whoever asked, and he has it in the response to his POST.
    private mutating func overheard(_ message: ScannedMessage, _ row: inout MessageRow, _ key: PendingKey) {
        guard row.duplicateOf == nil, let session = row.sessionID,
            case .answered(let first)? = sessions[session]?.answered[key],
            first.digest == MessageDigest(message.text)
        else { return }
        row.duplicateOf = first.messageID
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
            call.responseBytes = nil
            answer(&call, with: message, row, exchange: id, isDueHere: call.exchangeID == id, end: end)
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
