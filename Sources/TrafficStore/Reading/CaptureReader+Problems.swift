import Traffic

/// What is read of a capture only to say what went wrong in it.
extension CaptureReader {
    /// By message, what the errors of a session say (`error.message`), and the results of tools that failed (their first
    /// text, else their structured content): the beginning of each. Those that say nothing are left out.
    package func said(inSession session: Int64) throws(StoreFailure) -> [Int64: String] {
        let statement = try connection.prepare(
            """
            SELECT m.id, substr(\(View.said(by: "m")), 1, 600)
            FROM messages m WHERE m.session_id = ?1 AND (m.kind = 'error' OR m.id IN (
                SELECT response_id FROM calls WHERE session_id = ?1 AND status = 'tool_error'))
            """)
        statement.put(session)
        var found: [Int64: String] = [:]
        while try statement.step() {
            let id = statement.takeInteger()
            if let said = statement.takeOptionalText(), !said.isEmpty { found[id] = said }
        }
        return found
    }

    /// Connections over which nothing was said because their TLS handshake failed, but those to a server whose client
    /// was told so.
    package func failedHandshakes(ofRecording recording: Int64) throws(StoreFailure) -> [ConnectionRow] {
        try rows(
            where: """
                recording_id = ?1 AND tls LIKE 'failed: %' AND (leg <> 'upstream' OR NOT EXISTS (
                    SELECT 1 FROM exchanges e WHERE e.upstream_connection_id = connections.id))
                """, .integer(recording))
    }

    /// Recordings that some process on this machine is still writing.
    package func runningRecordings() throws(StoreFailure) -> [Int64] {
        try CaptureFile.runningRecordings(connection)
    }
}
