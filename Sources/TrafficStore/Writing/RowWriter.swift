import Traffic

/// Writes the rows of a batch through prepared statements; the caller holds the transaction.
struct RowWriter {
    private let connections: Statement
    private let exchanges: Statement
    private let attributedExchanges: Statement
    private let attributions: Statement
    private let streamEvents: Statement
    private let gaps: Statement
    private let gapTotals: Statement
    private let sessions: Statement
    private let messages: Statement
    private let calls: Statement

    init(_ connection: Connection) throws(StoreFailure) {
        connections = try connection.prepare(ConnectionRow.table.upsert())
        exchanges = try connection.prepare(ExchangeRow.table.upsert(keeping: ExchangeRow.attributionColumns))
        attributedExchanges = try connection.prepare(ExchangeRow.table.upsert())
        attributions = try connection.prepare(
            """
            UPDATE exchanges SET session_id = ?, dialect = ?, dialect_evidence = ?, dialect_confidence = ?
            WHERE id = ?
            """)
        streamEvents = try connection.prepare(StreamEventRow.table.insert)
        gaps = try connection.prepare(GapRow.table.insert)
        gapTotals = try connection.prepare(
            "UPDATE recordings SET gaps = gaps + 1, gap_bytes = gap_bytes + ? WHERE id = ?")
        // The store names sessions, so a base counts only together with its number.
        sessions = try connection.prepare(SessionRow.table.upsert(keeping: ["name_base"]))
        messages = try connection.prepare(MessageRow.table.insert)
        calls = try connection.prepare(CallRow.table.upsert())
    }

    func writeObserved(_ batch: RowBatch) throws(StoreFailure) {
        for row in batch.connections { try write(row, connections) }
        for row in batch.exchanges { try write(row, row.attribution == nil ? exchanges : attributedExchanges) }
        for row in batch.streamEvents { try write(row, streamEvents) }
        for row in batch.gaps {
            try write(row, gaps)
            gapTotals.put(row.bytes)
            gapTotals.put(row.recordingID)
            try gapTotals.run()
        }
    }

    /// Returns the names that were given, by session id.
    func writeDerived(_ batch: RowBatch, naming names: inout SessionNames) throws(StoreFailure) -> [Int64: String] {
        for attribution in batch.attributions { try write(attribution) }
        var given: [Int64: String] = [:]
        for row in batch.sessions {
            try write(row, sessions)
            if let name = try names.name(row) { given[row.id] = name }
        }
        for row in batch.messages { try write(row, messages) }
        for row in batch.calls { try write(row, calls) }
        return given
    }

    func write(_ attribution: Attribution) throws(StoreFailure) {
        attributions.put(attribution.sessionID)
        attributions.put(attribution.dialect)
        attributions.put(attribution.evidence)
        attributions.put(attribution.confidence)
        attributions.put(attribution.exchangeID)
        try attributions.run()
    }

    private func write(_ row: some StoredRow, _ statement: Statement) throws(StoreFailure) {
        row.put(into: statement)
        try statement.run()
    }
}

extension RowBatch {
    /// The latest time in the batch, or nil where it has none.
    var latestNs: Int64? {
        var latest: Int64?
        func note(_ time: Int64?) {
            if let time { latest = max(latest ?? time, time) }
        }
        for row in connections { note(max(row.openedNs, row.closedNs ?? row.openedNs)) }
        // In place: a row that is taken out is copied with all that it holds.
        for index in exchanges.indices {
            note(exchanges[index].requestStartNs)
            note(exchanges[index].requestEndNs)
            note(exchanges[index].responseStartNs)
            note(exchanges[index].responseEndNs)
            note(exchanges[index].chunks.last?.atNs)
            note(exchanges[index].informational.last?.atNs)
        }
        note(streamEvents.last?.endNs)
        note(gaps.last?.atNs)
        note(messages.last?.atNs)
        return latest
    }
}
