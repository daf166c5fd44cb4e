import WireFormats

/// The HTTP side: a response begins, an exchange or a connection ends.
extension Fold {
    mutating func answered(_ head: ResponseHead, _ event: TrafficEvent) {
        guard let index = exchanges.index(forKey: event.exchange) else { return }
        let response = ResponseFacts(head, at: event.at)
        exchanges.values[index].response = response
        accept(event)
        let exchange = exchanges.values[index]
        if exchange.hasInitialize, response.isSuccess { initializeAccepted(head, event) }
        if response.hasSessionID, let session = exchange.session { sessions[session]?.isPlain = false }
        if exchange.modern != nil, response.isSuccess, response.status != 202, !exchange.opensSession {
            confirmStateless(event.exchange, "answered \(response.status)")
        }
        if response.status >= 300, exchange.opensSession || exchange.modern != nil, let session = exchange.session {
            if sessions[session]?.row.dialect != .stateless {
                let dialect: Dialect = exchange.modern == nil ? .streamable : .stateless
                note(event.exchange, dialect, "attempt refused with \(response.status)", .low)
            }
            refuse(session)
        }
        if response.status == 202, exchange.hasRequests, exchange.request.headerID == nil {
            acceptedOnly(event.exchange)
        }
        if exchange.request.method == "GET", response.isStream || response.status == 405,
            !placeNearby(event.exchange, at: event.at), response.isStream
        {
            awaitBroadcast(event.exchange)
        }
    }

    /// The server took the exchange's calls, those included that it had answered before.
    private mutating func accept(_ event: TrafficEvent) {
        guard let index = exchanges.index(forKey: event.exchange) else { return }
        let early = exchanges.values[index].answeredEarly
        exchanges.values[index].answeredEarly = []
        guard exchanges.values[index].response?.isSuccess == true else { return }
        let accepted = Self.milliseconds(from: exchanges.values[index].request.startedNs, to: event.at)
        for call in exchanges.values[index].due.ids {
            // Of a call with several rounds the first counts.
            guard calls[call]?.row.acceptedMs == nil else { continue }
            calls[call]?.row.acceptedMs = accepted
            dirtyCalls.insert(call)
        }
        for var call in early {
            call.acceptedMs = accepted
            out.calls.append(call)
        }
    }

    private mutating func initializeAccepted(_ head: ResponseHead, _ event: TrafficEvent) {
        guard head.status != 202, let session = exchanges[event.exchange]?.session,
            let state = sessions[session], !state.isHTTPSSE, state.row.dialect != .broadcast
        else { return }
        sessions[session]?.row.dialect = .streamable
        var evidence = "initialize answered in the POST's own response"
        if let id = head.fields.first("mcp-session-id"), !id.isEmpty {
            evidence += "; response gives Mcp-Session-Id"
            give(session, wireID: id)
        }
        dirtySessions.insert(session)
        note(event.exchange, .streamable, evidence, .high)
    }

    /// A 202 to a request says that the answer comes on another stream.
    private mutating func acceptedOnly(_ id: Int64) {
        guard let session = exchanges[id]?.session else { return }
        note(id, .httpSSE, "request answered 202", .high)
        guard sessions[session]?.row.dialect == nil else { return }
        sessions[session]?.row.dialect = .httpSSE
        dirtySessions.insert(session)
    }

    mutating func ended(_ by: Peer, _ reason: EndReason, _ event: TrafficEvent) {
        guard let exchange = exchanges[event.exchange] else { return }
        if !exchange.isStream { readResponseBody(event, isWhole: reason == .complete) }
        if exchange.session == nil, !endListener(event.exchange, at: event.at) {
            _ = placeNearby(event.exchange, at: event.at)
        }
        settleDue(event.exchange, by: by, reason, at: event.at)
        if let session = exchanges[event.exchange]?.session {
            if let end = endOfSession(exchange, session) { endSession(session, end, at: event.at) }
            exchangeLeft(event.exchange, session, by: by, reason, at: event.at)
        }
        if let last = attribution(of: event.exchange) {
            out.attributions.append(last)
            keepPlain(last)
        }
        dirtyAttributions.remove(event.exchange)
        connections[exchange.request.connection]?.openExchanges.remove(event.exchange)
        exchanges.removeValue(forKey: event.exchange)
    }

    /// What the exchange says of its session's end: an accepted DELETE, or a 404 to its id.
    /// (MCP 2025-11-25 transports, session management)
    private func endOfSession(_ exchange: FoldExchange, _ session: Int64) -> SessionRow.EndReason? {
        guard exchange.request.headerID != nil, let response = exchange.response, !exchange.hasOwnAnswer,
            sessions[session]?.path == exchange.request.path
        else { return nil }
        if response.status == 404 { return .expired }
        return exchange.request.method == "DELETE" && response.isSuccess ? .deleted : nil
    }

    private mutating func exchangeLeft(_ id: Int64, _ session: Int64, by: Peer, _ reason: EndReason, at: Int64) {
        guard let place = sessions.index(forKey: session) else { return }
        sessions.values[place].openExchanges -= 1
        sessions.values[place].lastNs = at
        if reason == .shutdown { sessions.values[place].wasOpenAtShutdown = true }
        guard sessions.values[place].homeStream == id else { return }
        sessions.values[place].homeStream = nil
        guard reason != .shutdown else { return }
        let missing: CallRow.Reason? = exchanges[id]?.sawGap == true ? .gap : nil
        endSession(session, by == .client ? .deleted : .cut, at: at, missing: missing)
    }

    mutating func closed(_ connection: Int64, by: Peer, _ reason: EndReason) {
        guard let state = connections.removeValue(forKey: connection) else { return }
        for session in state.sessions.ids {
            if reason == .shutdown { sessions[session]?.wasOpenAtShutdown = true }
            sessions[session]?.connections.remove(connection)
        }
    }
}
