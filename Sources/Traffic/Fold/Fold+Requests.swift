import WireFormats

/// The HTTP side: an exchange begins, and its request is whole.
extension Fold {
    mutating func begin(_ head: RequestHead, _ event: TrafficEvent) {
        let request = RequestFacts(
            head, connection: event.connection, address: connections[event.connection]?.address ?? "", at: event.at)
        var exchange = FoldExchange(request: request, attribution: Attribution(exchangeID: event.exchange))
        let found = wireSession(of: request)
        if let found {
            exchange.attribution.dialect = found.dialect
            exchange.attribution.evidence = found.evidence
            exchange.attribution.confidence = found.confidence
        }
        exchanges[event.exchange] = exchange
        connections[event.connection]?.openExchanges.insert(event.exchange)
        if let found { assign(event.exchange, to: found.session, at: event.at) }
    }

    /// The session that the request itself names, made where it is seen for the first time.
    private mutating func wireSession(
        of request: RequestFacts
    ) -> (session: Int64, dialect: Dialect, evidence: String, confidence: Confidence)? {
        if let id = request.headerID, !request.isModern {
            let session = named[id] ?? makeNamed(id, for: request, dialect: .streamable)
            return (session, .streamable, "request carries Mcp-Session-Id", .high)
        }
        guard request.method == "POST" else { return nil }
        if let session = endpoints[Endpoint(target: request.target, client: request.identity)] {
            return (session, .httpSSE, "POST to the announced endpoint", .high)
        }
        if let session = endpoints[Endpoint(target: request.target, client: nil)] {
            let isOwn = request.queryID != nil
            return (session, .httpSSE, "POST to the announced endpoint", isOwn ? .high : .low)
        }
        guard let id = request.queryID else { return nil }
        let session = named[id] ?? makeNamed(id, for: request, dialect: .httpSSE)
        return (session, .httpSSE, "session id in the query", .medium)
    }

    private mutating func makeNamed(_ id: String, for request: RequestFacts, dialect: Dialect) -> Int64 {
        let session = makeSession(for: request, dialect: dialect)
        give(session, wireID: id)
        return session
    }

    mutating func requestEnded(_ event: TrafficEvent) {
        guard let index = exchanges.index(forKey: event.exchange) else { return }
        let body = exchanges.values[index].requestBody
        exchanges.values[index].requestBody = []
        let exchange = exchanges.values[index]
        let request = exchange.request
        guard request.method == "POST", !body.isEmpty, request.isJSON || exchange.session != nil else { return }
        let scanned = MessageScan.messages(in: body)
        let requests = scanned.filter { $0.kind == .request }
        exchanges.values[index].hasRequests = !requests.isEmpty
        exchanges.values[index].hasInitialize = requests.contains { $0.method == "initialize" }
        exchanges.values[index].opensSession = requests.contains(where: \.opensSession)
        guard exchange.session != nil || place(event.exchange, scanned, at: event.at) else { return }
        exchanges[event.exchange]?.carriesMessages = true
        takeRevision(of: event.exchange, scanned)
        for message in scanned {
            take(
                message, direction: .clientToServer, exchange: event.exchange, at: request.startedNs, end: event.at,
                body: .requestBody)
        }
    }

    /// Finds or makes the session of an exchange that names none; false where its content is none of ours.
    private mutating func place(_ id: Int64, _ scanned: [ScannedMessage], at: Int64) -> Bool {
        guard let exchange = exchanges[id], let first = scanned.first(where: { $0.kind != .invalid }) else {
            return placeNearby(id, at: at)
        }
        exchanges[id]?.modern = Self.modernMark(exchange.request, scanned)
        if exchanges[id]?.modern != nil {
            assign(id, to: statelessSession(for: id, first, at: at), at: at)
        } else {
            let client = exchange.opensSession ? scanned.lazy.compactMap { Introduction($0)?.name }.first : nil
            assign(id, to: unnamedSession(for: id, client: client, at: at), at: at)
        }
        return true
    }

    /// A session that was joined midway has its revision from a request; one without a session on the wire has it
    /// from each request that was answered.
    private mutating func takeRevision(of id: Int64, _ scanned: [ScannedMessage]) {
        guard let exchange = exchanges[id], !exchange.opensSession, let session = exchange.session,
            sessions[session]?.row.revision == nil, exchange.modern == nil,
            let version = exchange.request.version ?? scanned.lazy.compactMap(\.version).first
        else { return }
        sessions[session]?.row.revision = version
        dirtySessions.insert(session)
    }
}

extension ScannedMessage {
    /// A client's first message: `initialize`, or the `server/discover` that clients of several eras try before it.
    var opensSession: Bool { kind == .request && (method == "initialize" || method == "server/discover") }
}

extension RequestTarget {
    /// The session id in the query, under any of the names that servers give it.
    var sessionID: String? {
        guard query != nil else { return nil }
        let id = queryValue("session_id") ?? queryValue("sessionId") ?? queryValue("sessionid")
        return id.flatMap { $0.isEmpty ? nil : $0 }
    }

    var pathAndQuery: String { query.map { "\(path)?\($0)" } ?? path }

    /// The target that a reference in an `endpoint` event leads to, from the path of the stream. (RFC 3986 §5.2)
    static func resolving(_ reference: String, from base: String) -> RequestTarget {
        if reference.hasPrefix("//") { return RequestTarget("http:" + reference) }
        if reference.hasPrefix("?") { return RequestTarget(base + reference) }
        let isRelative = !reference.hasPrefix("/") && reference[...].range(ofAscii: "://") == nil
        guard isRelative, let slash = base.lastIndex(of: "/") else { return RequestTarget(reference) }
        return RequestTarget(base[...slash] + reference)
    }
}
