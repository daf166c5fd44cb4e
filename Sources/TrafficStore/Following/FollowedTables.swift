import Traffic

/// The tables as a follower reads them: rows without what may be large, and how far a row has come as a number.
///
/// Their names stand without the database's, as `Schema.shadowViews` gives older formats the columns that they lack.
struct FollowedTables {
    let recordings: Statement
    let recording: Statement
    let sessions: FollowedTable
    let exchanges: FollowedTable
    let calls: FollowedTable
    let messages: Statement
    let blocks: Statement
    let gaps: Statement

    /// How many rows of a table and a recording are taken at a time.
    static let page = 2000
    /// What is kept of a text that is shown beside a line.
    static let excerpt = 300

    init(_ connection: Connection) throws(StoreFailure) {
        recordings = try connection.prepare(RecordingRow.table.select + " WHERE id > ? ORDER BY id")
        recording = try connection.prepare(RecordingRow.table.select + " WHERE id = ?")
        sessions = try FollowedTable(
            connection, "sessions",
            stage: "(name IS NOT NULL) + 2 * (dialect IS NOT NULL) + 4 * (ended_ns IS NOT NULL)",
            row: """
                SELECT \(SessionRow.table.list(prefix: "s.")), s.name, \(RecordingRow.table.list(prefix: "r."))
                FROM sessions s JOIN recordings r ON r.id = s.recording_id WHERE s.id = ?
                """)
        exchanges = try FollowedTable(
            connection, "exchanges",
            stage: "(response_start_ns IS NOT NULL) + 2 * (session_id IS NOT NULL) + 4 * (response_end_ns IS NOT NULL)",
            row: Self.light(
                ExchangeRow.table,
                [
                    "request_headers": "CASE WHEN last_event_id IS NULL THEN '[]' ELSE request_headers END",
                    "request_body": "NULL", "response_headers": "'[]'",
                    "response_body": "CASE WHEN status >= 400 THEN substr(response_body, 1, \(Self.excerpt)) END",
                    "response_raw": "NULL", "chunks": "NULL", "informational": "NULL", "trailers": "NULL",
                ]) + " WHERE id = ?")
        calls = try FollowedTable(
            connection, "calls", stage: "1 + 4 * (status <> 'pending')", row: CallRow.table.select + " WHERE id = ?")
        let range = " WHERE id > ? AND id <= ? ORDER BY id LIMIT \(Self.page)"
        messages = try connection.prepare(Self.light(MessageRow.table, ["element": "NULL"]) + range)
        blocks = try connection.prepare(
            Self.light(
                StreamEventRow.table,
                [
                    "layout": "NULL", "data": "substr(data, 1, \(Self.excerpt))",
                    "comment": "substr(comment, 1, \(Self.excerpt))", "raw": "x''",
                ]) + range)
        gaps = try connection.prepare(GapRow.table.select + range)
    }

    private static func light(_ table: Table, _ instead: [String: String]) -> String {
        "SELECT \(table.columns.map { instead[$0] ?? $0 }.joined(separator: ", ")) FROM \(table.name)"
    }
}

/// A table whose rows are written more than once.
struct FollowedTable {
    /// Ids and stages of rows in a stretch of ids.
    let new: Statement
    /// The stage of a row.
    let stage: Statement
    let row: Statement
    /// Ids and stages of rows in a stretch that may yet change.
    let unfinished: Statement

    init(_ connection: Connection, _ name: String, stage: String, row: String) throws(StoreFailure) {
        let range = "FROM \(name) WHERE id > ? AND id <= ?"
        new = try connection.prepare("SELECT id, \(stage) \(range) ORDER BY id LIMIT \(FollowedTables.page)")
        self.stage = try connection.prepare("SELECT \(stage) FROM \(name) WHERE id = ?")
        self.row = try connection.prepare(row)
        unfinished = try connection.prepare("SELECT id, \(stage) \(range) AND (\(stage)) & 4 = 0 ORDER BY id")
    }

    func read<Row>(
        _ id: Int64, _ make: (Statement) throws(StoreFailure) -> Row
    ) throws(StoreFailure) -> Row? {
        defer { row.reset() }
        row.put(id)
        return try row.step() ? try make(row) : nil
    }

    /// The stage of a row, or nil where there is no such row (yet).
    func stage(of id: Int64) throws(StoreFailure) -> Int64? {
        defer { stage.reset() }
        stage.put(id)
        return try stage.step() ? stage.takeInteger() : nil
    }
}

extension Statement {
    /// Every row that the statement gives for these parameters.
    func all<Row>(
        _ parameters: Int64..., make: (Statement) throws(StoreFailure) -> Row
    ) throws(StoreFailure) -> [Row] {
        defer { reset() }
        for parameter in parameters { put(parameter) }
        var rows: [Row] = []
        while try step() { rows.append(try make(self)) }
        return rows
    }
}
