import Traffic

extension MessageRow: StoredRow {
    static let table = Table(
        "message_rows",
        """
        id recording_id session_id exchange_id stream_event_id call_id answers_id seq at_ns direction kind rpc_id
        method name error_code bytes duplicate_of redacted stands_in element
        """)

    func put(into statement: Statement) {
        statement.put(id)
        statement.put(recordingID)
        statement.put(sessionID)
        statement.put(exchangeID)
        statement.put(streamEventID)
        statement.put(callID)
        statement.put(answersID)
        statement.put(seq)
        statement.put(atNs)
        statement.put(direction)
        statement.put(kind)
        statement.put(rpcID)
        statement.put(method)
        statement.put(name)
        statement.put(errorCode)
        statement.put(bytes)
        statement.put(duplicateOf)
        statement.put(redacted)
        statement.put(body.place)
        if case .element(let text) = body { statement.put(content: text) } else { statement.putNull() }
    }

    init(from statement: Statement) throws(StoreFailure) {
        let id = statement.takeInteger()
        let recordingID = statement.takeInteger()
        let sessionID = statement.takeOptionalInteger()
        let exchangeID = statement.takeOptionalInteger()
        let streamEventID = statement.takeOptionalInteger()
        let callID = statement.takeOptionalInteger()
        let answersID = statement.takeOptionalInteger()
        self.init(
            id: id, recordingID: recordingID, seq: statement.takeInteger(), atNs: statement.takeInteger(),
            direction: try statement.takeWord(), kind: try statement.takeWord(), bytes: 0, body: .streamEvent)
        self.sessionID = sessionID
        self.exchangeID = exchangeID
        self.streamEventID = streamEventID
        self.callID = callID
        self.answersID = answersID
        rpcID = statement.takeOptionalText()
        method = statement.takeOptionalText()
        name = statement.takeOptionalText()
        errorCode = statement.takeOptionalInteger()
        bytes = statement.takeInteger()
        duplicateOf = statement.takeOptionalInteger()
        redacted = statement.takeInteger()
        let place: Body.Place = try statement.takeWord()
        body = place.body(element: statement.takeContent() ?? [])
    }
}

extension MessageRow.Body {
    /// The words of `message_rows.stands_in`.
    enum Place: String {
        case streamEvent = "stream_event"
        case requestBody = "request_body"
        case responseBody = "response_body"
        case element

        func body(element: [UInt8]) -> MessageRow.Body {
            switch self {
            case .streamEvent: .streamEvent
            case .requestBody: .requestBody
            case .responseBody: .responseBody
            case .element: .element(element)
            }
        }
    }

    var place: Place {
        switch self {
        case .streamEvent: .streamEvent
        case .requestBody: .requestBody
        case .responseBody: .responseBody
        case .element: .element
        }
    }
}
