import Testing
import Traffic
import TrafficStore

/// What a test wants to know of a capture.
struct Capture {
    let reader: CaptureReader

    init(_ path: String) throws { reader = try CaptureReader(path: path) }

    func values(_ sql: String) throws -> [[StoredValue]] {
        let rows = try reader.query(sql)
        var found: [[StoredValue]] = []
        while let row = try rows.next() { found.append(row) }
        return found
    }

    func integers(_ sql: String) throws -> [Int64] {
        try values(sql).compactMap { if case .integer(let value)? = $0.first { value } else { nil } }
    }

    func texts(_ sql: String) throws -> [String] {
        try values(sql).compactMap { if case .text(let value)? = $0.first { value } else { nil } }
    }

    /// Every exchange, in the order of ids.
    func exchanges() throws -> [ExchangeRow] {
        try integers("SELECT id FROM exchanges ORDER BY id").map { try #require(try reader.exchange($0)) }
    }

    /// The blocks of a stream, in their order.
    func blocks(of exchange: ExchangeRow) throws -> [StreamBlock] {
        try reader.streamEvents(ofExchange: exchange.id).map(\.block).sorted { $0.seq < $1.seq }
    }

    /// All rows that the fold writes, by table.
    func derivedRows() throws -> [String: [[StoredValue]]] {
        var tables: [String: [[StoredValue]]] = [:]
        for table in ["sessions", "message_rows", "calls"] {
            tables[table] = try values("SELECT * FROM \(table) ORDER BY id")
        }
        tables["exchanges"] = try values(
            "SELECT id, session_id, dialect, dialect_evidence, dialect_confidence FROM exchanges ORDER BY id")
        return tables
    }
}

/// Derives everything of the only recording again and expects what stands there already.
func expectReindexChangesNothing(_ path: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let before = try Capture(path).derivedRows()
    let reindexer = try CaptureReindexer(path: path, recording: 1)
    var fold = Fold(recordingID: 1, name: reindexer.recording.name)
    while let event = try reindexer.events.next() { fold.apply(event) }
    if let ended = reindexer.recording.endedNs, !reindexer.recording.interrupted { fold.finish(at: ended) }
    var batch = RowBatch()
    fold.drain(into: &batch)
    try reindexer.add(batch)
    try reindexer.finish(foldVersion: Fold.version)
    let after = try Capture(path).derivedRows()
    for (table, rows) in before {
        let again = after[table] ?? []
        #expect(rows.count == again.count, "\(table)", sourceLocation: sourceLocation)
        for (row, other) in zip(rows, again) where row != other {
            Issue.record("\(table): \(other) instead of \(row)", sourceLocation: sourceLocation)
        }
    }
}
