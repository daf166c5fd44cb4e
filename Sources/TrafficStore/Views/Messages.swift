extension View {
    /// One row a message, with its text from where it stands. `body` is valid JSON text or NULL, so that a scan with
    /// `body ->> '$.params.name'` never fails; whatever is no such text is in `raw`.
    static let messages = View(
        name: "messages",
        sql: """
            SELECT m.id, m.recording_id, m.session_id, m.exchange_id, m.stream_event_id, m.call_id, m.answers_id,
                m.seq, m.at_ns, \(at("m.at_ns")), m.direction, m.kind, m.rpc_id, m.method, m.name, m.error_code,
                m.bytes, m.duplicate_of,
                CASE WHEN m.kind <> 'invalid' AND typeof(\(content)) = 'text' THEN \(content) END AS body,
                CASE WHEN m.kind = 'invalid' OR typeof(\(content)) <> 'text' THEN \(content) END AS raw,
                m.redacted
            FROM message_rows m
            LEFT JOIN stream_events s ON s.id = m.stream_event_id
            LEFT JOIN exchanges e ON e.id = m.exchange_id
            """)

    private static let content = messageText(event: "s", exchange: "e")

    /// SQL of what a message says went wrong: an error's message; of a failed tool's result its first text, else its
    /// structured content. NULL where it says nothing. `message`: a row of this view.
    static func said(by message: String) -> String {
        """
        CASE \(message).kind WHEN 'error' THEN \(message).body ->> '$.error.message' ELSE coalesce((
            SELECT CASE j.type WHEN 'object' THEN j.value ->> '$.text' END AS text
            FROM json_each(\(message).body, '$.result.content') j WHERE text IS NOT NULL LIMIT 1
            ), \(message).body ->> '$.result.structuredContent') END
        """
    }

    /// SQL of the text of the message `m`, from where it stands.
    static func messageText(event: String, exchange: String) -> String {
        """
        CASE m.stands_in WHEN 'stream_event' THEN \(event).data WHEN 'request_body' THEN \(exchange).request_body \
        WHEN 'response_body' THEN \(exchange).response_body ELSE m.element END
        """
    }
}
