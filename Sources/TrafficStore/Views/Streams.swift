extension View {
    /// One row a stream. `events` leaves heartbeats out. A silence is the time between two bytes; the largest counts
    /// the one before the first block and the one at the end. What is still open is as old as its recording was when
    /// it was last seen. `reconnect_ms` is the time until the same session opened its next GET stream.
    static let streams = View(
        name: "streams",
        sql: """
            SELECT o.exchange_id, o.session_id, o.recording_id, o.method, o.path, o.opened_ns, \(at("o.opened_ns")),
                (o.until_ns - o.opened_ns) / 1000000.0 AS age_ms,
                coalesce(b.events, 0) - coalesce(h.beating_events, 0) AS events,
                coalesce(h.heartbeats, 0) AS heartbeats,
                max(coalesce(b.largest_ns, 0), o.until_ns - coalesce(b.last_ns, o.opened_ns)) / 1000000.0
                    AS largest_silence_ms,
                (o.until_ns - coalesce(b.last_ns, o.opened_ns)) / 1000000.0 AS silence_at_end_ms,
                o.ended_by, o.end_reason,
                CASE WHEN o.method = 'GET' AND o.response_end_ns IS NOT NULL THEN (
                    SELECT min(n.request_start_ns) - o.response_end_ns FROM exchanges n
                    WHERE n.session_id = o.session_id AND n.is_stream AND n.method = 'GET'
                        AND n.request_start_ns >= o.response_end_ns
                ) / 1000000.0 END AS reconnect_ms,
                b.retry_ms, o.last_event_id AS resumed_from
            FROM (\(opened)) o
            LEFT JOIN (\(blocks)) b ON b.exchange_id = o.exchange_id
            LEFT JOIN (
                SELECT exchange_id, count(*) AS heartbeats, sum(kind IN ('event', 'ping')) AS beating_events
                FROM heartbeats GROUP BY exchange_id
            ) h ON h.exchange_id = o.exchange_id
            """)

    private static let opened = """
        SELECT e.id AS exchange_id, e.session_id, e.recording_id, e.method, e.path,
            coalesce(e.response_start_ns, e.request_start_ns) AS opened_ns, e.response_end_ns, e.ended_by,
            e.end_reason, e.last_event_id,
            coalesce(e.response_end_ns, max(r.last_ns, coalesce(e.response_start_ns, e.request_start_ns))) AS until_ns
        FROM exchanges e JOIN recordings r ON r.id = e.recording_id WHERE e.is_stream
        """

    private static let blocks = """
        SELECT exchange_id, sum(kind = 'event') AS events, max(silence_ns) AS largest_ns, max(end_ns) AS last_ns,
            max(retry_ms) FILTER (WHERE retry_place = 1) AS retry_ms
        FROM (
            SELECT s.exchange_id, s.kind, s.end_ns, s.retry_ms,
                s.at_ns - coalesce(lag(s.end_ns) OVER (PARTITION BY s.exchange_id ORDER BY s.seq),
                    (SELECT e.response_start_ns FROM exchanges e WHERE e.id = s.exchange_id)) AS silence_ns,
                row_number() OVER (PARTITION BY s.exchange_id, s.retry_ms IS NULL ORDER BY s.seq DESC) AS retry_place
            FROM stream_events s)
        GROUP BY exchange_id
        """
}
