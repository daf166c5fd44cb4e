import CSQLite
import Traffic

/// The capture format: which file is one, and how an older one becomes one of today.
enum Schema {
    /// `MCPi`, in `PRAGMA application_id`.
    static let applicationID: Int64 = 0x4D43_5069
    static var version: Int64 { allMigrations.last?.version ?? 0 }

    /// Indexes that are there while a recording runs. Three on the hot tables, because each costs every insert.
    static let standingIndexes = [
        "CREATE INDEX IF NOT EXISTS stream_events_by_exchange ON stream_events (exchange_id)",
        "CREATE INDEX IF NOT EXISTS message_rows_by_session ON message_rows (session_id)",
        "CREATE INDEX IF NOT EXISTS exchanges_by_session ON exchanges (session_id)",
    ]

    /// Indexes that only readers want: absent while somebody records.
    static let deferredIndexes = [
        ("message_rows_by_exchange", "message_rows (exchange_id)"),
        ("message_rows_by_call", "message_rows (call_id)"),
        ("calls_by_session", "calls (session_id)"),
        ("calls_by_exchange", "calls (exchange_id)"),
    ]

    /// Fails unless the file is a capture that this version reads.
    static func check(_ connection: Connection, known: [Migration] = allMigrations) throws(StoreFailure) {
        let path = connection.path
        guard try connection.integer("PRAGMA application_id") == applicationID else { throw .notACapture(path) }
        let version = try connection.integer("PRAGMA user_version") ?? 0
        if version > known.last?.version ?? 0 { throw .newer(path, version: version) }
    }

    /// Makes an empty file a capture, and an older capture one of today. Fails for every other file.
    static func migrate(_ connection: Connection, with migrations: [Migration] = allMigrations) throws(StoreFailure) {
        if try connection.integer("PRAGMA application_id") == applicationID,
            try connection.integer("PRAGMA user_version") == migrations.last?.version
        {
            return
        }
        try connection.transaction { () throws(StoreFailure) in
            if try connection.integer("SELECT count(*) FROM sqlite_schema") == 0,
                try connection.integer("PRAGMA application_id") == 0
            {
                try connection.execute("PRAGMA application_id = \(applicationID)")
            }
            try check(connection, known: migrations)
            let version = try connection.integer("PRAGMA user_version") ?? 0
            for migration in migrations where migration.version > version {
                try connection.execute(migration.sql)
                try connection.execute("PRAGMA user_version = \(migration.version)")
            }
            for index in standingIndexes { try connection.execute(index) }
            for view in allViews { try connection.execute("DROP VIEW IF EXISTS \(view.name)") }
            for view in allViews { try connection.execute("CREATE VIEW \(view.name) AS \(view.sql)") }
        }
    }

    /// Gives this connection views of its own in place of the file's, which somebody else may have written.
    static func shadowViews(_ connection: Connection) throws(StoreFailure) {
        let tables = tableNames.map(\.sqlLiteral).joined(separator: ", ")
        let found = try connection.integer(
            "SELECT count(*) FROM main.sqlite_schema WHERE type = 'table' AND name IN (\(tables))")
        guard found == Int64(tableNames.count) else {
            throw StoreFailure(.corrupt, "\(connection.path) lacks tables of a capture; it was changed by hand")
        }
        try fillColumns(connection)
        for view in allViews { try connection.execute("CREATE TEMP VIEW \(view.name) AS \(view.sql)") }
        // The file's table of this name reads the file's view of messages.
        try connection.execute("CREATE TEMP VIEW message_search AS SELECT id AS rowid, body FROM temp.messages")
    }

    /// Lets a file of an older format seem to have the columns that came later, all NULL, and the tables, all empty.
    private static func fillColumns(_ connection: Connection) throws(StoreFailure) {
        for table in [
            RecordingRow.table, ConnectionRow.table, ExchangeRow.table, StreamEventRow.table, GapRow.table,
            SessionRow.table, MessageRow.table, CallRow.table,
        ] {
            let listed = try connection.text(
                "SELECT group_concat(name, ' ') FROM pragma_table_info(\(table.name.sqlLiteral), 'main')")
            let there = Set((listed ?? "").split(separator: " ").map(String.init))
            let missing = table.columns.filter { !there.contains($0) }.map { ", NULL AS \($0)" }
            guard !missing.isEmpty else { continue }
            try connection.execute(
                "CREATE TEMP VIEW \(table.name) AS SELECT *\(missing.joined()) FROM main.\(table.name)")
        }
        for table in laterTables where try !isThere(table, connection) {
            let columns = table.columns.map { "NULL AS \($0)" }.joined(separator: ", ")
            try connection.execute("CREATE TEMP VIEW \(table.name) AS SELECT \(columns) WHERE 0")
        }
    }

    private static func isThere(_ table: Table, _ connection: Connection) throws(StoreFailure) -> Bool {
        try connection.integer(
            "SELECT count(*) FROM main.sqlite_schema WHERE type = 'table' AND name = ?", .text(table.name)) == 1
    }

    /// Tables that formats before today's lack.
    static let laterTables = [ReplayRow.table, DivergenceRow.table]

    /// Tables of every format.
    static let tableNames = [
        "recordings", "connections", "exchanges", "stream_events", "gaps", "sessions", "message_rows", "calls",
    ]

    static func dropDeferredIndexes(_ connection: Connection) throws(StoreFailure) {
        for index in deferredIndexes { try connection.execute("DROP INDEX IF EXISTS \(index.0)") }
    }

    static func buildDeferredIndexes(_ connection: Connection) throws(StoreFailure) {
        for index in deferredIndexes { try build(index, in: connection) }
    }

    static func build(_ index: (String, String), in connection: Connection) throws(StoreFailure) {
        try connection.execute("CREATE INDEX IF NOT EXISTS \(index.0) ON \(index.1)")
    }
}
