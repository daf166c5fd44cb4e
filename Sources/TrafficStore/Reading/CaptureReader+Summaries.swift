import Traffic

/// A row of `session_summary`: counts, durations and what was left over.
package struct SessionSummary: Sendable, Hashable {
    package var sessionID: Int64
    package var name: String?
    package var durationMs: Double
    package var exchanges: Int64
    package var streams: Int64
    /// Streams that nobody had closed when the recording ended or was last seen.
    package var openStreams: Int64
    package var messages: Int64
    package var invalidMessages: Int64
    package var clientBytes: Int64
    package var serverBytes: Int64
    package var calls: Int64
    /// How many calls ended (or not) in each way; a status without calls is absent.
    package var statuses: [CallRow.Status: Int64]
    package var meanLatencyMs: Double?
    package var maxLatencyMs: Double?
}

extension CaptureReader {
    /// In the order in which the sessions began, of one recording or of all.
    package func summaries(ofRecording recording: Int64? = nil) throws(StoreFailure) -> [SessionSummary] {
        try summaries(where: recording.map { "recording_id = \($0)" } ?? "1")
    }

    package func summary(ofSession session: Int64) throws(StoreFailure) -> SessionSummary? {
        try summaries(where: "session_id = \(session)").first
    }

    private func summaries(where condition: String) throws(StoreFailure) -> [SessionSummary] {
        wantIndexes()
        let statement = try connection.prepare(
            """
            SELECT session_id, name, duration_ms, exchanges, streams, open_streams, messages, invalid_messages,
                c2s_bytes, s2c_bytes, calls, ok, tool_errors, rpc_errors, http_errors, cancelled, pending, unanswered,
                mean_latency_ms, max_latency_ms
            FROM session_summary WHERE \(condition) ORDER BY started_ns, session_id
            """)
        var found: [SessionSummary] = []
        while try statement.step() { found.append(SessionSummary(from: statement)) }
        return found
    }
}

extension SessionSummary {
    fileprivate init(from statement: Statement) {
        self.init(
            sessionID: statement.takeInteger(), name: statement.takeOptionalText(),
            durationMs: statement.takeOptionalReal() ?? 0, exchanges: statement.takeInteger(),
            streams: statement.takeInteger(), openStreams: statement.takeInteger(), messages: statement.takeInteger(),
            invalidMessages: statement.takeInteger(), clientBytes: statement.takeInteger(),
            serverBytes: statement.takeInteger(), calls: statement.takeInteger(), statuses: [:])
        let order: [CallRow.Status] = [
            .ok, .toolError, .rpcError, .httpError, .cancelled, .pending, .unanswered,
        ]
        for status in order {
            let count = statement.takeInteger()
            if count > 0 { statuses[status] = count }
        }
        meanLatencyMs = statement.takeOptionalReal()
        maxLatencyMs = statement.takeOptionalReal()
    }
}
