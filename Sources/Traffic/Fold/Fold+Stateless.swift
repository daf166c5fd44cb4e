import WireFormats

/// Revisions without sessions: each request says by itself who asks and how he speaks. (MCP 2026-07-28)
extension Fold {
    /// What says that a request is of such a revision, in words; nil where nothing does.
    static func modernMark(_ request: RequestFacts, _ messages: [ScannedMessage]) -> String? {
        if let version = messages.lazy.compactMap(\.version).first { return "request names \(version) in _meta" }
        guard request.isModern, let version = request.version else { return nil }
        return "request carries MCP-Protocol-Version \(version) and Mcp-Method"
    }

    /// The server took the exchange's request as one of such a revision.
    mutating func confirmStateless(_ id: Int64, _ evidence: String) {
        guard let exchange = exchanges[id], exchange.modern != nil, let session = exchange.session,
            let state = sessions[session], !state.isHTTPSSE, state.row.wireID == nil
        else { return }
        // A batch of many requests says it as often.
        let isCertain = exchange.attribution.dialect == .stateless && exchange.attribution.confidence == .high
        let isSaid = isCertain && exchange.attribution.evidence?.contains(evidence) == true
        if !isSaid { note(id, .stateless, evidence, .high) }
        guard state.row.dialect != .stateless else { return }
        sessions[session]?.row.dialect = .stateless
        dirtySessions.insert(session)
    }

    /// Errors that only a server of such a revision gives. (MCP 2026-07-28 basic, error codes)
    mutating func judgeModernError(_ message: ScannedMessage, exchange id: Int64) {
        guard let code = message.errorCode, let exchange = exchanges[id], exchange.modern != nil,
            exchange.attribution.confidence != .high
        else { return }
        guard (-32022 ... -32020).contains(code) || code == -32601 && exchange.response?.status == 404 else { return }
        confirmStateless(id, "answered with error \(code)")
    }

    /// The session of a request that says by itself who asks: the one that it goes on with, else that of its
    /// connection, else the latest of an equal client.
    mutating func statelessSession(for id: Int64, _ message: ScannedMessage, at: Int64) -> Int64 {
        guard let exchange = exchanges[id] else { return 0 }
        let request = exchange.request
        let (found, evidence, confidence) = knownSession(of: message, request, at: at)
        let session = found ?? makeSession(for: request, dialect: nil)
        if found == nil {
            sessions[session]?.row.confidence = .medium
        } else if confidence == .low, sessions[session]?.row.confidence != .low {
            sessions[session]?.row.confidence = .low
            dirtySessions.insert(session)
        }
        let isKnown = sessions[session]?.row.dialect == .stateless
        let evidences = [exchange.modern, evidence].compactMap { $0 }.joined(separator: "; ")
        note(id, .stateless, evidences, isKnown ? .medium : .low)
        remember(session, request, message)
        return session
    }

    /// So many sessions of a connection are asked one by one; older ones are found by what their client calls itself.
    private static var connectionLimit: Int { 64 }

    private func knownSession(
        of message: ScannedMessage, _ request: RequestFacts, at: Int64
    ) -> (session: Int64?, evidence: String?, confidence: Confidence) {
        if let session = sessionAwaiting(message, request, at: at) {
            return (session, "repeats the session's requestState", .medium)
        }
        var speaker = Speaker(message)
        let connection = connections[request.connection]
        if let last = connection?.lastSession, isHome(last, request), isSameClient(&speaker, last) {
            return (last, nil, .medium)
        }
        for session in connection?.sessions.ids.suffix(Self.connectionLimit) ?? []
        where isHome(session, request) && isSameClient(&speaker, session) {
            return (session, nil, .medium)
        }
        let introduction = speaker.introduction
        let place = ClientAtPath(client: request.identity, path: request.path, introduction: introduction?.words)
        if let session = unnamed[place], isHome(session, request), isLive(session, at: at) {
            let isHere = connection?.sessions.contains(session) == true
            return (session, isHere ? nil : "same client and path as the session", isHere ? .medium : .low)
        }
        let tried = triedSession(of: request, client: introduction?.name, at: at)
        return (tried.flatMap { isHome($0, request) ? $0 : nil }, nil, .medium)
    }

    /// Whether requests without a session may belong to it.
    private func isHome(_ session: Int64, _ request: RequestFacts) -> Bool {
        guard let state = sessions[session], !state.isEnded, state.row.wireID == nil, state.path == request.path
        else { return false }
        return state.row.dialect == nil || state.row.dialect == .stateless
    }

    /// Whether the message is of the session's client, as far as both say who they are.
    func isSameClient(_ speaker: inout Speaker, _ session: Int64) -> Bool {
        guard let digest = speaker.digest, let index = sessions.index(forKey: session),
            sessions.values[index].introduction != digest, let known = sessions.values[index].row.clientName,
            let introduction = speaker.introduction
        else { return true }
        return introduction.name == known && introduction.version == sessions.values[index].row.clientVersion
    }

    /// The client is found by what it is and calls itself, also on other connections and with other credentials.
    private mutating func remember(_ session: Int64, _ request: RequestFacts, _ message: ScannedMessage) {
        let isKnown = sessions[session]?.identity == request.identity && sessions[session]?.places.isEmpty == false
        let hasIntroduction = sessions[session]?.introduction != nil || message.envelope.clientInfo == nil
        guard !isKnown || !hasIntroduction else { return }
        sessions[session]?.identity = request.identity
        let words = Introduction(message)?.words
        for place in Set([words, nil]) {
            register(session, ClientAtPath(client: request.identity, path: request.path, introduction: place))
        }
    }
}

extension Introduction {
    /// Name and version as one text.
    var words: String? { name.map { "\($0) \(version ?? "")" } }
}
