import Traffic

/// Replaces what the fold derived of one recording by what another fold derives of the same observed rows, in one
/// transaction: walk `events`, `add` what comes of them, `finish`. Let go of before that, nothing has changed.
///
/// Sessions keep the names that they had, by id and base; counts of masked values are kept, because what was masked
/// cannot be masked again.
package final class CaptureReindexer {
    package let recording: RecordingRow
    /// The recording's observed rows as events.
    package let events: ObservedEvents
    private let path: String
    private let connection: Connection
    private let rows: RowWriter
    private var names: SessionNames
    private var isOpen = true

    /// Fails with `locked` while anybody records into the file: a fold can take longer than a recorder waits.
    package init(path: String, recording id: Int64) throws(StoreFailure) {
        self.path = path
        let connection = try CaptureFile.openForWriting(path, patienceMs: 2000)
        try CaptureFile.markInterrupted(connection)
        guard try CaptureFile.runningRecordings(connection).isEmpty else {
            throw StoreFailure(.locked, "\(path) is being recorded into; reindex when that has ended")
        }
        try connection.execute("BEGIN IMMEDIATE")
        let row = try connection.prepare(RecordingRow.table.select + " WHERE id = ?")
        row.put(id)
        guard try row.step() else { throw StoreFailure(.noSuchSession, "\(path) has no recording \(id)") }
        recording = try RecordingRow(from: row)
        row.reset()
        names = try SessionNames(connection, kept: try Self.names(connection, RowRange(recording: id)))
        try SearchIndex.drop(in: connection)
        try Self.clear(connection, RowRange(recording: id))
        events = try ObservedEvents(connection, recording: id)
        rows = try RowWriter(connection)
        self.connection = connection
    }

    deinit { connection.rollBack() }

    /// Writes the derived rows of a batch; its observed ones are there already.
    package func add(_ batch: RowBatch) throws(StoreFailure) {
        for exchange in batch.exchanges {
            if let attribution = exchange.attribution { try rows.write(attribution) }
        }
        _ = try rows.writeDerived(batch, naming: &names)
        for session in batch.sessions { try names.restore(session) }
    }

    package func finish(foldVersion: Int) throws(StoreFailure) {
        guard isOpen else { return }
        isOpen = false
        do throws(StoreFailure) {
            try connection.execute(
                """
                UPDATE main.message_rows SET redacted = k.redacted FROM temp.kept_redactions k
                WHERE k.id = message_rows.id AND message_rows.redacted < k.redacted
                """)
            try connection.run(
                "UPDATE recordings SET fold_version = ? WHERE id = ?", .integer(Int64(foldVersion)),
                .integer(recording.id))
            try connection.execute("COMMIT")
        } catch {
            connection.rollBack()
            throw error
        }
        CaptureFile.leaveWriteAheadLog(connection)
    }

    private static func names(
        _ connection: Connection, _ range: RowRange
    ) throws(StoreFailure) -> [Int64: SessionNames.Name] {
        let statement = try connection.prepare(
            "SELECT id, name_base, name_number FROM sessions WHERE \(range.condition) AND name_number IS NOT NULL")
        var names: [Int64: SessionNames.Name] = [:]
        while try statement.step() {
            let id = statement.takeInteger()
            names[id] = SessionNames.Name(base: statement.takeText(), number: statement.takeInteger())
        }
        return names
    }

    private static func clear(_ connection: Connection, _ range: RowRange) throws(StoreFailure) {
        try connection.execute(
            """
            DROP TABLE IF EXISTS temp.kept_redactions;
            CREATE TEMP TABLE kept_redactions AS
                SELECT id, redacted FROM message_rows WHERE \(range.condition) AND redacted > 0;
            DELETE FROM sessions WHERE \(range.condition);
            DELETE FROM message_rows WHERE \(range.condition);
            DELETE FROM calls WHERE \(range.condition);
            UPDATE exchanges SET session_id = NULL, dialect = NULL, dialect_evidence = NULL, dialect_confidence = NULL
                WHERE \(range.condition) AND (session_id IS NOT NULL OR dialect IS NOT NULL
                    OR dialect_evidence IS NOT NULL OR dialect_confidence IS NOT NULL);
            """)
    }
}
