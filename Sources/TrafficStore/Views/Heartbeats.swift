extension View {
    /// One row for everything that a server sent on a stream only to keep it alive: comments, blocks without data,
    /// events of a type that says so, JSON-RPC pings. `gap_ms` is the silence before it: since the last byte of the
    /// block before, or since the response began.
    static let heartbeats = View(
        name: "heartbeats",
        sql: """
            SELECT exchange_id, session_id, stream_event_id, at_ns, \(at("at_ns")), beat AS kind, gap_ms
            FROM (
                SELECT b.exchange_id, e.session_id, b.id AS stream_event_id, b.at_ns,
                    CASE
                        WHEN b.kind IN ('comment', 'empty') THEN b.kind
                        WHEN b.kind = 'event' AND lower(b.type) IN (\(types)) THEN 'event'
                        WHEN b.id IN (\(pings)) THEN 'ping'
                    END AS beat,
                    (b.at_ns - coalesce(
                        lag(b.end_ns) OVER (PARTITION BY b.exchange_id ORDER BY b.seq), e.response_start_ns
                    )) / 1000000.0 AS gap_ms
                FROM stream_events b JOIN exchanges e ON e.id = b.exchange_id)
            WHERE beat IS NOT NULL
            """)

    /// What servers call events that carry nothing.
    private static let types =
        "'ping', 'pong', 'keepalive', 'keep-alive', 'keep_alive', 'heartbeat', 'heart-beat', 'noop'"

    private static let pings = """
        SELECT m.stream_event_id FROM message_rows m
        WHERE m.method = 'ping' AND m.kind = 'request' AND m.direction = 's2c' AND m.stream_event_id IS NOT NULL
        """
}
