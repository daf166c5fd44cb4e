import Traffic
import WireFormats

/// The observed rows of a recording as the events that they were made of, in the order in which they were seen.
///
/// Times of the parts of an exchange that are not stored apart are those of what ended them: a request's body comes
/// with its end, a response's body with the end of the exchange. Trailers of both come with that end, and edits with the
/// beginning: what they change is read in their light.
package final class ObservedEvents {
    private let connection: Connection
    private let recording: Int64
    private let keys: Statement
    private let fetch: Fetch
    private var waiting: [Key] = []
    private var ready: [TrafficEvent] = []
    private var place: Int64 = 0
    /// The exchange that was read last: its events often stand together.
    private var exchange: ExchangeRow?

    private struct Key {
        var at: Int64
        var what: EventOrder.What
        var row: Int64
        var a: Int64
        var b: Int64
    }

    private struct Fetch {
        let connection: Statement
        let exchange: Statement
        let block: Statement
        let gap: Statement
        let connectionOfExchange: Statement
    }

    init(_ connection: Connection, recording: Int64) throws(StoreFailure) {
        self.connection = connection
        self.recording = recording
        try EventOrder.make(connection, recording: recording)
        keys = try connection.prepare(
            "SELECT place, at, what, row, a, b FROM temp.event_order WHERE place > ? ORDER BY place LIMIT 1000")
        fetch = Fetch(
            connection: try connection.prepare(ConnectionRow.table.select + " WHERE id = ?"),
            exchange: try connection.prepare(ExchangeRow.table.select + " WHERE id = ?"),
            block: try connection.prepare(
                """
                SELECT \(StreamEventRow.table.list(prefix: "s.")), e.connection_id FROM stream_events s
                LEFT JOIN exchanges e ON e.id = s.exchange_id WHERE s.id = ?
                """),
            gap: try connection.prepare(GapRow.table.select + " WHERE id = ?"),
            connectionOfExchange: try connection.prepare("SELECT connection_id FROM main.exchanges WHERE id = ?"))
    }

    /// The next event, or nil at the end. Holds one exchange at a time in memory.
    package func next() throws(StoreFailure) -> TrafficEvent? {
        while ready.isEmpty {
            if waiting.isEmpty { try readKeys() }
            guard let key = waiting.popLast() else { return nil }
            try make(key)
            ready.reverse()
        }
        return ready.popLast()
    }

    private func readKeys() throws(StoreFailure) {
        defer { keys.reset() }
        keys.put(place)
        while try keys.step() {
            place = keys.takeInteger()
            let at = keys.takeInteger()
            guard let what = EventOrder.What(rawValue: keys.takeInteger()) else { continue }
            waiting.append(
                Key(at: at, what: what, row: keys.takeInteger(), a: keys.takeInteger(), b: keys.takeInteger()))
        }
        waiting.reverse()
    }

    private func make(_ key: Key) throws(StoreFailure) {
        switch key.what {
        case .opened, .closed: try makeConnection(key)
        case .block: try makeBlock(key)
        case .gap: try makeGap(key)
        case .chunk: try makeChunk(key)
        default: try makeExchange(key)
        }
    }

    private func makeConnection(_ key: Key) throws(StoreFailure) {
        guard let row: ConnectionRow = try find(key.row, fetch.connection) else { return }
        let what: TrafficEvent.What =
            key.what == .opened
            ? .opened(ConnectionOpening(leg: row.leg, client: row.client, server: row.server, tls: row.tlsFacts))
            : .closed(by: row.closedBy ?? .unknown, reason: row.closeReason ?? .fin)
        ready.append(TrafficEvent(at: key.at, connection: row.id, what))
    }

    private func makeBlock(_ key: Key) throws(StoreFailure) {
        defer { fetch.block.reset() }
        fetch.block.put(key.row)
        guard try fetch.block.step() else { return }
        let row = try StreamEventRow(from: fetch.block)
        let connection = fetch.block.takeOptionalInteger() ?? recording << 32
        ready.append(TrafficEvent(at: key.at, connection: connection, exchange: row.exchangeID, .block(row.block)))
    }

    private func makeGap(_ key: Key) throws(StoreFailure) {
        guard let row: GapRow = try find(key.row, fetch.gap) else { return }
        ready.append(
            TrafficEvent(
                at: key.at, connection: row.connectionID ?? recording << 32, exchange: row.exchangeID ?? 0,
                .gap(bytes: row.bytes, reason: row.reason)))
    }

    /// There may be thousands of an exchange: its row, bodies and all, is not read again for each.
    private func makeChunk(_ key: Key) throws(StoreFailure) {
        defer { fetch.connectionOfExchange.reset() }
        fetch.connectionOfExchange.put(key.row)
        guard try fetch.connectionOfExchange.step() else { return }
        let connection = fetch.connectionOfExchange.takeInteger()
        ready.append(
            TrafficEvent(
                at: key.at, connection: connection, exchange: key.row, .chunk(offset: key.a, size: key.b)))
    }

    private func makeExchange(_ key: Key) throws(StoreFailure) {
        if exchange?.id != key.row { exchange = try find(key.row, fetch.exchange) }
        guard let row = exchange else { return }
        switch key.what {
        case .requestHead:
            add(.requestHead(row.request), row, key.at)
            for edit in row.edits { add(.edited(edit), row, key.at) }
            if let upstream = row.upstreamConnectionID { add(.forwarded(over: upstream), row, key.at) }
        case .requestEnd:
            addRequestBody(row, key.at)
            add(.requestEnd(trailers: []), row, key.at)
        case .informational:
            guard row.informational.indices.contains(Int(key.a)) else { return }
            add(.informational(row.informational[Int(key.a)].head), row, key.at)
        case .responseHead:
            if let response = row.response { add(.responseHead(response), row, key.at) }
        case .ended, .unfinished: end(row, key)
        default: return
        }
    }

    private func end(_ row: ExchangeRow, _ key: Key) {
        if row.requestEndNs == nil { addRequestBody(row, key.at) }
        if let raw = row.responseRaw { add(.responseEncoded(raw), row, key.at) }
        if let body = row.responseBody {
            let isAsSent = row.responseRaw == nil && body.isEncoded(row.response?.fields ?? [])
            add(isAsSent ? .responseEncoded(body) : .responseBody(body), row, key.at)
        }
        for note in row.notes where note.place == .response { add(.noted(note), row, key.at) }
        guard key.what == .ended else { return }
        let reason = row.endReason ?? .fin
        add(.ended(by: row.endedBy ?? .unknown, reason: reason, trailers: row.trailers), row, key.at)
    }

    private func addRequestBody(_ row: ExchangeRow, _ at: Int64) {
        if let raw = row.requestRaw { add(.requestEncoded(raw), row, at) }
        if let body = row.requestBody {
            let isAsSent = row.requestRaw == nil && body.isEncoded(row.request.fields)
            add(isAsSent ? .requestEncoded(body) : .requestBody(body), row, at)
        }
        for note in row.notes where note.place == .request { add(.noted(note), row, at) }
    }

    private func add(_ what: TrafficEvent.What, _ row: ExchangeRow, _ at: Int64) {
        ready.append(TrafficEvent(at: at, connection: row.connectionID, exchange: row.id, what))
    }

    private func find<Row: StoredRow>(_ id: Int64, _ statement: Statement) throws(StoreFailure) -> Row? {
        defer { statement.reset() }
        statement.put(id)
        return try statement.step() ? try Row(from: statement) : nil
    }
}

extension [UInt8] {
    /// Whether a body without encoded bytes beside it is these, as in captures of format 1: a decoded one that was
    /// masked, and so has none, is text.
    fileprivate func isEncoded(_ fields: [HTTPField]) -> Bool {
        ContentCoding(fields) != .identity && String(validating: self, as: UTF8.self) == nil
    }
}

extension CaptureReader {
    /// What was observed in a recording, as events. Only one such walk at a time in a reader.
    package func observedEvents(ofRecording recording: Int64) throws(StoreFailure) -> ObservedEvents {
        try ObservedEvents(connection, recording: recording)
    }
}
