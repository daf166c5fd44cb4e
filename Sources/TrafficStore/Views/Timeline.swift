extension View {
    /// One row a message, to be read: who said what when, and how long the answer took. An answer carries the method
    /// and name of the call that it answers.
    static let timeline = View(
        name: "timeline",
        sql: """
            SELECT \(at("m.at_ns")), coalesce(s.name, m.session_id) AS session,
                CASE m.direction WHEN 'c2s' THEN '→' ELSE '←' END AS arrow, m.kind,
                coalesce(m.method, c.method) AS method, coalesce(m.name, c.name) AS name,
                CASE WHEN m.id = c.response_id AND c.latency_ms IS NOT NULL
                    THEN printf('%.1f ms', c.latency_ms) END AS latency,
                CASE WHEN m.bytes < 1000 THEN printf('%d B', m.bytes)
                    WHEN m.bytes < 1000000 THEN printf('%.1f kB', m.bytes / 1e3)
                    ELSE printf('%.1f MB', m.bytes / 1e6) END AS size,
                m.at_ns, m.recording_id, m.session_id, m.exchange_id, m.id AS message_id, m.call_id
            FROM message_rows m
            LEFT JOIN sessions s ON s.id = m.session_id
            LEFT JOIN calls c ON c.id = m.call_id
            ORDER BY m.at_ns, m.id
            """)
}
