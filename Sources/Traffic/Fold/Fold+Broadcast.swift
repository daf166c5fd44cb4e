import WireFormats

/// The dialect `broadcast`: what tells it is a GET stream without `endpoint` event beside POSTs to another path that are
/// answered in their own responses, with no field of MCP's own on either side. The stream may be silent for long, so
/// what a client did before is told anew when its dialect is known.
extension Fold {
    /// How many paths of such streams, and how many early exchanges of a session, are kept in mind.
    private static var pathLimit: Int { 64 }
    static let plainLimit = 16

    /// A GET stream that nothing places may prove to be one.
    mutating func awaitBroadcast(_ id: Int64) {
        guard let exchange = exchanges[id], exchange.isPlain else { return }
        listeners[exchange.request.identity, default: []].append(id)
    }

    mutating func forgetListener(_ id: Int64) {
        guard let client = exchanges[id]?.request.identity, let open = listeners[client] else { return }
        let rest = open.filter { $0 != id }
        listeners[client] = rest.isEmpty ? nil : rest
    }

    /// The first event of a GET stream that nothing places is a message.
    mutating func placeBroadcast(_ id: Int64, at: Int64) -> Bool {
        guard let exchange = exchanges[id], exchange.request.method == "GET", exchange.isPlain, !exchange.sawGap,
            !exchange.request.isResuming
        else { return false }
        let request = exchange.request
        if broadcastPaths.count < Self.pathLimit { broadcastPaths.insert(request.path) }
        let partner = partner(of: request, at: at)
        let session = partner ?? makeSession(for: request, dialect: nil)
        if partner != nil { distrust(session, unlessOn: request.connection) }
        place(id, in: session, "first event is a message and no endpoint", partner == nil ? .medium : .high, at: at)
        return true
    }

    /// The silent stream of a client whose POSTs go elsewhere is over. False where it is none of these.
    mutating func endListener(_ id: Int64, at: Int64) -> Bool {
        guard let exchange = exchanges[id], listeners[exchange.request.identity]?.contains(id) == true else {
            return false
        }
        forgetListener(id)
        guard !exchange.sawEvent, !exchange.sawGap, let session = partner(of: exchange.request, at: at),
            let path = sessions[session]?.path, Self.areRelated(exchange.request.path, path)
        else { return false }
        place(id, in: session, "ended without an endpoint event", .medium, at: at)
        return true
    }

    /// A POST was answered in its own response: that decides together with a stream of the same client, or of others,
    /// that has no `endpoint` event.
    mutating func weighBroadcast(_ id: Int64, at: Int64) {
        guard let exchange = exchanges[id], exchange.request.method == "POST", exchange.isPlain,
            exchange.modern == nil, let session = exchange.session, let state = sessions[session], state.isPlain,
            state.row.wireID == nil, !state.isHTTPSSE, state.row.dialect != .stateless
        else { return }
        let path = exchange.request.path
        if state.row.dialect == .broadcast {
            return note(id, .broadcast, "answered in its own response", .high)
        }
        // An `initialize` says nothing of its own yet: later requests of other dialects carry fields of MCP's.
        let silent = exchange.hasInitialize ? [] : silentListeners(of: exchange.request)
        for listener in silent {
            place(listener, in: session, "no endpoint event, POSTs are answered elsewhere", .medium, at: at)
            exchanges[listener]?.isGuess = true
        }
        let known = broadcastPaths.first { $0 != path && Self.areRelated($0, path) }
        guard let stream = silent.first.flatMap({ exchanges[$0]?.request.path }) ?? known else { return }
        turn(session, stream: stream)
        note(id, .broadcast, "answered in its own response beside \(stream), which has no endpoint event", .high)
    }

    private func silentListeners(of request: RequestFacts) -> [Int64] {
        (listeners[request.identity] ?? []).filter { id in
            guard let listener = exchanges[id], !listener.sawEvent, !listener.sawGap else { return false }
            return listener.request.path != request.path && Self.areRelated(listener.request.path, request.path)
        }
    }

    /// The session of a POST whose client listens already and has POSTed nothing, or to the same path.
    func listeningSession(of exchange: FoldExchange, at: Int64) -> Int64? {
        let request = exchange.request
        guard request.isPlain, let session = unnamed[ClientAtPath(client: request.identity, path: nil)],
            isLive(session, at: at), let state = sessions[session], state.row.dialect == .broadcast, state.isPlain
        else { return nil }
        let isFirst = state.path == state.streamPath && Self.areRelated(state.path, request.path)
        return isFirst || state.path == request.path && !exchange.opensSession ? session : nil
    }

