import Traffic

extension CallRow: StoredRow {
    static let table = Table(
        "calls",
        """
        id recording_id session_id exchange_id response_exchange_id direction method name rpc_id request_id
        response_id sent_ns accepted_ms first_event_ms latency_ms status reason rounds request_bytes response_bytes
        task_id
        """)

    func put(into statement: Statement) {
        statement.put(id)
        statement.put(recordingID)
        statement.put(sessionID)
        statement.put(exchangeID)
        statement.put(responseExchangeID)
        statement.put(direction)
        statement.put(method)
        statement.put(name)
        statement.put(rpcID)
        statement.put(requestID)
        statement.put(responseID)
        statement.put(sentNs)
        statement.put(acceptedMs)
        statement.put(firstEventMs)
        statement.put(latencyMs)
        statement.put(status)
        statement.put(reason)
        statement.put(rounds)
        statement.put(requestBytes)
        statement.put(responseBytes)
        statement.put(taskID)
    }

    init(from statement: Statement) throws(StoreFailure) {
        let id = statement.takeInteger()
        let recordingID = statement.takeInteger()
        let sessionID = statement.takeOptionalInteger()
        let exchangeID = statement.takeOptionalInteger()
        let responseExchangeID = statement.takeOptionalInteger()
        let direction: Direction = try statement.takeWord()
        let method = statement.takeText()
        let name = statement.takeOptionalText()
        let rpcID = statement.takeText()
        let requestID = statement.takeInteger()
        let responseID = statement.takeOptionalInteger()
        self.init(
            id: id, recordingID: recordingID, direction: direction, method: method, rpcID: rpcID,
            requestID: requestID, sentNs: statement.takeInteger(), requestBytes: 0)
        self.sessionID = sessionID
        self.exchangeID = exchangeID
        self.responseExchangeID = responseExchangeID
        self.name = name
        self.responseID = responseID
        acceptedMs = statement.takeOptionalReal()
        firstEventMs = statement.takeOptionalReal()
        latencyMs = statement.takeOptionalReal()
        status = try statement.takeWord()
        reason = try statement.takeOptionalWord()
        rounds = statement.takeInteger()
        requestBytes = statement.takeInteger()
        responseBytes = statement.takeOptionalInteger()
        taskID = statement.takeOptionalText()
    }
}
