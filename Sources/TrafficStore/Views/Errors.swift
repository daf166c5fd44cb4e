extension View {
    /// Everything that went wrong, in time order; `kind` says what, `detail` why, or what errors and
    /// failed tools say themselves.
    ///
    /// Left out is what belongs to the ordinary course of things: a GET or DELETE answered 405, a probe that was
    /// refused before the client found the server's dialect, a client that closes its streams, a server that ends a
    /// stream in order.
    static let errors = View(
        name: "errors",
        sql: """
            SELECT \(at("x.at_ns")), x.at_ns, x.kind, s.name AS session, x.method, x.name, x.code, x.detail,
                x.recording_id, x.session_id, x.exchange_id, x.call_id, x.message_id
            FROM (
            \([httpErrors, failedCalls, cutStreams, cutResponses, ownAnswers, invalidMessages, unreadContent, gaps, interruptions]
                .joined(separator: "\nUNION ALL\n"))
            ) x LEFT JOIN sessions s ON s.id = x.session_id
            ORDER BY x.at_ns
            """)

    private static let httpErrors = """
        SELECT coalesce(e.response_start_ns, e.request_start_ns) AS at_ns, 'http_error' AS kind,
            coalesce(c.method, e.method) AS method, c.name AS name, e.status AS code,
            trim(e.method || ' ' || e.path || ' ' || coalesce(e.reason, '')) AS detail, e.recording_id, e.session_id,
            e.id AS exchange_id, c.id AS call_id, NULL AS message_id
        FROM exchanges e LEFT JOIN (
            SELECT exchange_id, min(id) AS id, recording_id, method, name, sent_ns FROM calls
            WHERE direction = 'c2s' AND status = 'http_error' GROUP BY exchange_id
        ) c ON c.exchange_id = e.id
        WHERE e.status >= 400 AND NOT (e.status = 405 AND e.method IN ('GET', 'DELETE'))
            AND NOT \(answeredByRecorder)
            AND NOT (e.dialect = 'stateless' AND e.status < 500 AND EXISTS (\(ownError)))
            AND NOT (e.status < 500 AND coalesce(c.method IN \(probes), 0) AND EXISTS (\(laterSuccess)))
        """

    private static let failedCalls = """
        SELECT coalesce(c.sent_ns + CAST(c.latency_ms * 1000000 AS INTEGER), c.sent_ns), c.status, c.method, c.name,
            m.error_code, coalesce(c.reason, CASE WHEN c.status <> 'unanswered' THEN substr(
                (SELECT \(View.said(by: "b")) FROM messages b WHERE b.id = c.response_id), 1, 300) END), c.recording_id, c.session_id, coalesce(c.response_exchange_id, c.exchange_id), c.id,
            coalesce(c.response_id, c.request_id)
        FROM calls c LEFT JOIN message_rows m ON m.id = c.response_id LEFT JOIN exchanges e ON e.id = c.exchange_id
        WHERE c.status IN ('rpc_error', 'tool_error', 'unanswered')
            AND NOT (c.status = 'rpc_error' AND c.method IN \(probes) AND EXISTS (\(laterSuccess)))
        """

    private static let cutStreams = """
        SELECT coalesce(e.response_end_ns, e.request_start_ns), 'cut_stream', e.method, NULL, NULL,
            e.end_reason || ' by ' || e.ended_by, e.recording_id, e.session_id, e.id, NULL, NULL
        FROM exchanges e LEFT JOIN sessions s ON s.id = e.session_id
        WHERE e.is_stream AND e.ended_by IN ('server', 'unknown') AND (
            e.end_reason IN ('rst', 'timeout', 'http_error')
            OR (s.end_reason = 'cut' AND e.method = 'GET' AND e.response_end_ns = s.ended_ns)
            OR (e.ended_by = 'server' AND EXISTS (
                SELECT 1 FROM calls c WHERE c.session_id = e.session_id AND c.exchange_id = e.id
                    AND c.reason = 'stream_cut'))
            OR (e.ended_by = 'server' AND EXISTS (
                SELECT 1 FROM stream_events b WHERE b.exchange_id = e.id AND b.kind = 'partial')))
        """

    private static let cutResponses = """
        SELECT e.response_end_ns, 'cut_response', e.method, NULL, e.status, e.end_reason || ' by ' || e.ended_by,
            e.recording_id, e.session_id, e.id, NULL, NULL
        FROM exchanges e
        WHERE NOT e.is_stream AND e.ended_by IN ('server', 'unknown')
            AND e.end_reason IN ('fin', 'rst', 'timeout', 'http_error') AND NOT \(answeredByRecorder)
        """

    private static let ownAnswers = """
        SELECT coalesce(e.response_start_ns, e.response_end_ns, e.request_start_ns), 'upstream_failure', e.method,
            NULL, e.status, j.value ->> '$.to', e.recording_id, e.session_id, e.id, NULL, NULL
        FROM exchanges e, json_each(e.edits) j
        WHERE e.edits IS NOT NULL AND j.value ->> '$.what' = 'answer'
        """

    private static let invalidMessages = """
        SELECT m.at_ns, 'invalid_message', m.method, NULL, NULL,
            CASE m.direction WHEN 'c2s' THEN 'from the client' ELSE 'from the server' END, m.recording_id,
            m.session_id, m.exchange_id, NULL, m.id
        FROM message_rows m WHERE m.kind = 'invalid'
        """

    private static let unreadContent = """
        SELECT CASE j.value ->> '$.place' WHEN 'request' THEN e.request_start_ns
                ELSE coalesce(e.response_start_ns, e.request_start_ns) END, 'unread_content', e.method, NULL, NULL,
            (j.value ->> '$.place') || ': ' || (j.value ->> '$.coding') || ' ' || (j.value ->> '$.why'),
            e.recording_id, e.session_id, e.id, NULL, NULL
        FROM exchanges e, json_each(e.notes) j
        WHERE e.notes IS NOT NULL AND j.value ->> '$.why' IN ('unread', 'broken', 'cut')
        """

    private static let gaps = """
        SELECT g.at_ns, 'gap', NULL, NULL, g.bytes, g.reason, g.recording_id,
            (SELECT e.session_id FROM exchanges e WHERE e.id = g.exchange_id), g.exchange_id, NULL, NULL
        FROM gaps g
        """

    private static let interruptions = """
        SELECT coalesce(r.ended_ns, r.last_ns), 'interrupted', NULL, NULL, NULL, 'the recorder did not end in order',
            r.id, NULL, NULL, NULL, NULL
        FROM recordings r WHERE r.interrupted
        """

    private static let answeredByRecorder = """
        EXISTS (SELECT 1 FROM json_each(coalesce(e.edits, '[]')) j WHERE j.value ->> '$.what' = 'answer')
        """

    /// Without sessions a status stands beside the JSON-RPC error that tells more.
    private static let ownError = """
        SELECT 1 FROM message_rows m WHERE m.exchange_id = e.id AND m.kind = 'error' AND m.answers_id IS NOT NULL
        """

    /// What a client asks first, to find out what the server speaks.
    private static let probes = "('initialize', 'server/discover')"

    /// The same client, known by its host, was welcome a little later with another dialect or another first question.
    private static let laterSuccess = """
        SELECT 1 FROM calls n JOIN exchanges ne ON ne.id = n.exchange_id
            JOIN connections nc ON nc.id = ne.connection_id JOIN connections oc ON oc.id = e.connection_id
        WHERE n.id > c.id AND n.id >> 32 = c.recording_id AND n.method IN \(probes) AND n.status = 'ok'
            AND n.sent_ns BETWEEN c.sent_ns AND c.sent_ns + 60000000000
            AND (n.method <> c.method OR ne.dialect IS NOT e.dialect)
            AND rtrim(nc.client, '0123456789') = rtrim(oc.client, '0123456789')
        """
}