    /// The session whose client POSTs elsewhere and listens on the stream.
    private func partner(of request: RequestFacts, at: Int64) -> Int64? {
        let candidates = [
            connections[request.connection]?.lastSession, unnamed[ClientAtPath(client: request.identity, path: nil)],
        ]
        return candidates.compactMap { $0 }.first { session in
            guard let state = sessions[session], isLive(session, at: at), state.isPlain, state.row.wireID == nil,
                state.path != request.path
            else { return false }
            return state.row.dialect == nil || state.row.dialect == .streamable || state.row.dialect == .broadcast
        }
    }

    /// The stream is one that says the same to all, and belongs to the session.
    private mutating func place(
        _ id: Int64, in session: Int64, _ evidence: String, _ confidence: Confidence, at: Int64
    ) {
        guard let request = exchanges[id]?.request else { return }
        forgetListener(id)
        turn(session, stream: request.path)
        register(session, request)
        note(id, .broadcast, evidence, confidence)
        assign(id, to: session, at: at)
    }

    private mutating func turn(_ session: Int64, stream path: String) {
        if sessions[session]?.streamPath == nil { sessions[session]?.streamPath = path }
        guard let state = sessions[session], state.row.dialect != .broadcast else { return }
        for var earlier in state.plainExchanges {
            earlier.dialect = .broadcast
            let evidence = "the client listens at \(path), which has no endpoint event"
            earlier.evidence = earlier.evidence.map { "\($0); \(evidence)" } ?? evidence
            out.attributions.append(earlier)
        }
        sessions[session]?.plainExchanges = []
        sessions[session]?.row.dialect = .broadcast
        dirtySessions.insert(session)
    }

    /// What was said of an exchange that is over, in case that its session proves to be one of these.
    mutating func keepPlain(_ said: Attribution) {
        guard let session = said.sessionID, let state = sessions[session], state.isPlain,
            state.row.dialect != .broadcast, state.plainExchanges.count < Self.plainLimit
        else { return }
        sessions[session]?.plainExchanges.append(said)
    }

    /// Whether one path is above the other, or both stand in the same place: then they may be one server's.
    static func areRelated(_ one: String, _ other: String) -> Bool {
        func parent(_ path: String) -> Substring { path[..<(path.lastIndex(of: "/") ?? path.startIndex)] }
        func isAbove(_ upper: String, _ lower: String) -> Bool {
            upper == "/" || lower.hasPrefix(upper.hasSuffix("/") ? upper : upper + "/")
        }
        return isAbove(one, other) || isAbove(other, one) || parent(one) == parent(other)
    }

    // MARK: Messages

    func isBroadcastStream(_ id: Int64) -> Bool {
        guard let exchange = exchanges[id] else { return false }
        return exchange.attribution.dialect == .broadcast && exchange.request.method == "GET"
    }

    /// The same message on the stream of another listener, which came before. A stream hears each message once, and
    /// none that was said before it was opened.
    mutating func heardBefore(_ message: ScannedMessage, _ row: MessageRow, exchange id: Int64) -> Int64? {
        guard isBroadcastStream(id), let exchange = exchanges[id], let opened = exchange.response?.startedNs else {
            return nil
        }
        let digest = MessageDigest(message.text)
        var all = heard[digest] ?? []
        let path = exchange.request.path
        if let index = all.firstIndex(where: { $0.path == path && $0.at >= opened && !$0.streams.contains(id) }) {
            all[index].streams.insert(id)
            heard.insert(all, for: digest)
            return all[index].message
        }
        all.append(Heard(message: row.id, at: row.atNs, path: path, streams: [id]))
        if all.count > Heard.limit { all.removeFirst() }
        heard.insert(all, for: digest)
        return nil
    }
}

/// A message that was said to several listeners.
struct Heard: Sendable {
    /// How many equal ones are kept in mind.
    static let limit = 4

    /// Its first copy.
    let message: Int64
    let at: Int64
    let path: String
    var streams: Set<Int64>
}

extension FoldExchange {
    /// Neither side sent a field of MCP's own.
    var isPlain: Bool { request.isPlain && response?.hasSessionID != true }
}
