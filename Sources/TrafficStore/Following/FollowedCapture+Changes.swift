import Traffic

/// Rows that are written more than once.
extension FollowedCapture {
    /// Rows of these recordings that are new or have come further.
    func changes<Row: Sendable>(
        _ table: FollowedTable, _ recordings: [Int64], _ ending: Set<Int64>, _ frontier: inout RowFrontier,
        _ open: inout OpenRows, _ isPartial: inout Bool, make: (Statement) throws(StoreFailure) -> Row
    ) throws(StoreFailure) -> [CommittedRows.Change<Row>] {
        var stages: [(id: Int64, stage: Int64)] = []
        for id in open.due(ending: ending) {
            if let stage = try table.stage(of: id) { stages.append((id, stage)) }
        }
        for id in frontier.leftOut() {
            guard let stage = try table.stage(of: id) else { continue }
            frontier.found(id)
            stages.append((id, stage))
        }
        for stretch in recordings.flatMap({ frontier.stretches(of: $0) }) {
            let new = try table.new.all(stretch.after, stretch.through) {
                (id: $0.takeInteger(), stage: $0.takeInteger())
            }
            for found in new { frontier.pass(found.id) }
            if new.count == FollowedTables.page { isPartial = true }
            stages += new
        }
        var changes: [CommittedRows.Change<Row>] = []
        for (id, bits) in stages {
            let stage = CommittedRows.Stage(bits: bits)
            let before = open.note(id, stage: bits, isLast: stage.hasEnded)
            guard before != bits, let row = try table.read(id, make) else { continue }
            changes.append(.init(row: row, before: before.map { CommittedRows.Stage(bits: $0) }, now: stage))
        }
        return changes
    }

    /// Calls that waited already when following began.
    func readPending(_ progress: inout FollowerProgress, _ rows: inout CommittedRows) throws(StoreFailure) {
        progress.owesPending = false
        let told = Set(rows.calls.map(\.row.id))
        let stage = CommittedRows.Stage(bits: 1)
        for id in progress.calls.ids.sorted() where !told.contains(id) {
            guard let row = try tables.calls.read(id, CallRow.init(from:)) else { continue }
            rows.calls.append(.init(row: row, before: stage, now: stage))
        }
    }

    /// What the rows refer to.
    func readKnown(_ rows: inout CommittedRows) throws(StoreFailure) {
        for change in rows.calls { rows.knownCalls[change.row.id] = change.row }
        for change in rows.exchanges { rows.knownExchanges[change.row.id] = change.row }
        for change in rows.sessions { rows.knownSessions[change.row.row.id] = change.row }
        for id in Set(rows.messages.compactMap(\.callID)) where rows.knownCalls[id] == nil {
            rows.knownCalls[id] = try tables.calls.read(id, CallRow.init(from:))
        }
        let exchanges = Set(
            rows.messages.compactMap(\.exchangeID) + rows.blocks.map(\.exchangeID) + rows.gaps.compactMap(\.exchangeID))
        for id in exchanges where rows.knownExchanges[id] == nil {
            rows.knownExchanges[id] = try tables.exchanges.read(id, ExchangeRow.init(from:))
        }
        let sessions = Set(
            rows.messages.compactMap(\.sessionID) + rows.knownExchanges.values.compactMap { $0.attribution?.sessionID }
                + rows.calls.compactMap(\.row.sessionID))
        for id in sessions where rows.knownSessions[id] == nil {
            rows.knownSessions[id] = try tables.sessions.read(id, StoredSession.init(from:))
        }
    }
}

extension StoredSession {
    /// The columns that `FollowedTables` reads.
    init(from statement: Statement) throws(StoreFailure) {
        let row = try SessionRow(from: statement)
        let name = statement.takeOptionalText()
        self.init(row: row, name: name, recording: try RecordingRow(from: statement))
    }
}
