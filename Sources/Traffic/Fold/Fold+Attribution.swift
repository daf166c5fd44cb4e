import WireFormats

/// Whose exchange it is, where the wire does not say.
extension Fold {
    /// Keeps what was seen that tells an exchange's dialect; what is surer than before decides.
    mutating func note(_ exchange: Int64, _ dialect: Dialect, _ evidence: String, _ confidence: Confidence) {
        guard let index = exchanges.index(forKey: exchange) else { return }
        let before = exchanges.values[index].attribution
        exchanges.values[index].attribution.evidence = before.evidence.map { "\($0); \(evidence)" } ?? evidence
        if before.confidence.map({ $0.rank <= confidence.rank }) ?? true {
            exchanges.values[index].attribution.dialect = dialect
            exchanges.values[index].attribution.confidence = confidence
        }
        dirtyAttributions.insert(exchange)
    }

    mutating func assign(_ exchange: Int64, to session: Int64, at: Int64) {
        guard let index = exchanges.index(forKey: exchange) else { return }
        exchanges.values[index].attribution.sessionID = session
        if !exchanges.values[index].request.isPlain { sessions[session]?.isPlain = false }
        dirtyAttributions.insert(exchange)
        let connection = exchanges.values[index].request.connection
        if connections[connection] != nil {
            connections[connection]?.sessions.insert(session)
            connections[connection]?.lastSession = session
            sessions[session]?.connections.insert(connection)
        }
        guard let place = sessions.index(forKey: session) else { return }
        sessions.values[place].openExchanges += 1
        sessions.values[place].lastNs = at
    }

    /// Takes back a guess.
    mutating func unassign(_ exchange: Int64) {
        guard let index = exchanges.index(forKey: exchange), let session = exchanges.values[index].session else {
            return
        }
        exchanges.values[index].attribution = Attribution(exchangeID: exchange)
        exchanges.values[index].isGuess = false
        sessions[session]?.openExchanges -= 1
    }

    /// The session of messages that name none: a new one for a first message, else the one that the connection or the
    /// client was last seen in. `client` is what a first message says of who sends it.
    mutating func unnamedSession(for id: Int64, client: String? = nil, at: Int64) -> Int64 {
        guard let exchange = exchanges[id] else { return 0 }
        let request = exchange.request
        if exchange.opensSession {
            if let again = triedSession(of: request, client: client, at: at) {
                sessions[again]?.phase = .unproven
                sessions[again]?.identity = request.identity
                sessions[again]?.path = request.path
                register(again, request)
                return again
            }
            if let listening = listeningSession(of: exchange, at: at) { return adopt(listening, request) }
        } else if let listening = listeningSession(of: exchange, at: at) {
            return adopt(listening, request)
        } else if let known = nearby(request, at: at) {
            note(id, sessions[known.session]?.row.dialect ?? .streamable, known.evidence, known.confidence)
            return known.session
        }
        let session = makeSession(for: request, dialect: nil)
        let twin = register(session, request)
        let isAlone = exchange.opensSession && !(twin.map { isLive($0, at: at) } ?? false)
        sessions[session]?.row.confidence = isAlone ? .medium : .low
        return session
    }

    /// The first POST of a client that listens already tells where it POSTs.
    private mutating func adopt(_ session: Int64, _ request: RequestFacts) -> Int64 {
        distrust(session, unlessOn: request.connection)
        sessions[session]?.path = request.path
        register(session, request)
        return session
    }

    /// Who is known by nothing but what he is may be another who is the same.
    mutating func distrust(_ session: Int64, unlessOn connection: Int64) {
        guard sessions[session]?.connections.contains(connection) == false, sessions[session]?.row.confidence != .low
        else { return }
        sessions[session]?.row.confidence = .low
        dirtySessions.insert(session)
    }

    /// Where the session is found by who its client is. Returns the one that was found there before.
    @discardableResult
    mutating func register(_ session: Int64, _ request: RequestFacts) -> Int64? {
        if request.isPlain { register(session, ClientAtPath(client: request.identity, path: nil)) }
        return register(session, ClientAtPath(client: request.identity, path: request.path))
    }

    @discardableResult
    mutating func register(_ session: Int64, _ place: ClientAtPath) -> Int64? {
        guard unnamed[place] != session, let index = sessions.index(forKey: session) else { return nil }
        sessions.values[index].places.append(place)
        if sessions.values[index].places.count > Self.placeLimit {
            let oldest = sessions.values[index].places.removeFirst()
            if unnamed[oldest] == session { unnamed.removeValue(forKey: oldest) }
        }
        return unnamed.updateValue(session, forKey: place)
    }

    /// Under how many descriptions of its client a session is found: one more for each new token.
    private static var placeLimit: Int { 16 }

    /// The likeliest session of a request that names none.
    private func nearby(
        _ request: RequestFacts, at: Int64
    ) -> (session: Int64, evidence: String, confidence: Confidence)? {
        if let session = connections[request.connection]?.lastSession, let state = sessions[session],
            !state.isEnded, state.path == request.path || state.streamPath == request.path,
            !state.isHTTPSSE || state.homeStream == nil
        {
            return (session, "no session id; same connection and path as the session", .medium)
        }
        let place = ClientAtPath(client: request.identity, path: request.path)
        guard let session = unnamed[place], isLive(session, at: at) else { return nil }
        return (session, "no session id; same client and path as the session", .low)
    }

    /// Places an exchange that names no session with its likeliest one, if there is any.
    mutating func placeNearby(_ id: Int64, at: Int64) -> Bool {
        guard let exchange = exchanges[id], exchange.session == nil, let known = nearby(exchange.request, at: at)
        else { return false }
        note(id, sessions[known.session]?.row.dialect ?? .streamable, known.evidence, known.confidence)
        assign(id, to: known.session, at: at)
        exchanges[id]?.isGuess = true
        return true
    }

    func isLive(_ session: Int64, at: Int64) -> Bool {
        guard let state = sessions[session], !state.isEnded else { return false }
        return state.openExchanges > 0 || at - state.lastNs <= Self.unnamedSilenceNs
    }

    // MARK: Attempts

    /// The client was refused, and may try again otherwise within the same session.
    mutating func refuse(_ session: Int64) {
        guard let state = sessions[session], state.phase == .unproven, state.row.wireID == nil else { return }
        sessions[session]?.phase = .refused
        tried[TryingClient(state.identity)] = session
    }

    /// The client was told what the server speaks, and may go on with any of it.
    mutating func discovered(_ session: Int64) {
        guard let state = sessions[session], state.phase != .established, state.row.wireID == nil else { return }
        sessions[session]?.phase = .discovered
        tried[TryingClient(state.identity)] = session
    }

    /// The session in which the client did nothing but try so far. Where it was told what the server speaks, it must
    /// not call itself otherwise now.
    func triedSession(
        of request: RequestFacts, client: String?, mayBeDiscovered: Bool = true, at: Int64
    ) -> Int64? {
        func isTried(_ session: Int64) -> Bool {
            guard let state = sessions[session], isLive(session, at: at) else { return false }
            if state.phase == .refused { return true }
            return mayBeDiscovered && state.phase == .discovered
                && (client == nil || state.row.clientName == nil || state.row.clientName == client)
        }
        if let last = connections[request.connection]?.lastSession, isTried(last) { return last }
        return tried[TryingClient(request.identity)].flatMap { isTried($0) ? $0 : nil }
    }
}

extension Confidence {
    var rank: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        }
    }
}
