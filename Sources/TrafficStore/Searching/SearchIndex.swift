import Traffic

/// Full-text search over the texts of messages: which messages may hold a text of three characters or more.
///
/// It knows every three characters that follow each other in a text, not where, and keeps no text; so what it finds is
/// looked at again, and the answers are those of a scan. It is made when many messages have come since, never while
/// anybody records, a little at a time: how far it is in each recording stands beside it, and what is beyond is
/// scanned.
enum SearchIndex {
    /// The table stands for `messages`, so that people can ask it with `LIKE`; our own queries ask only for row ids.
    static let table = """
        CREATE VIRTUAL TABLE message_search USING fts5(body, content='messages', content_rowid='id', \
        tokenize='trigram', detail='none')
        """
    private static let progress = """
        CREATE TABLE IF NOT EXISTS message_search_progress (
            recording_id INTEGER PRIMARY KEY, last_id INTEGER NOT NULL
        ) STRICT
        """
    /// Fewer messages are scanned in no time.
    static let worthwhile: Int64 = 20_000
    /// How much goes in at a time.
    private static let rowsAtOnce = 2000
    private static let bytesAtOnce: Int64 = 4 << 20

    /// Whether the file has the index as we make it.
    static func exists(in connection: Connection) throws(StoreFailure) -> Bool {
        try connection.text(
            "SELECT sql FROM main.sqlite_schema WHERE name = 'message_search' AND type = 'table'") == table
    }

    /// Up to which id a recording's messages are in the index; nil where none are.
    static func lastID(ofRecording recording: Int64, in connection: Connection) throws(StoreFailure) -> Int64? {
        guard try exists(in: connection) else { return nil }
        return try connection.integer(
            "SELECT last_id FROM main.message_search_progress WHERE recording_id = ?", .integer(recording))
    }

    /// How many messages are not in it, at most.
    static func backlog(in connection: Connection) throws(StoreFailure) -> Int64 {
        var count: Int64 = 0
        for recording in try recordings(in: connection) {
            let last = try lastID(ofRecording: recording, in: connection) ?? recording << 32
            let newest = try connection.integer(
                "SELECT max(id) FROM main.message_rows WHERE \(RowRange(recording: recording).condition)")
            count += max(0, (newest ?? last) - last)
        }
        return count
    }

    /// Takes in what is not in it yet, for so long at most. Stops where somebody records.
    static func extend(_ connection: Connection, for limit: Duration) throws(StoreFailure) {
        let deadline = ContinuousClock.now + limit
        for recording in try recordings(in: connection) {
            while try takeIn(recording, connection) {
                if ContinuousClock.now >= deadline { return }
            }
        }
    }

    /// What it says is no longer so.
    static func drop(in connection: Connection) throws(StoreFailure) {
        try connection.execute(
            "DROP TABLE IF EXISTS main.message_search; DROP TABLE IF EXISTS main.message_search_progress")
    }

    private static func recordings(in connection: Connection) throws(StoreFailure) -> [Int64] {
        let statement = try connection.prepare("SELECT id FROM main.recordings ORDER BY id")
        return try statement.all(make: { $0.takeInteger() })
    }

    /// One transaction. Returns whether there may be more of the recording.
    private static func takeIn(_ recording: Int64, _ connection: Connection) throws(StoreFailure) -> Bool {
        let after = try lastID(ofRecording: recording, in: connection) ?? recording << 32
        guard let last = try end(after: after, recording, connection) else { return false }
        return try connection.transaction { () throws(StoreFailure) in
            guard try CaptureFile.runningRecordings(connection).isEmpty else { return false }
            if try !exists(in: connection) {
                try drop(in: connection)
                try connection.execute(table)
                try connection.execute(progress)
            }
            // Somebody else may have come first.
            guard try lastID(ofRecording: recording, in: connection) ?? recording << 32 == after else { return true }
            try connection.run(
                """
                INSERT INTO main.message_search (rowid, body) SELECT id, text FROM (
                    SELECT m.id, \(View.messageText(event: "b", exchange: "e")) AS text FROM main.message_rows m
                        LEFT JOIN main.stream_events b ON b.id = m.stream_event_id
                        LEFT JOIN main.exchanges e ON e.id = m.exchange_id
                    WHERE m.id > ? AND m.id <= ? ORDER BY m.id) WHERE typeof(text) = 'text'
                """, .integer(after), .integer(last))
            try connection.run(
                "INSERT OR REPLACE INTO main.message_search_progress VALUES (?, ?)", .integer(recording), .integer(last)
            )
            return true
        }
    }

    /// The last of the messages that go in together; nil where there are none.
    private static func end(
        after: Int64, _ recording: Int64, _ connection: Connection
    ) throws(StoreFailure) -> Int64? {
        let statement = try connection.prepare(
            "SELECT id, bytes FROM main.message_rows WHERE id > ? AND id <= ? ORDER BY id LIMIT \(rowsAtOnce)")
        statement.put(after)
        statement.put(RowRange(recording: recording).upper)
        var last: Int64?
        var bytes: Int64 = 0
        while bytes < bytesAtOnce, try statement.step() {
            last = statement.takeInteger()
            bytes += statement.takeInteger()
        }
        return last
    }
}

extension CaptureFile {
    /// Makes the index for search where it is worth it, for so long at most; not while anybody records.
    static func extendSearch(_ connection: Connection, for limit: Duration) throws(StoreFailure) {
        guard try runningRecordings(connection).isEmpty,
            try SearchIndex.backlog(in: connection) >= SearchIndex.worthwhile
        else { return }
        try SearchIndex.extend(connection, for: limit)
    }
}
