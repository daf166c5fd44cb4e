import Traffic
import WireFormats

extension ExchangeRow: StoredRow {
    static let table = Table(
        "exchanges",
        """
        id recording_id connection_id upstream_connection_id method target path request_version request_headers
        request_body status reason response_version response_headers response_body response_raw chunks
        informational trailers edits is_stream last_event_id request_start_ns request_end_ns response_start_ns
        response_end_ns ended_by end_reason redacted session_id dialect dialect_evidence dialect_confidence request_raw
        notes
        """)

    /// The fold's part of the row.
    static let attributionColumns: Set<String> = ["session_id", "dialect", "dialect_evidence", "dialect_confidence"]

    func put(into statement: Statement) {
        statement.put(id)
        statement.put(recordingID)
        statement.put(connectionID)
        statement.put(upstreamConnectionID)
        statement.put(request.method)
        statement.put(request.target)
        statement.put(request.path)
        statement.put(request.version)
        statement.put(fields: request.fields)
        statement.put(content: requestBody)
        statement.put(response.map { Int64($0.status) })
        statement.put(response?.reason)
        statement.put(response?.version)
        statement.put(fields: response?.fields)
        statement.put(content: responseBody)
        statement.put(blob: responseRaw)
        statement.put(text: chunks.isEmpty ? nil : StoredJSON.text(of: chunks))
        statement.put(text: informational.isEmpty ? nil : StoredJSON.text(of: informational))
        statement.put(text: trailers.isEmpty ? nil : StoredJSON.text(of: trailers))
        statement.put(text: edits.isEmpty ? nil : StoredJSON.text(of: edits))
        statement.put(isStream)
        statement.put(lastEventID)
        statement.put(requestStartNs)
        statement.put(requestEndNs)
        statement.put(responseStartNs)
        statement.put(responseEndNs)
        statement.put(endedBy)
        statement.put(endReason)
        statement.put(redacted)
        statement.put(attribution?.sessionID)
        statement.put(attribution?.dialect)
        statement.put(attribution?.evidence)
        statement.put(attribution?.confidence)
        statement.put(blob: requestRaw)
        statement.put(text: notes.isEmpty ? nil : StoredJSON.text(of: notes))
    }

    init(from statement: Statement) throws(StoreFailure) {
        let id = statement.takeInteger()
        let recordingID = statement.takeInteger()
        let connectionID = statement.takeInteger()
        let upstream = statement.takeOptionalInteger()
        let method = statement.takeText()
        let target = statement.takeText()
        _ = statement.takeOptionalText()
        let version = statement.takeText()
        let fields = try StoredJSON.fields(statement.takeContent())
        let requestBody = statement.takeContent()
        self.init(
            id: id, recordingID: recordingID, connectionID: connectionID,
            request: RequestHead(method: method, target: target, version: version, fields: fields), requestStartNs: 0)
        upstreamConnectionID = upstream
        self.requestBody = requestBody
        try takeResponse(from: statement)
        try takeEnd(from: statement)
    }

    private mutating func takeResponse(from statement: Statement) throws(StoreFailure) {
        let status = statement.takeOptionalInteger()
        let reason = statement.takeText()
        let version = statement.takeText()
        let fields = try StoredJSON.fields(statement.takeContent())
        response = status.map { ResponseHead(status: Int($0), reason: reason, version: version, fields: fields) }
        responseBody = statement.takeContent()
        responseRaw = statement.takeContent()
        chunks = try StoredJSON.chunks(statement.takeContent())
        informational = try StoredJSON.informational(statement.takeContent())
        trailers = try StoredJSON.fields(statement.takeContent())
        edits = try StoredJSON.edits(statement.takeContent())
    }

    private mutating func takeEnd(from statement: Statement) throws(StoreFailure) {
        isStream = statement.takeInteger() != 0
        _ = statement.takeOptionalText()
        requestStartNs = statement.takeInteger()
        requestEndNs = statement.takeOptionalInteger()
        responseStartNs = statement.takeOptionalInteger()
        responseEndNs = statement.takeOptionalInteger()
        endedBy = try statement.takeOptionalWord()
        endReason = try statement.takeOptionalWord()
        redacted = statement.takeInteger()
        let said = Attribution(
            exchangeID: id, sessionID: statement.takeOptionalInteger(), dialect: try statement.takeOptionalWord(),
            evidence: statement.takeOptionalText(), confidence: try statement.takeOptionalWord())
        if said != Attribution(exchangeID: id) { attribution = said }
        requestRaw = statement.takeContent()
        notes = try StoredJSON.notes(statement.takeContent())
    }
}
