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
    private mutating func unassign(_ exchange: Int64) {
        guard let index = exchanges.index(forKey: exchange), let session = exchanges.values[index].session else {
            return
        }
        exchanges.values[index].attribution = Attribution(exchangeID: exchange)
        exchanges.values[index].isGuess = false
        sessions[session]?.openExchanges -= 1
    }

    /// The session of messages that name none: a new one for a first message, else the one that the connection or the
    /// client was last seen in.
    mutating func unnamedSession(for id: Int64, at: Int64) -> Int64 {
        guard let exchange = exchanges[id] else { return 0 }
        let request = exchange.request
        let place = ClientAtPath(client: request.identity, path: request.path)
        if exchange.opensSession {
            if let again = refusedSession(of: request, at: at) {
                sessions[again]?.phase = .unproven
                sessions[again]?.identity = request.identity
                sessions[again]?.path = request.path
                unnamed[place] = again
                return again
            }
        } else if let known = nearby(request, at: at) {
            note(id, sessions[known.session]?.row.dialect ?? .streamable, known.evidence, known.confidence)
            return known.session
        }
        let session = makeSession(for: request, dialect: nil)
        let twin = unnamed.updateValue(session, forKey: place)
        let isAlone = exchange.opensSession && !(twin.map { isLive($0, at: at) } ?? false)
        sessions[session]?.row.confidence = isAlone ? .medium : .low
        return session
    }

    /// The likeliest session of a request that names none.
    private func nearby(
        _ request: RequestFacts, at: Int64
    ) -> (session: Int64, evidence: String, confidence: Confidence)? {
        if let session = connections[request.connection]?.lastSession, let state = sessions[session],
            !state.isEnded, state.path == request.path, !state.isHTTPSSE || state.homeStream == nil
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

    private func isLive(_ session: Int64, at: Int64) -> Bool {
        guard let state = sessions[session], !state.isEnded else { return false }
        return state.openExchanges > 0 || at - state.lastNs <= Self.unnamedSilenceNs
    }

    // MARK: Attempts

    /// The client was refused, and may try again otherwise within the same session.
    mutating func refuse(_ session: Int64) {
        guard let state = sessions[session], state.phase == .unproven, state.row.wireID == nil else { return }
        sessions[session]?.phase = .refused
        refused[RefusedClient(state.identity)] = session
    }

    private func refusedSession(of request: RequestFacts, at: Int64) -> Int64? {
        func isRefused(_ session: Int64) -> Bool { sessions[session]?.phase == .refused && isLive(session, at: at) }
        if let last = connections[request.connection]?.lastSession, isRefused(last) { return last }
        return refused[RefusedClient(request.identity)].flatMap { isRefused($0) ? $0 : nil }
    }

    // MARK: HTTP+SSE

    /// The `endpoint` event tells an HTTP+SSE session apart and where it POSTs.
    mutating func openHTTPSSE(_ id: Int64, endpoint: String, at: Int64) {
        if exchanges[id]?.isGuess == true { unassign(id) }
        guard let exchange = exchanges[id], exchange.session == nil else { return }
        let request = exchange.request
        let target = RequestTarget.resolving(endpoint, from: request.path)
        let session = refusedSession(of: request, at: at) ?? makeSession(for: request, dialect: .httpSSE)
        sessions[session]?.phase = .established
        sessions[session]?.row.dialect = .httpSSE
        sessions[session]?.path = request.path
        sessions[session]?.homeStream = id
        give(session, wireID: target.sessionID ?? target.pathAndQuery, isSearched: target.sessionID != nil)
        announce(target, session, request)
        if let given = exchange.endpointGiven {
            announce(RequestTarget.resolving(given, from: request.path), session, request)
        }
        note(id, .httpSSE, "first event is endpoint", .high)
        assign(id, to: session, at: at)
    }

    /// A target without a session id may be that of many sessions: the client tells them apart.
    private mutating func announce(_ target: RequestTarget, _ session: Int64, _ request: RequestFacts) {
        for client in [request.identity, nil] {
            let endpoint = Endpoint(target: target.pathAndQuery, client: client)
            endpoints[endpoint] = session
            sessions[session]?.endpoints.append(endpoint)
        }
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
