import CSQLite
import Traffic

/// The copying of sessions from the attached database `source` into `main`.
struct SessionCopy {
    private let connection: Connection
    private let sessions: [Int64]
    /// So many rows a statement: a read of the source ends with each.
    private static let page = 5000

    init(_ connection: Connection, _ sessions: [Int64]) {
        self.connection = connection
        self.sessions = sessions
    }

    func run() throws(StoreFailure) {
        try connection.execute("CREATE TEMP TABLE wanted (id INTEGER PRIMARY KEY)")
        for session in sessions {
            try connection.run("INSERT OR IGNORE INTO temp.wanted VALUES (?)", .integer(session))
        }
        let ofSession = "session_id IN (SELECT id FROM temp.wanted)"
        try copy("calls", where: ofSession)
        try copy("message_rows", where: ofSession)
        try connection.execute(
            """
            CREATE TEMP TABLE wanted_exchanges AS
                SELECT id FROM source.exchanges WHERE \(ofSession)
                UNION SELECT exchange_id FROM main.message_rows WHERE exchange_id IS NOT NULL
                UNION SELECT exchange_id FROM main.calls WHERE exchange_id IS NOT NULL
                UNION SELECT response_exchange_id FROM main.calls WHERE response_exchange_id IS NOT NULL;
            CREATE INDEX temp.wanted_exchanges_by_id ON wanted_exchanges (id);
            """)
        let ofExchange = "IN (SELECT id FROM temp.wanted_exchanges)"
        try copy("stream_events", where: "exchange_id " + ofExchange)
        try copy("exchanges", where: "id " + ofExchange)
        try connection.execute(
            """
            CREATE TEMP TABLE wanted_connections AS
                SELECT connection_id AS id FROM main.exchanges UNION SELECT upstream_connection_id FROM main.exchanges;
            CREATE TEMP TABLE wanted_recordings AS SELECT DISTINCT id >> 32 AS id FROM temp.wanted;
            """)
        let ofConnection = "IN (SELECT id FROM temp.wanted_connections)"
        let ofRecording = "IN (SELECT id FROM temp.wanted_recordings)"
        try copy("connections", where: "id " + ofConnection)
        try copy(
            "gaps",
            where: """
                recording_id \(ofRecording) AND (exchange_id \(ofExchange)
                    OR exchange_id IS NULL AND (connection_id IS NULL OR connection_id \(ofConnection)))
                """)
        try copy("sessions", where: "id IN (SELECT id FROM temp.wanted)")
        try copy("recordings", where: "id " + ofRecording)
        try trim()
    }

    /// The copy holds the recordings' rows only in part, and nobody writes on in it.
    private func trim() throws(StoreFailure) {
        try connection.execute(
            """
            UPDATE main.recordings SET ended_ns = coalesce(ended_ns, last_ns),
                gaps = (SELECT count(*) FROM main.gaps g WHERE g.recording_id = recordings.id),
                gap_bytes = (SELECT coalesce(sum(bytes), 0) FROM main.gaps g WHERE g.recording_id = recordings.id);
            DROP TABLE temp.wanted; DROP TABLE temp.wanted_exchanges; DROP TABLE temp.wanted_connections;
            DROP TABLE temp.wanted_recordings;
            """)
    }

    private func copy(_ table: String, where condition: String) throws(StoreFailure) {
        let columns = try self.columns(of: table)
        let statement = try connection.prepare(
            """
            INSERT INTO main.\(table) (\(columns)) SELECT \(columns) FROM source.\(table)
            WHERE (\(condition)) AND id > (SELECT coalesce(max(id), -1) FROM main.\(table))
            ORDER BY id LIMIT \(Self.page)
            """)
        repeat { try statement.run() } while sqlite3_changes64(connection.handle) > 0
    }

    private func columns(of table: String) throws(StoreFailure) -> String {
        // A source of an older format lacks columns that came later.
        let list = try connection.text(
            """
            SELECT group_concat(name, ', ') FROM pragma_table_info('\(table)', 'main')
            WHERE name IN (SELECT name FROM pragma_table_info('\(table)', 'source'))
            """)
        return list ?? "id"
    }
}
