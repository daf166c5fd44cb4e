import Traffic
import WireFormats

/// Rows without their contents, so that they can be many.
extension CaptureReader {
    /// How much is kept of what an HTTP error or an event says, in characters.
    package static let excerpt = 300

    /// An exchange as far as a timeline needs it.
    package struct ExchangeSketch: Sendable {
        /// Without headers, bodies, chunks and trailers, but for the id that a stream resumes from and the beginning of
        /// what an HTTP error said.
        package var row: ExchangeRow
        /// Whether any message was seen in it.
        package var carriesMessages: Bool
        /// Whether a call that the client made in it has no answer in it.
        package var lacksAnswers: Bool
        /// Whether its stream stays open on purpose, for what the server has to tell.
        package var isListening: Bool
        /// The code of the error that answers a call in it, where the HTTP status is 400 or 404 too.
        package var errorCode: Int64?
    }

    /// Those that the filter selects, in the order of their ids; `after` is that of the last of the page before.
    package func exchangeSketches(
        ofSession session: Int64, matching filter: Filter = .everything, after: Int64 = 0, limit: Int = .max
    ) throws(StoreFailure) -> [ExchangeSketch] {
        let facts = FilterFacts.exchanges(ofSession: session)
        let selected = filter.condition(over: facts)
        let statement = try connection.prepare(
            """
            SELECT \(Self.sketch),
                e.id IN (SELECT exchange_id FROM message_rows WHERE session_id = \(session)),
                e.id IN (SELECT exchange_id FROM calls WHERE session_id = \(session) AND direction = 'c2s'
                    AND response_exchange_id IS NOT exchange_id AND rounds = 1),
                e.id IN (SELECT exchange_id FROM calls WHERE session_id = \(session)
                    AND method = 'subscriptions/listen'),
                CASE WHEN e.status IN (400, 404) THEN (SELECT m.error_code FROM message_rows m
                    WHERE m.session_id = \(session) AND m.exchange_id = e.id AND m.kind = 'error'
                    AND m.answers_id IS NOT NULL LIMIT 1) END
            FROM \(facts.source) WHERE \(facts.scope) AND e.id > \(after) AND \(selected.sql) ORDER BY e.id LIMIT \(Int64(limit))
            """)
        for argument in selected.arguments { statement.put(argument) }
        var found: [ExchangeSketch] = []
        while try statement.step() {
            found.append(
                ExchangeSketch(
                    row: try ExchangeRow(sketch: statement), carriesMessages: statement.takeInteger() != 0,
                    lacksAnswers: statement.takeInteger() != 0, isListening: statement.takeInteger() != 0,
                    errorCode: statement.takeOptionalInteger()))
        }
        return found
    }

    /// Those of the ids that there are. `isBare`: without edits, notes and what an HTTP error said.
    package func exchangeSketches(_ ids: [Int64], isBare: Bool = false) throws(StoreFailure) -> [ExchangeRow] {
        let columns = isBare ? Self.bareSketch : Self.sketch
        let statement = try connection.prepare("SELECT \(columns) FROM exchanges e WHERE e.id IN \(ids.sqlList)")
        var found: [ExchangeRow] = []
        while try statement.step() { found.append(try ExchangeRow(sketch: statement)) }
        return found
    }

    /// Blocks without bytes, data and comment only their beginnings.
    package func blockSketches(_ ids: [Int64]) throws(StoreFailure) -> [StreamEventRow] {
        let statement = try connection.prepare(
            """
            SELECT id, exchange_id, seq, at_ns, end_ns, kind, type, event_id, retry_ms,
                substr(data, 1, \(Self.excerpt)), substr(comment, 1, \(Self.excerpt))
            FROM stream_events WHERE id IN \(ids.sqlList)
            """)
        var found: [StreamEventRow] = []
        while try statement.step() { found.append(try StreamEventRow(sketch: statement)) }
        return found
    }

    package func messages(_ ids: [Int64]) throws(StoreFailure) -> [MessageRow] {
        try rows(where: "id IN \(ids.sqlList)")
    }

