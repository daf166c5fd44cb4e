import WireFormats

/// How sessions begin, are named, end and are forgotten.
extension Fold {
    /// Five minutes of silence end a session that the wire does not name.
    static let unnamedSilenceNs: Int64 = 300 * 1_000_000_000
    /// A day of silence ends one that it does name.
    static let namedSilenceNs: Int64 = 86_400 * 1_000_000_000
    /// Where so many are remembered, that is for those whose `initialize` was seen: a client can make up names.
    static let crowd = 10_000

    mutating func makeSession(for request: RequestFacts, dialect: Dialect?) -> Int64 {
        let id = ids.nextSession(recordingID)
        var row = SessionRow(
            id: id, recordingID: recordingID, startedNs: request.startedNs, confidence: .low)
        row.dialect = dialect
        var session = FoldSession(
            row: row, identity: request.identity, path: request.path, lastNs: request.startedNs)
        session.isPlain = request.isPlain
        sessions[id] = session
        dirtySessions.insert(id)
        return id
    }

    /// The wire names the session, which is found by that id from then on.
    mutating func give(_ session: Int64, wireID: String, isSearched: Bool = true) {
        if sessions[session]?.row.wireID == nil { sessions[session]?.row.wireID = wireID }
        sessions[session]?.row.confidence = .high
        sessions[session]?.phase = .established
        dirtySessions.insert(session)
        if isSearched, named[wireID] != session {
            named[wireID] = session
            sessions[session]?.wireIDs.append(wireID)
        }
        forgetUnnamed(session)
    }

    private mutating func forgetUnnamed(_ session: Int64) {
        guard let state = sessions[session] else { return }
        for place in state.places where unnamed[place] == session { unnamed.removeValue(forKey: place) }
        sessions[session]?.places = []
        let client = TryingClient(state.identity)
        if tried[client] == session { tried.removeValue(forKey: client) }
    }

    /// Calls that wait for an answer have it no more, but for those whose own exchange is still open: its end tells.
    /// `missing` is why, where more is known than how the session ended.
    mutating func endSession(
        _ id: Int64, _ reason: SessionRow.EndReason, at: Int64, missing: CallRow.Reason? = nil
    ) {
        guard let session = sessions[id], !session.isEnded else { return }
        sessions[id]?.row.endedNs = at
        sessions[id]?.row.endReason = reason
        nameSession(id, after: nil)
        dirtySessions.insert(id)
        guard reason != .open else { return }
        for call in (session.pending.values.flatMap(\.ids) + session.awaiting).sorted() {
            guard let state = calls[call] else { continue }
            let isDue = state.exchangeID.map { exchanges[$0]?.due.contains(call) ?? false } ?? false
            if state.awaited != nil {
                giveUp(call, .inputRequired)
            } else if state.isListening, reason.isClients {
                giveUp(call, .clientLeft, status: .cancelled)
            } else if !isDue {
                giveUp(call, missing ?? state.missing ?? reason.missingAnswer)
            }
        }
    }

    /// Names a session that has no name yet: after what its client calls itself, else after its user agent. Until
    /// somebody was accepted in it, who introduces himself next gives it his name.
    mutating func nameSession(_ id: Int64, after client: String?) {
        let mayBeRenamed = client != nil && sessions[id]?.isIntroduced == false
        guard mayBeRenamed || sessions[id]?.row.nameBase == nil, let identity = sessions[id]?.identity else { return }
        let agent = identity.agent?.prefix { $0 != "/" && $0 != " " }.description
        let base = name ?? client.flatMap(Self.nameBase) ?? agent.flatMap(Self.nameBase) ?? "unknown"
        sessions[id]?.row.nameBase = base
        dirtySessions.insert(id)
    }

    /// What stands in arguments without quoting: blanks, slashes and hashes become hyphens.
    static func nameBase(_ text: String) -> String? {
        let safe = text.prefix(64).map { character -> Character in
            let isPlain = character.isLetter || character.isNumber || "._-@+".contains(character)
            return isPlain ? character : "-"
        }
        // One that begins with a hyphen would be taken for an option.
        let name = String(safe.drop { $0 == "-" })
        return name.isEmpty ? nil : name
    }

    // MARK: Sweeping

    /// Ends what fell silent and forgets what ended, at each full minute: whichever event is the first after it.
    mutating func sweep(_ now: Int64) {
        let length: Int64 = 60 * 1_000_000_000
        let minute = now / length
        guard minute > sweptMinute else { return }
        let isFirst = sweptMinute == .min
        sweptMinute = minute
        guard !isFirst else { return }
        let due = minute * length
        let isCrowded = sessions.count > Self.crowd
        for id in sessions.keys.sorted() {
            guard let session = sessions[id], session.openExchanges == 0 else { continue }
            let isNamed = session.row.wireID != nil && (session.isIntroduced || !isCrowded)
            let isLeft = isNamed || !session.connections.contains { connections[$0]?.lastSession == id }
            let limit = isNamed ? Self.namedSilenceNs : Self.unnamedSilenceNs
            if !session.isEnded, isLeft, due - session.lastNs > limit {
                endSession(id, .abandoned, at: session.lastNs)
            }
            if sessions[id]?.isEnded == true, due - session.lastNs > Self.unnamedSilenceNs { forget(id) }
        }
    }

    private mutating func forget(_ id: Int64) {
        forgetUnnamed(id)
        guard let session = sessions.removeValue(forKey: id) else { return }
        if dirtySessions.remove(id) != nil { out.sessions.append(session.row) }
        for wireID in session.wireIDs where named[wireID] == id { named.removeValue(forKey: wireID) }
        for endpoint in session.endpoints where endpoints[endpoint] == id { endpoints.removeValue(forKey: endpoint) }
        for connection in session.connections {
            connections[connection]?.sessions.remove(id)
            if connections[connection]?.lastSession == id { connections[connection]?.lastSession = nil }
        }
    }
}

extension SessionRow.EndReason {
    /// The client ended it, or left.
    var isClients: Bool { self == .deleted || self == .abandoned }

    /// Why a call that waited at a session's end has no answer.
    var missingAnswer: CallRow.Reason {
        switch self {
        case .cut: .streamCut
        case .expired: .nothingSent
        case .deleted, .abandoned, .open: .clientLeft
        }
    }
}
