import Traffic
import TrafficStore
import WireFormats

/// The rows of a session as far as a timeline needs them: without headers and bodies, so that memory grows with the
/// number of messages and not with their size.
struct SessionTraffic: Sendable {
    var session: StoredSession
    /// Without headers and bodies, but for the id that a stream resumes from and the beginning of what an HTTP error
    /// said.
    var exchanges: [ExchangeRow] = []
    /// Without raw bytes; data only of events that carry no message, and only its beginning.
    var blocks: [StreamEventRow] = []
    var messages: [MessageRow] = []
    var calls: [CallRow] = []
    var gaps: [GapRow] = []

    /// What is kept of a text that is shown beside a line.
    static let excerpt = 300
    /// Bodies are held for so many rows at a time.
    private static let page = 16

    init(session: StoredSession) { self.session = session }

    init(_ reader: CaptureReader, session id: Int64, hasBlocks: Bool = true) throws {
        guard let session = try reader.session(id) else {
            throw StoreFailure(.noSuchSession, "\(reader.path) has no session \(id)")
        }
        self.init(session: session)
        try readExchanges(reader)
        calls = try reader.calls(ofSession: id)
        gaps = try reader.gaps(ofSession: id)
        var after: Int64 = 0
        while case let rows = try reader.messages(ofSession: id, after: after, limit: 1000), let last = rows.last {
            messages += rows.map(Self.withoutText)
            after = last.id
        }
        if hasBlocks { try readBlocks(reader) }
    }

    private mutating func readExchanges(_ reader: CaptureReader) throws {
        var after: Int64 = 0
        let id = session.row.id
        while case let rows = try reader.exchanges(ofSession: id, after: after, limit: Self.page), let last = rows.last
        {
            exchanges += rows.map(Self.withoutContent)
            after = last.id
        }
    }

    static func withoutContent(_ row: ExchangeRow) -> ExchangeRow {
        var row = row
        row.requestBody = nil
        row.requestRaw = nil
        row.responseRaw = nil
        row.chunks = []
        row.request.fields = row.request.fields.filter { $0.name.lowercased() == "last-event-id" }
        row.response?.fields = []
        let isError = (row.response?.status ?? 0) >= 400
        row.responseBody = isError ? row.responseBody.map { Array($0.prefix(excerpt)) } : nil
        return row
    }

    private mutating func readBlocks(_ reader: CaptureReader) throws {
        let id = session.row.id
        let rows = try reader.query(
            """
            SELECT b.id, b.exchange_id, b.seq, b.at_ns, b.end_ns, b.kind, b.type, b.event_id, b.retry_ms,
                substr(b.data, 1, \(Self.excerpt)), substr(b.comment, 1, \(Self.excerpt))
            FROM exchanges e JOIN stream_events b ON b.exchange_id = e.id
            WHERE e.session_id = \(id) AND e.is_stream AND b.id NOT IN (
                SELECT stream_event_id FROM message_rows WHERE session_id = \(id) AND stream_event_id IS NOT NULL)
            """)
        while let row = try rows.next() {
            if let block = StreamEventRow(excerpt: row) { blocks.append(block) }
        }
        blocks.sort { $0.block.id < $1.block.id }
    }

    private static func withoutText(_ row: MessageRow) -> MessageRow {
        var row = row
        if case .element = row.body { row.body = .element([]) }
        return row
    }
}

extension StreamEventRow {
    /// The columns of a row of `readBlocks`, in its order.
    fileprivate init?(excerpt row: [StoredValue]) {
        guard row.count == 11, let id = row[0].integer, let exchange = row[1].integer, let seq = row[2].integer,
            let at = row[3].integer, let end = row[4].integer,
            let kind = row[5].text.flatMap({ ServerSentBlock.Kind(rawValue: $0) })
        else { return nil }
        let block = ServerSentBlock(
            kind: kind, raw: [], type: row[6].text, id: row[7].text, retry: row[8].integer.map { Int($0) },
            data: row[9].bytes, comment: row[10].bytes)
        self.init(
            exchangeID: exchange, endNs: end, block: StreamBlock(id: id, seq: seq, firstByteAt: at, block: block))
    }
}

extension StoredValue {
    fileprivate var integer: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    fileprivate var text: String? {
        if case .text(let value) = self { value } else { nil }
    }

    fileprivate var bytes: [UInt8]? {
        switch self {
        case .text(let value): Array(value.utf8)
        case .blob(let bytes): bytes
        case .null, .integer, .real: nil
        }
    }
}
