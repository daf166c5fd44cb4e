extension View {
    /// One row a session: who, how long, how much, and what was left over (`unanswered` calls, `open_streams`).
    /// What is still open lasts until its recording was last seen.
    static let sessionSummary = View(
        name: "session_summary",
        sql: """
            SELECT s.id AS session_id, s.recording_id, s.name, s.started_ns, \(at("s.started_ns")), s.ended_ns,
                (coalesce(s.ended_ns, r.last_ns) - s.started_ns) / 1000000.0 AS duration_ms,
                s.end_reason, s.dialect, s.revision, s.client_name, s.client_version, s.server_name,
                s.server_version, s.confidence, r.source,
                coalesce(e.exchanges, 0) AS exchanges, coalesce(e.streams, 0) AS streams,
                coalesce(e.open_streams, 0) AS open_streams,
                coalesce(m.messages, 0) AS messages, coalesce(m.invalid, 0) AS invalid_messages,
                coalesce(m.c2s_bytes, 0) AS c2s_bytes, coalesce(m.s2c_bytes, 0) AS s2c_bytes,
                coalesce(c.calls, 0) AS calls, coalesce(c.ok, 0) AS ok, coalesce(c.tool_errors, 0) AS tool_errors,
                coalesce(c.rpc_errors, 0) AS rpc_errors, coalesce(c.http_errors, 0) AS http_errors,
                coalesce(c.cancelled, 0) AS cancelled, coalesce(c.pending, 0) AS pending,
                coalesce(c.unanswered, 0) AS unanswered, c.mean_latency_ms, c.max_latency_ms
            FROM sessions s
            JOIN recordings r ON r.id = s.recording_id
            LEFT JOIN (
                SELECT session_id, count(*) AS exchanges, sum(is_stream) AS streams,
                    sum(is_stream AND (response_end_ns IS NULL OR ended_by = 'recorder')) AS open_streams
                FROM exchanges GROUP BY session_id
            ) e ON e.session_id = s.id
            LEFT JOIN (
                SELECT session_id, count(*) AS messages, sum(kind = 'invalid') AS invalid,
                    sum(bytes) FILTER (WHERE direction = 'c2s') AS c2s_bytes,
                    sum(bytes) FILTER (WHERE direction = 's2c') AS s2c_bytes
                FROM message_rows GROUP BY session_id
            ) m ON m.session_id = s.id
            LEFT JOIN (\(calls)) c ON c.session_id = s.id
            """)

    private static let calls = """
        SELECT session_id, count(*) AS calls, sum(status = 'ok') AS ok, sum(status = 'tool_error') AS tool_errors,
            sum(status = 'rpc_error') AS rpc_errors, sum(status = 'http_error') AS http_errors,
            sum(status = 'cancelled') AS cancelled, sum(status = 'pending') AS pending,
            sum(status = 'unanswered') AS unanswered, avg(latency_ms) AS mean_latency_ms,
            max(latency_ms) AS max_latency_ms
        FROM calls GROUP BY session_id
        """
}
