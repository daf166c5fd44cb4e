import Traffic

extension ConnectionRow: StoredRow {
    static let table = Table(
        "connections",
        "id recording_id leg client server http_version tls sni opened_ns closed_ns closed_by close_reason")

    func put(into statement: Statement) {
        statement.put(id)
        statement.put(recordingID)
        statement.put(leg)
        statement.put(client)
        statement.put(server)
        statement.put(httpVersion)
        statement.put(tls)
        statement.put(sni)
        statement.put(openedNs)
        statement.put(closedNs)
        statement.put(closedBy)
        statement.put(closeReason)
    }

    init(from statement: Statement) throws(StoreFailure) {
        self.init(
            id: statement.takeInteger(), recordingID: statement.takeInteger(), leg: try statement.takeWord(),
            client: statement.takeText(), server: statement.takeText(), httpVersion: statement.takeOptionalText(),
            tls: statement.takeOptionalText(), sni: statement.takeOptionalText(), openedNs: statement.takeInteger(),
            closedNs: statement.takeOptionalInteger(), closedBy: try statement.takeOptionalWord(),
            closeReason: try statement.takeOptionalWord())
    }
}
