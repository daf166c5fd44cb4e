import WireFormats

/// Correlates: events to sessions, messages and calls, incrementally and without looking back.
///
/// The only place where anything is correlated. It runs in the recorder and again in `reindex`, on the same events, and
/// gives the same rows: it has no clock, asks nobody, and takes everything from the events in their order. It does not
/// depend on when body bytes, chunks and edits came within their exchange, which rows do not keep; edits come before
/// the exchange's end, and before its stream's events where they are about these.
///
/// It forgets exchanges when they end, calls when they are answered, and sessions five minutes after their end.
package struct Fold: Sendable {
    /// Raised when the same events give other rows than before; stored in `recordings.fold_version`.
    package static let version = 2

    let recordingID: Int64
    /// What sessions are named after instead of their client.
    let name: String?
    var connections = IDTable<FoldConnection>()
    var exchanges = IDTable<FoldExchange>()
    var sessions = IDTable<FoldSession>()
    var calls = IDTable<FoldCall>()
    /// Sessions that the wire names, by the id it gave.
    var named: [String: Int64] = [:]
    /// HTTP+SSE sessions by the target that their client was told to POST to.
    var endpoints: [Endpoint: Int64] = [:]
    /// The latest session of a client where the wire names none.
    var unnamed: [ClientAtPath: Int64] = [:]
    /// The latest session of a client that did nothing but try, and may try again otherwise.
    var tried: [TryingClient: Int64] = [:]
    /// Calls that wait for the client's input, by the state that the client is to give back.
    var states: [MessageDigest: [Int64]] = [:]
    /// Open GET streams that nothing places yet, by who listens.
    var listeners: [ClientIdentity: [Int64]] = [:]
    /// Paths of streams that say the same to all listeners.
    var broadcastPaths: Set<String> = []
    /// What was said lately on such streams.
    var heard = Recent<MessageDigest, [Heard]>(limit: 256)
    var ids = FoldIDs()
    var out = RowBatch()
    var dirtySessions = IDSet()
    var dirtyCalls = IDSet()
    var dirtyAttributions = IDSet()
    var sweptMinute: Int64 = .min

    package init(recordingID: Int64, name: String?) {
        self.recordingID = recordingID
        self.name = name
    }

    package mutating func apply(_ event: TrafficEvent) {
        sweep(event.at)
        switch event.what {
        case .opened(let opening):
            guard opening.leg != .upstream else { return }
            connections[event.connection] = FoldConnection(address: Self.host(of: opening.client))
        case .closed(let by, let reason): closed(event.connection, by: by, reason)
        case .requestHead(let head): begin(head, event)
        case .requestBody(let bytes):
            guard let index = exchanges.index(forKey: event.exchange) else { return }
            if !Self.append(bytes, to: &exchanges.values[index].requestBody) { exchanges.values[index].sawGap = true }
        case .requestEnd: requestEnded(event)
        case .responseHead(let head): answered(head, event)
        case .responseBody(let bytes):
            guard let index = exchanges.index(forKey: event.exchange) else { return }
            if !Self.append(bytes, to: &exchanges.values[index].responseBody) { exchanges.values[index].sawGap = true }
        case .block(let block): read(block, event)
        case .edited(let edit): edited(edit, event.exchange)
        case .gap: missed(event)
        case .noted(let note): noted(note, event.exchange)
        case .ended(let by, let reason, _): ended(by, reason, event)
        case .forwarded, .informational, .chunk, .requestEncoded, .responseEncoded: return
        }
    }

    /// The recording ended in order: what is open stays so, what was left is abandoned.
    package mutating func finish(at: Int64) {
        for id in sessions.keys.sorted() {
            guard let session = sessions[id], !session.isEnded else { continue }
            let isOpen = session.wasOpenAtShutdown || session.openExchanges > 0 || !session.connections.isEmpty
            endSession(id, isOpen ? .open : .abandoned, at: isOpen ? at : session.lastNs)
        }
    }

    /// Moves into `batch` what is new or changed since the last time, in a settled order.
    package mutating func drain(into batch: inout RowBatch) {
        batch.messages.append(contentsOf: out.messages)
        batch.sessions.append(contentsOf: out.sessions)
        batch.calls.append(contentsOf: out.calls)
        batch.attributions.append(contentsOf: out.attributions)
        batch.sessions.append(contentsOf: dirtySessions.sorted().compactMap { sessions[$0]?.row })
        batch.calls.append(contentsOf: dirtyCalls.sorted().compactMap { calls[$0]?.row })
        batch.attributions.append(contentsOf: dirtyAttributions.sorted().compactMap { attribution(of: $0) })
        out = RowBatch()
        dirtySessions.removeAll()
        dirtyCalls.removeAll()
        dirtyAttributions.removeAll()
    }

    /// What is said so far of an exchange that is still open; nil where nothing is.
    package func attribution(of exchange: Int64) -> Attribution? {
        guard let said = exchanges[exchange]?.attribution else { return nil }
        return said.sessionID == nil && said.dialect == nil ? nil : said
    }

    /// How much is remembered: stays with what is open, however long the recording.
    package var remembered: (exchanges: Int, calls: Int, sessions: Int, names: Int) {
        let names =
            named.count + endpoints.count + unnamed.count + tried.count + states.count + listeners.count
        return (exchanges.count, calls.count, sessions.count, names)
    }

    /// Bodies mostly come in one piece: that piece is then shared with the observed row, not copied. Returns whether
    /// all of it fits.
    private static func append(_ bytes: [UInt8], to body: inout [UInt8]) -> Bool {
        guard !body.isEmpty else {
            body = bytes
            return true
        }
        let room = max(0, Ledger.bodyLimit - body.count)
        body.append(contentsOf: bytes.prefix(room))
        return bytes.count <= room
    }

    private mutating func edited(_ edit: Edit, _ exchange: Int64) {
        switch edit.what {
        case "answer": exchanges[exchange]?.hasOwnAnswer = true
        case "endpoint": exchanges[exchange]?.endpointGiven = edit.to
        default: return
        }
    }

    /// A response that could not be decoded to its end lacks what may have stood there.
    private mutating func noted(_ note: ContentNote, _ exchange: Int64) {
        guard note.place == .response, note.why != .rawLimit, note.why != .trailing else { return }
        exchanges[exchange]?.sawGap = true
    }

    /// A gap of a connection is one of all that is open on it; one of neither is one of everything open.
    private mutating func missed(_ event: TrafficEvent) {
        if event.exchange != 0 {
            exchanges[event.exchange]?.sawGap = true
        } else {
            let open = connections[event.connection].map { Array($0.openExchanges) } ?? Array(exchanges.keys)
            for exchange in open { exchanges[exchange]?.sawGap = true }
        }
    }

    /// `host` of `host:port`.
    static func host(of address: String) -> String {
        guard let colon = address.lastIndex(of: ":") else { return address }
        return String(address[..<colon])
    }

    static func milliseconds(from: Int64, to: Int64) -> Double { Double(max(0, to - from)) / 1e6 }
}
