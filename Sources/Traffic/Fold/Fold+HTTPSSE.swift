import WireFormats

/// The dialect `http+sse`: a session lives on a GET stream that says where to POST.
extension Fold {
    /// The `endpoint` event tells an HTTP+SSE session apart and where it POSTs.
    mutating func openHTTPSSE(_ id: Int64, endpoint: String, at: Int64) {
        if exchanges[id]?.isGuess == true { unassign(id) }
        forgetListener(id)
        guard let exchange = exchanges[id], exchange.session == nil else { return }
        let request = exchange.request
        let target = RequestTarget.resolving(endpoint, from: request.path)
        let tried = triedSession(of: request, client: nil, mayBeDiscovered: false, at: at)
        let session = tried ?? makeSession(for: request, dialect: .httpSSE)
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
