import CSQLite
import Traffic

/// Reads a capture database, also one that is being written or that lies where nothing can be written.
///
/// Each question is a statement of its own that ends before its answer is given, so no reader stands in the way of
/// a writer's checkpoint. Used from one thread at a time.
package final class CaptureReader: TrafficArchive {
    package let path: String
    let connection: Connection
    private var texts: Statement?
    private var hasIndexes = false
    private var hasSearch = false

    /// Opens the capture. Recordings whose process is gone are marked as interrupted on the way, where that can be
    /// written. Throws `missing`, `notACapture`, `newer`, `readOnly`, `locked` or `corrupt`.
    package init(path: String) throws(StoreFailure) {
        CaptureFile.settle(path)
        self.path = path
        connection = try CaptureFile.openForReading(path)
    }

    /// Every recording, oldest first.
    package func recordings() throws(StoreFailure) -> [RecordingRow] { try rows(where: "1") }

    package func recording(_ id: Int64) throws(StoreFailure) -> RecordingRow? {
        try rows(RecordingRow.self, where: "id = ?", limit: 1, .integer(id)).first
    }

    /// The bytes of a message, valid JSON or not, from where they stand.
    package func text(of message: MessageRow) throws(StoreFailure) -> [UInt8]? {
        if case .element(let text) = message.body { return text }
        if texts == nil { texts = try connection.prepare("SELECT coalesce(body, raw) FROM messages WHERE id = ?") }
        guard let statement = texts else { return nil }
        defer { statement.reset() }
        statement.put(message.id)
        return try statement.step() ? statement.takeContent() : nil
    }

    func rows<Row: StoredRow>(
        _: Row.Type = Row.self, where condition: String, limit: Int = .max, _ arguments: StoredValue...
    ) throws(StoreFailure) -> [Row] {
        let statement = try connection.prepare(
            Row.table.select + " WHERE \(condition) ORDER BY id LIMIT \(Int64(limit))")
        for argument in arguments { statement.put(argument) }
        var rows: [Row] = []
        while try statement.step() { rows.append(try Row(from: statement)) }
        return rows
    }

    /// Builds the indexes that only readers want, unless somebody is recording or the file cannot be written: then
    /// the answer just takes longer.
    func wantIndexes() {
        guard !hasIndexes else { return }
        hasIndexes = true
        let names = Schema.deferredIndexes.map(\.0.sqlLiteral).joined(separator: ", ")
        let found = try? connection.integer("SELECT count(*) FROM main.sqlite_schema WHERE name IN (\(names))")
        guard found != Int64(Schema.deferredIndexes.count), connection.access != .immutable,
            (try? CaptureFile.runningRecordings(connection)) == [],
            let writer = try? Connection(path: path, access: .readWrite, patienceMs: 0)
        else { return }
        try? CaptureFile.buildIndexes(writer)
    }

    /// How a filter finds the messages of a session. Search is made faster on the way where it is worth it.
    func messageFacts(ofSession session: Int64, for filter: Filter) -> FilterFacts {
        guard filter.readsText else { return .messages(ofSession: session) }
        wantSearch()
        let indexed = try? SearchIndex.lastID(ofRecording: session >> 32, in: connection)
        return .messages(ofSession: session, indexed: indexed)
    }

    private func wantSearch() {
        guard !hasSearch else { return }
        hasSearch = true
        guard connection.access != .immutable,
            (try? SearchIndex.backlog(in: connection)) ?? 0 >= SearchIndex.worthwhile,
            let writer = try? Connection(path: path, access: .readWrite, patienceMs: 0)
        else { return }
        try? CaptureFile.extendSearch(writer, for: .seconds(2))
    }
}
