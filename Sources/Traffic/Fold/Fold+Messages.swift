import WireFormats

/// The JSON-RPC side: what was said, by whom, in which session.
extension Fold {
    /// Takes in one message; `at` is its first byte, `end` its last.
    mutating func take(
        _ message: ScannedMessage, direction: Direction, exchange id: Int64, at: Int64, end: Int64,
        body: MessageRow.Body, streamEvent: Int64? = nil
    ) {
        var row = MessageRow(
            id: ids.nextMessage(recordingID), recordingID: recordingID, seq: 0, atNs: at, direction: direction,
            kind: message.kind, bytes: Int64(message.size), body: message.isElement ? .element(message.text) : body)
        row.exchangeID = id
        row.streamEventID = streamEvent
        row.sessionID = exchanges[id]?.session
        row.rpcID = message.id
        row.method = message.method
        row.name = message.name
        row.errorCode = message.errorCode
        if let session = row.sessionID, let index = sessions.index(forKey: session) {
            row.seq = sessions.values[index].nextMessage
            sessions.values[index].nextMessage += 1
            sessions.values[index].lastNs = end
            if direction == .clientToServer { introduceClient(message, session) }
        }
        if direction == .serverToClient { row.duplicateOf = heardBefore(message, row, exchange: id) }
        switch message.kind {
        case .request: request(message, &row, exchange: id)
        case .response, .error: response(message, &row, exchange: id, end: end)
        case .notification: notification(message, &row, exchange: id, end: end)
        case .invalid: break
        }
        out.messages.append(row)
    }

    /// Takes down what the client calls itself, its version and the revision it asks for. A first try that does not
    /// say it leaves the session without a name until the next message.
    private mutating func introduceClient(_ message: ScannedMessage, _ session: Int64) {
        let digest = message.digest(message.envelope.clientInfo)
        guard message.opensSession || digest != nil else { return nameSession(session, after: nil) }
        guard digest == nil || sessions[session]?.introduction != digest,
            let introduction = Introduction(message), let client = introduction.name
        else { return }
        if let digest { sessions[session]?.introduction = digest }
        // Who says in each request who he is says nothing new.
        let isKnown = sessions[session]?.isIntroduced == true && sessions[session]?.row.clientName != nil
        guard !isKnown || message.method == "initialize" else { return }
        sessions[session]?.row.clientName = client
        sessions[session]?.row.clientVersion = introduction.version
        dirtySessions.insert(session)
        nameSession(session, after: client)
    }

    private mutating func request(_ message: ScannedMessage, _ row: inout MessageRow, exchange id: Int64) {
        guard let rpcID = message.id, let method = message.method else { return }
        let key = PendingKey(direction: row.direction, id: rpcID)
        let isServers = row.direction == .serverToClient
        let digest = isServers ? MessageDigest(message.text) : nil
        if isServers, exchanges[id]?.request.isResuming == true || isBroadcastStream(id), isAgain(key, digest, &row) {
            return
        }
        if !isServers, let session = row.sessionID, let call = continued(by: message, in: session) {
            row.callID = call
            return goOn(call, with: message, row, exchange: id)
        }
        var call = CallRow(
            id: ids.nextCall(recordingID), recordingID: recordingID, direction: row.direction, method: method,
            rpcID: rpcID, requestID: row.id, sentNs: row.atNs, requestBytes: row.bytes)
        call.sessionID = row.sessionID
        call.exchangeID = id
        call.name = message.name
        if method.hasPrefix("tasks/") { call.taskID = message.string(message.envelope.taskID) }
        row.callID = call.id
        var state = FoldCall(row: call, rpcID: rpcID, requestID: row.id, exchangeID: id)
        state.progressToken = message.progressToken
        state.digest = digest
        state.version = message.version
        if !isServers { state.question = question(message, exchange: id) }
        calls[call.id] = state
        wait(state)
    }

    /// An answer to what was sent last is due.
    mutating func wait(_ state: FoldCall) {
        let call = state.row
        dirtyCalls.insert(call.id)
        if call.direction == .clientToServer, let exchange = state.exchangeID {
            exchanges[exchange]?.due.insert(call.id)
        }
        guard let session = call.sessionID, let index = sessions.index(forKey: session) else { return }
        let key = PendingKey(direction: call.direction, id: state.rpcID)
        sessions.values[index].pending[key, default: OrderedIDs()].insert(call.id)
        if let token = state.progressToken {
            sessions.values[index].progress[PendingKey(direction: call.direction, id: token)] = call.id
        }
    }

    /// A server's request that a resumed stream gives once more is no other request.
    private func isAgain(_ key: PendingKey, _ digest: MessageDigest?, _ row: inout MessageRow) -> Bool {
        let waiting = row.sessionID.flatMap { sessions[$0]?.pending[key]?.ids } ?? []
        guard let call = waiting.compactMap({ calls[$0] }).first(where: { $0.digest == digest }) else { return false }
        row.duplicateOf = call.row.requestID
        row.callID = call.row.id
        return true
    }
}
