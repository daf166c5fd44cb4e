import WireFormats

/// Keeps the observed rows of a recording: what was seen, as it was seen.
///
/// Fed with every event in order; `drain` hands over the rows that are new or have changed since. An exchange that is
/// still open is handed over too, so that a recorder that dies leaves what it saw.
package struct Ledger: Sendable {
    private let recordingID: Int64
    private var connections = IDTable<ConnectionRow>()
    private var exchanges = IDTable<ExchangeRow>()
    private var written = IDTable<Int>()
    private var dirtyConnections = IDSet()
    private var dirtyExchanges = IDSet()
    private var ended: [ExchangeRow] = []
    private var closed: [ConnectionRow] = []
    private var streamEvents: [StreamEventRow] = []
    private var gaps: [GapRow] = []
    private var nextGap: Int64 = 1
    /// What was beyond the limit since rows were handed over last, by exchange.
    private var overflows: [Int64: Overflow] = [:]

    /// The most content that is kept of one body; what goes beyond is a gap.
    package static let bodyLimit = 64 << 20
    static let limitReason = "body over \(bodyLimit >> 20) MiB"
    /// The most 1xx responses that are kept of one exchange.
    package static let informationalLimit = 100
    /// The most chunk boundaries that are kept of one exchange.
    package static let chunkLimit = 10_000

    package init(recordingID: Int64) {
        self.recordingID = recordingID
    }

    package mutating func apply(_ event: TrafficEvent) {
        switch event.what {
        case .opened(let opening): open(opening, event)
        case .closed(let by, let reason): close(by, reason, event)
        case .requestHead(let head):
            let row = ExchangeRow(
                id: event.exchange, recordingID: recordingID, connectionID: event.connection, request: head,
                requestStartNs: event.at)
            exchanges[event.exchange] = row
            dirtyExchanges.insert(event.exchange)
            note(version: head.version, on: event.connection)
        case .block(let block):
            streamEvents.append(StreamEventRow(exchangeID: event.exchange, endNs: event.at, block: block))
        case .gap(let bytes, Self.limitReason): overflow(bytes, event)
        case .gap(let bytes, let reason): gap(bytes, reason, event)
        case .ended(let by, let reason, let trailers): end(by, reason, trailers, event)
        default: update(event)
        }
    }

    private mutating func update(_ event: TrafficEvent) {
        guard let index = exchanges.index(forKey: event.exchange) else { return }
        var missed: Int64 = 0
        switch event.what {
        case .forwarded(let connection): exchanges.values[index].upstreamConnectionID = connection
        case .requestBody(let bytes): missed = Self.append(bytes, to: &exchanges.values[index].requestBody)
        case .requestEncoded(let bytes): missed = Self.append(bytes, to: &exchanges.values[index].requestRaw)
        case .requestEnd(let trailers):
            exchanges.values[index].requestEndNs = event.at
            exchanges.values[index].trailers += trailers
        case .informational(let head):
            guard exchanges.values[index].informational.count < Self.informationalLimit else { return }
            exchanges.values[index].informational.append(InformationalMark(atNs: event.at, head: head))
        case .responseHead(let head):
            exchanges.values[index].response = head
            exchanges.values[index].responseStartNs = event.at
            exchanges.values[index].isStream = head.isEventStream
        case .responseBody(let bytes): missed = Self.append(bytes, to: &exchanges.values[index].responseBody)
        case .responseEncoded(let bytes): missed = encoded(bytes, of: &exchanges.values[index])
        case .noted(let note): exchanges.values[index].notes.append(note)
        case .chunk(let offset, let size):
            guard exchanges.values[index].chunks.count < Self.chunkLimit else { return }
            exchanges.values[index].chunks.append(ChunkMark(atNs: event.at, offset: offset, size: size))
        case .edited(let edit): exchanges.values[index].edits.append(edit)
        default: return
        }
        dirtyExchanges.insert(event.exchange)
        guard missed > 0 else { return }
        overflow(missed, event)
    }

    /// A stream may go on for as long as it likes; its events are kept in any case.
    private func encoded(_ bytes: [UInt8], of row: inout ExchangeRow) -> Int64 {
        let missed = Self.append(bytes, to: &row.responseRaw)
        guard missed > 0, row.isStream else { return missed }
        guard !row.notes.contains(where: { $0.why == .rawLimit }) else { return 0 }
        let name = ContentCoding(row.response?.fields ?? []).name
        row.notes.append(
            ContentNote(place: .response, coding: name, why: .rawLimit, offset: Int64(row.responseRaw?.count ?? 0)))
        return 0
    }

    /// Returns how many bytes did not fit.
    private static func append(_ bytes: [UInt8], to body: inout [UInt8]?) -> Int64 {
        guard body != nil || bytes.count > bodyLimit else {
            body = bytes
            return 0
        }
        if body == nil { body = [] }
        let room = max(0, bodyLimit - (body?.count ?? 0))
        body?.append(contentsOf: bytes.prefix(room))
        return Int64(max(0, bytes.count - room))
    }

    // MARK: Connections

    private mutating func open(_ opening: ConnectionOpening, _ event: TrafficEvent) {
        connections[event.connection] = ConnectionRow(
            id: event.connection, recordingID: recordingID, leg: opening.leg, client: opening.client,
            server: opening.server, tls: opening.tls?.outcome, sni: opening.tls?.serverName, openedNs: event.at)
        dirtyConnections.insert(event.connection)
    }

    private mutating func note(version: String, on connection: Int64) {
        guard connections[connection]?.httpVersion == nil, !version.isEmpty else { return }
        connections[connection]?.httpVersion = version
        dirtyConnections.insert(connection)
    }

    private mutating func close(_ by: Peer, _ reason: EndReason, _ event: TrafficEvent) {
        guard var row = connections.removeValue(forKey: event.connection) else { return }
        row.closedNs = event.at
        row.closedBy = by
        row.closeReason = reason
        dirtyConnections.remove(event.connection)
        closed.append(row)
    }

    // MARK: Ends and gaps

    private mutating func end(_ by: Peer, _ reason: EndReason, _ trailers: [HTTPField], _ event: TrafficEvent) {
        guard var row = exchanges.removeValue(forKey: event.exchange) else { return }
        row.responseEndNs = event.at
        row.endedBy = by
        row.endReason = reason
        row.trailers += trailers
        dirtyExchanges.remove(event.exchange)
        written.removeValue(forKey: event.exchange)
        ended.append(row)
    }

    private mutating func gap(_ bytes: Int64, _ reason: String, _ event: TrafficEvent) {
        gap(bytes, reason, connection: event.connection, exchange: event.exchange, at: event.at)
    }

    private mutating func gap(_ bytes: Int64, _ reason: String, connection: Int64, exchange: Int64, at: Int64) {
        gaps.append(
            GapRow(
                id: recordingID << 32 | nextGap, recordingID: recordingID,
                connectionID: connection & 0xFFFF_FFFF == 0 ? nil : connection,
                exchangeID: exchange == 0 ? nil : exchange, atNs: at, bytes: bytes, reason: reason))
        nextGap += 1
    }

    private mutating func tellOverflows() {
        for (exchange, what) in overflows.sorted(by: { $0.key < $1.key }) {
            gap(what.bytes, Self.limitReason, connection: what.connection, exchange: exchange, at: what.at)
        }
        overflows = [:]
    }

    /// One row tells of all that was too much between two commits, since the first of it.
    private mutating func overflow(_ bytes: Int64, _ event: TrafficEvent) {
        overflows[event.exchange, default: Overflow(connection: event.connection, at: event.at)].bytes += bytes
    }

    private struct Overflow: Sendable {
        var connection: Int64
        var at: Int64
        var bytes: Int64 = 0
    }

    // MARK: Handing over

    /// Moves into `batch` what is new or changed since the last time.
    package mutating func drain(into batch: inout RowBatch) {
        if !overflows.isEmpty { tellOverflows() }
        Self.move(&closed, to: &batch.connections)
        batch.connections.append(contentsOf: dirtyConnections.sorted().compactMap { connections[$0] })
        Self.move(&ended, to: &batch.exchanges)
        for id in dirtyExchanges.sorted() {
            guard let row = exchanges[id], isWorthWriting(row) else { continue }
            batch.exchanges.append(row)
        }
        Self.move(&streamEvents, to: &batch.streamEvents)
        Self.move(&gaps, to: &batch.gaps)
        dirtyConnections.removeAll()
        dirtyExchanges.removeAll()
    }

    /// As a whole where it can be, so that no row is copied.
    private static func move<Row>(_ rows: inout [Row], to batch: inout [Row]) {
        if batch.isEmpty { swap(&rows, &batch) } else { batch.append(contentsOf: rows) }
        rows.removeAll(keepingCapacity: true)
    }

    /// A large body that is still growing is written again only when it has doubled: rewriting costs its whole size.
    /// The encoded bytes of a stream grow with every event, so they count as large sooner.
    private mutating func isWorthWriting(_ row: ExchangeRow) -> Bool {
        let encoded = (row.requestRaw?.count ?? 0) + (row.responseRaw?.count ?? 0)
        let size = (row.requestBody?.count ?? 0) + (row.responseBody?.count ?? 0) + encoded
        let isLarge = size > (row.isStream ? 1 << 14 : 1 << 20)
        guard isLarge, let before = written[row.id] else {
            written[row.id] = size
            return true
        }
        guard size >= 2 * before else { return false }
        written[row.id] = size
        return true
    }
}
