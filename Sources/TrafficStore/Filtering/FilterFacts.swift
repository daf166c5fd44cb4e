import Traffic

/// Where a kind of entry has the facts of a `FilterSubject`: SQL expressions over the tables of `source`. What it does
/// not have is NULL.
struct FilterFacts {
    /// The FROM clause. `sessions s` is the session in question, whatever else is missing.
    var source: String
    /// What tells the entries apart from others in `source`.
    var scope: String

    var kind = "NULL"
    var sessionID = "s.id"
    var sessionName = "s.name"
    var dialect = "coalesce(e.dialect, s.dialect)"
    var direction = "NULL"
    var rpcID = "NULL"
    var method = "NULL"
    var tool = "NULL"
    var hasCall = "0"
    var callStatus = "NULL"
    var latencyMs = "NULL"
    var httpStatus = "e.status"
    var exchangeID = "e.id"
    var isOnStream = "0"
    var bytes = "NULL"
    var silenceMs = "NULL"
    var text = "NULL"
    /// What of the texts is in the index for search; nil: nothing.
    var indexed: Indexed?

    struct Indexed {
        /// The message's id.
        var id: String
        /// Ids of its recording: beyond the one, up to the other.
        var after: Int64
        var through: Int64
    }

    /// Messages `m`; those of its recording up to `indexed` are in the index for search.
    static func messages(ofSession session: Int64, indexed: Int64? = nil) -> FilterFacts {
        var facts = FilterFacts(
            source: """
                message_rows m JOIN sessions s ON s.id = \(session) LEFT JOIN calls c ON c.id = m.call_id
                LEFT JOIN exchanges e ON e.id = m.exchange_id LEFT JOIN stream_events b ON b.id = m.stream_event_id
                """,
            scope: "m.session_id = \(session)")
        facts.kind = "m.kind"
        facts.direction = "m.direction"
        facts.rpcID = "coalesce(m.rpc_id, c.rpc_id)"
        facts.method = "coalesce(m.method, c.method)"
        facts.tool = "CASE WHEN coalesce(c.method, m.method) = 'tools/call' THEN coalesce(c.name, m.name) END"
        facts.hasCall = "m.call_id IS NOT NULL"
        facts.callStatus = "c.status"
        facts.latencyMs = "c.latency_ms"
        facts.exchangeID = "m.exchange_id"
        facts.isOnStream = "m.stream_event_id IS NOT NULL"
        facts.bytes = "m.bytes"
        facts.silenceMs = silence
        facts.text = View.messageText(event: "b", exchange: "e")
        facts.indexed = indexed.map { Indexed(id: "m.id", after: (session >> 32) << 32, through: $0) }
        return facts
    }

    /// Blocks `b` of streams that carry no message.
    static func blocks(ofSession session: Int64) -> FilterFacts {
        var facts = FilterFacts(
            source: """
                exchanges e JOIN sessions s ON s.id = \(session) JOIN stream_events b ON b.exchange_id = e.id
                """,
            scope: """
                e.session_id = \(session) AND e.is_stream AND b.id NOT IN (SELECT stream_event_id FROM message_rows
                    WHERE session_id = \(session) AND stream_event_id IS NOT NULL)
                """)
        facts.kind = "CASE WHEN \(heartbeat("b")) IS NULL THEN 'event' ELSE 'heartbeat' END"
        facts.direction = "'s2c'"
        facts.isOnStream = "1"
        facts.bytes = "length(CAST(coalesce(b.data, b.comment) AS BLOB))"
        facts.silenceMs = silence
        facts.text = "coalesce(b.data, b.comment)"
        return facts
    }

    /// Exchanges `e`, each with the first call `c` that the client made in it. Calls are found by their messages: while
    /// somebody records, no index of them is there.
    static func exchanges(ofSession session: Int64) -> FilterFacts {
        var facts = FilterFacts(
            source: """
                exchanges e JOIN sessions s ON s.id = \(session)
                LEFT JOIN (SELECT exchange_id, min(id) AS id FROM calls
                    WHERE id IN (SELECT call_id FROM message_rows WHERE session_id = \(session))
                        AND +session_id = \(session) AND direction = 'c2s' GROUP BY exchange_id) f ON f.exchange_id = e.id
                LEFT JOIN calls c ON c.id = f.id
                """,
            scope: "e.session_id = \(session)")
        facts.kind = "'exchange'"
        facts.direction = "'s2c'"
        facts.rpcID = "c.rpc_id"
        facts.method = "c.method"
        facts.tool = "CASE WHEN c.method = 'tools/call' THEN c.name END"
        facts.hasCall = "c.id IS NOT NULL"
        facts.callStatus = "c.status"
        facts.latencyMs = "c.latency_ms"
        facts.isOnStream = "e.is_stream"
        facts.bytes = "length(CAST(e.response_body AS BLOB))"
        facts.text = "e.response_body"
        return facts
    }

    /// Gaps `g` in the session's exchanges, and those of its recording that concern no exchange.
    static func gaps(ofSession session: Int64) -> FilterFacts {
        var facts = FilterFacts(
            source: "gaps g JOIN sessions s ON s.id = \(session) LEFT JOIN exchanges e ON e.id = g.exchange_id",
            scope: """
                g.recording_id = \(session >> 32) AND (g.exchange_id IS NULL OR e.session_id = \(session))
                """)
        facts.kind = "'gap'"
        facts.exchangeID = "g.exchange_id"
        facts.bytes = "g.bytes"
        return facts
    }

    /// The end of the session `s`.
    static func end(ofSession session: Int64) -> FilterFacts {
        var facts = FilterFacts(
            source: "sessions s", scope: "s.id = \(session) AND s.ended_ns IS NOT NULL AND s.end_reason IS NOT NULL")
        facts.kind = "'end'"
        facts.dialect = "s.dialect"
        facts.httpStatus = "NULL"
        facts.exchangeID = "NULL"
        return facts
    }

    /// Since the last byte before the block `b` on its stream, or since the response of `e` began.
    static let silence = """
        (b.at_ns - coalesce((SELECT p.end_ns FROM stream_events p WHERE p.exchange_id = b.exchange_id AND p.id < b.id
            ORDER BY p.id DESC LIMIT 1), e.response_start_ns)) / 1000000.0
        """

    /// The word of `Heartbeat` for a block, or NULL.
    static func heartbeat(_ block: String) -> String {
        """
        CASE WHEN \(block).kind = 'comment' THEN 'comment'
            WHEN \(block).kind = 'empty' AND coalesce(\(block).event_id, '') = '' THEN 'empty'
            WHEN \(block).kind = 'event' AND lower(\(block).type) IN (\(heartbeatTypes)) THEN 'event' END
        """
    }

    private static let heartbeatTypes = Heartbeat.types.map(\.sqlLiteral).joined(separator: ", ")
}
