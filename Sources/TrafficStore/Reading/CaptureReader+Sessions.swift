import Traffic

extension CaptureReader {
    /// Sessions in the order in which they began, of one recording or of all.
    package func sessions(ofRecording recording: Int64? = nil) throws(StoreFailure) -> [StoredSession] {
        let range = recording.map { "s." + RowRange(recording: $0).condition } ?? "1"
        return try sessions(where: range)
    }

    package func session(_ id: Int64) throws(StoreFailure) -> StoredSession? {
        try sessions(where: "s.id = ?", .integer(id)).first
    }

    private func sessions(where condition: String, _ arguments: StoredValue...) throws(StoreFailure) -> [StoredSession]
    {
        let statement = try connection.prepare(
            """
            SELECT \(SessionRow.table.list(prefix: "s.")), s.name, \(RecordingRow.table.list(prefix: "r."))
            FROM sessions s JOIN recordings r ON r.id = s.recording_id
            WHERE \(condition) ORDER BY s.started_ns, s.id
            """)
        for argument in arguments { statement.put(argument) }
        var found: [StoredSession] = []
        while try statement.step() {
            let row = try SessionRow(from: statement)
            let name = statement.takeOptionalText()
            found.append(StoredSession(row: row, name: name, recording: try RecordingRow(from: statement)))
        }
        return found
    }

    /// The sessions of this file that an argument means: `latest`, a name, an id, or the name of a recording (all
    /// sessions of the newest one of that name). Throws `noSuchSession`.
    package func sessionIDs(matching argument: String) throws(StoreFailure) -> [Int64] {
        if argument == "latest" {
            guard let latest = try latestSession() else {
                throw StoreFailure(.noSuchSession, "\(path) has no captured session\(try whyNoSession())")
            }
            return [latest]
        }
        if let id = try connection.integer("SELECT id FROM sessions WHERE name = ?", .text(argument)) { return [id] }
        if let number = Int64(argument),
            let id = try connection.integer("SELECT id FROM sessions WHERE id = ?", .integer(number))
        {
            return [id]
        }
        let recording = try connection.integer(
            """
            SELECT max(r.id) FROM recordings r
            WHERE r.name = ? AND EXISTS (SELECT 1 FROM sessions s WHERE s.recording_id = r.id)
            """, .text(argument))
        guard let recording else {
            throw StoreFailure(
                .noSuchSession,
                "no session is called \(argument) in \(path); mcp-inspect sessions lists those that are there")
        }
        return try sessions(ofRecording: recording).map(\.row.id)
    }

    /// What there is instead of sessions, as the end of a sentence that says that there are none.
    package func whyNoSession() throws(StoreFailure) -> String {
        let exchanges = try connection.integer(
            """
            SELECT count(*) FROM exchanges e JOIN recordings r ON r.id = e.recording_id
            WHERE r.source NOT IN ('replay', 'load', 'mock')
            """)
        guard let exchanges, exchanges > 0 else { return "; make one with mcp-inspect record" }
        return ": none of the HTTP exchanges in it (\(exchanges)) is MCP; "
            + "mcp-inspect sql \"SELECT method, path, status FROM exchanges\" lists them"
    }

    /// The newest captured session, never one made by replay, load or mock, with an answered request that is no failed
    /// probe; where no request was ever answered, the newest.
    private func latestSession() throws(StoreFailure) -> Int64? {
        wantIndexes()
        let captured = """
            SELECT s.id FROM sessions s JOIN recordings r ON r.id = s.recording_id
            WHERE r.source NOT IN ('replay', 'load', 'mock')
            """
        let newest = "ORDER BY s.started_ns DESC, s.id DESC LIMIT 1"
        let answered = try connection.integer(
            """
            \(captured) AND EXISTS (
                SELECT 1 FROM calls c WHERE c.session_id = s.id AND (c.status IN ('ok', 'tool_error')
                    OR (c.status = 'rpc_error' AND c.method NOT IN ('initialize', 'server/discover'))))
            \(newest)
            """)
        if let answered { return answered }
        return try connection.integer("\(captured) \(newest)")
    }
}