    package func calls(_ ids: [Int64]) throws(StoreFailure) -> [CallRow] { try rows(where: "id IN \(ids.sqlList)") }

    /// Which round of its call each message of calls belongs to, by message.
    package func rounds(ofCalls ids: [Int64]) throws(StoreFailure) -> [Int64: Int64] {
        guard !ids.isEmpty else { return [:] }
        let statement = try connection.prepare(
            """
            SELECT id, sum(kind = 'request') OVER (PARTITION BY call_id ORDER BY id) FROM message_rows
            WHERE call_id IN \(ids.sqlList)
            """)
        var found: [Int64: Int64] = [:]
        while try statement.step() { found[statement.takeInteger()] = statement.takeInteger() }
        return found
    }

    private static let sketch = columns(
        excerpt: "CASE WHEN e.status >= 400 THEN substr(e.response_body, 1, \(excerpt)) END", edits: "e.edits",
        notes: "e.notes")
    private static let bareSketch = columns(excerpt: "NULL", edits: "NULL", notes: "NULL")

    private static func columns(excerpt: String, edits: String, notes: String) -> String {
        """
        e.id, e.recording_id, e.connection_id, e.upstream_connection_id, e.method, e.target, e.last_event_id, e.status,
            e.reason, \(excerpt), \(edits), e.is_stream, e.request_start_ns, e.request_end_ns, e.response_start_ns,
            e.response_end_ns, e.ended_by, e.end_reason, e.redacted, e.session_id, e.dialect, e.dialect_confidence,
            \(notes)
        """
    }
}

extension [Int64] {
    /// As the right side of `IN`.
    fileprivate var sqlList: String { "(" + map(String.init).joined(separator: ", ") + ")" }
}

extension ExchangeRow {
    fileprivate init(sketch statement: Statement) throws(StoreFailure) {
        let id = statement.takeInteger()
        let recordingID = statement.takeInteger()
        let connectionID = statement.takeInteger()
        let upstream = statement.takeOptionalInteger()
        var request = RequestHead(method: statement.takeText(), target: statement.takeText(), fields: [])
        if let last = statement.takeOptionalText() {
            request.fields = [HTTPField(name: "Last-Event-ID", value: last)]
        }
        self.init(
            id: id, recordingID: recordingID, connectionID: connectionID, request: request, requestStartNs: 0)
        upstreamConnectionID = upstream
        let status = statement.takeOptionalInteger()
        let reason = statement.takeOptionalText() ?? ""
        response = status.map { ResponseHead(status: Int($0), reason: reason, fields: []) }
        responseBody = statement.takeContent()
        edits = try StoredJSON.edits(statement.takeContent())
        isStream = statement.takeInteger() != 0
        requestStartNs = statement.takeInteger()
        requestEndNs = statement.takeOptionalInteger()
        responseStartNs = statement.takeOptionalInteger()
        responseEndNs = statement.takeOptionalInteger()
        endedBy = try statement.takeOptionalWord()
        endReason = try statement.takeOptionalWord()
        redacted = statement.takeInteger()
        let said = Attribution(
            exchangeID: id, sessionID: statement.takeOptionalInteger(), dialect: try statement.takeOptionalWord(),
            confidence: try statement.takeOptionalWord())
        if said != Attribution(exchangeID: id) { attribution = said }
        notes = try StoredJSON.notes(statement.takeContent())
    }
}

extension StreamEventRow {
    fileprivate init(sketch statement: Statement) throws(StoreFailure) {
        let id = statement.takeInteger()
        let exchangeID = statement.takeInteger()
        let seq = statement.takeInteger()
        let firstByteAt = statement.takeInteger()
        let endNs = statement.takeInteger()
        var block = ServerSentBlock(kind: try statement.takeWord(), raw: [])
        block.type = statement.takeOptionalText()
        block.id = statement.takeOptionalText()
        block.retry = statement.takeOptionalInteger().map(Int.init)
        block.data = statement.takeContent()
        block.comment = statement.takeContent()
        self.init(
            exchangeID: exchangeID, endNs: endNs,
            block: StreamBlock(id: id, seq: seq, firstByteAt: firstByteAt, block: block))
    }
}
