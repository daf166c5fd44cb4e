import Traffic

extension GapRow: StoredRow {
    static let table = Table("gaps", "id recording_id connection_id exchange_id at_ns bytes reason")

    func put(into statement: Statement) {
        statement.put(id)
        statement.put(recordingID)
        statement.put(connectionID)
        statement.put(exchangeID)
        statement.put(atNs)
        statement.put(bytes)
        statement.put(reason)
    }

    init(from statement: Statement) throws(StoreFailure) {
        self.init(
            id: statement.takeInteger(), recordingID: statement.takeInteger(),
            connectionID: statement.takeOptionalInteger(), exchangeID: statement.takeOptionalInteger(),
            atNs: statement.takeInteger(), bytes: statement.takeInteger(), reason: statement.takeText())
    }
}
