import Traffic

extension SessionRow: StoredRow {
    /// The name itself is the store's: `name` and `name_number` are written apart.
    static let table = Table(
        "sessions",
        """
        id recording_id name_base dialect revision wire_id client_name client_version server_name server_version
        started_ns ended_ns end_reason confidence
        """)

    func put(into statement: Statement) {
        statement.put(id)
        statement.put(recordingID)
        statement.put(nameBase)
        statement.put(dialect)
        statement.put(revision)
        statement.put(wireID)
        statement.put(clientName)
        statement.put(clientVersion)
        statement.put(serverName)
        statement.put(serverVersion)
        statement.put(startedNs)
        statement.put(endedNs)
        statement.put(endReason)
        statement.put(confidence)
    }

    init(from statement: Statement) throws(StoreFailure) {
        let id = statement.takeInteger()
        let recordingID = statement.takeInteger()
        self.init(id: id, recordingID: recordingID, startedNs: 0, confidence: .low)
        nameBase = statement.takeOptionalText()
        dialect = try statement.takeOptionalWord()
        revision = statement.takeOptionalText()
        wireID = statement.takeOptionalText()
        clientName = statement.takeOptionalText()
        clientVersion = statement.takeOptionalText()
        serverName = statement.takeOptionalText()
        serverVersion = statement.takeOptionalText()
        startedNs = statement.takeInteger()
        endedNs = statement.takeOptionalInteger()
        endReason = try statement.takeOptionalWord()
        confidence = try statement.takeWord()
    }
}
