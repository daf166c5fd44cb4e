import Traffic

/// One look at what was committed.
extension FollowedCapture {
    /// What is beyond `progress`, at most a page of each table and recording, read as it stood at one moment.
    func rows(after progress: inout FollowerProgress) throws(StoreFailure) -> CommittedRows {
        // Found out before the read begins: what a process wrote before it went is then within the read.
        let gone = Set(progress.active.values.filter { $0.endedNs == nil && !$0.isWritten }.map(\.id))
        var next = progress
        var rows = CommittedRows()
        try connection.execute("BEGIN")
        defer { connection.rollBack() }
        try readRecordings(&next, &rows)
        let recordings = next.active.keys.sorted()
        for recording in recordings {
            for stretch in next.messages.stretches(of: recording) { try readMessages(stretch, &next, &rows) }
            try readGaps(of: recording, &next, &rows)
        }
        let over = try self.over(next, gone)
        try readChanges(of: recordings, ending: Set(over.map(\.id)), &next, &rows)
        if next.owesPending { try readPending(&next, &rows) }
        try readKnown(&rows)
        next.isBehind = rows.isPartial
        if !rows.isPartial {
            rows.ended = over
            for recording in over { next.forget(recording.id) }
        }
        progress = next
        return rows
    }

    private func readRecordings(_ progress: inout FollowerProgress, _ rows: inout CommittedRows) throws(StoreFailure) {
        rows.begun = progress.untold
        progress.untold = []
        for recording in try tables.recordings.all(progress.lastRecording, make: RecordingRow.init(from:)) {
            progress.lastRecording = recording.id
            progress.active[recording.id] = recording
            rows.begun.append(recording)
        }
    }

    /// Recordings of which nothing more comes.
    private func over(_ progress: FollowerProgress, _ gone: Set<Int64>) throws(StoreFailure) -> [RecordingRow] {
        var found: [RecordingRow] = []
        for id in progress.active.keys.sorted() {
            guard var row = try tables.recording.all(id, make: RecordingRow.init(from:)).first ?? progress.active[id]
            else { continue }
            if row.endedNs == nil, gone.contains(id) { row.interrupted = true }
            if row.endedNs != nil || row.interrupted { found.append(row) }
        }
        return found
    }

    private func readChanges(
        of recordings: [Int64], ending: Set<Int64>, _ progress: inout FollowerProgress, _ rows: inout CommittedRows
    ) throws(StoreFailure) {
        rows.sessions = try changes(
            tables.sessions, recordings, ending, &progress.newSessions, &progress.sessions, &rows.isPartial,
            make: StoredSession.init(from:))
        rows.exchanges = try changes(
            tables.exchanges, recordings, ending, &progress.newExchanges, &progress.exchanges, &rows.isPartial,
            make: ExchangeRow.init(from:))
        rows.calls = try changes(
            tables.calls, recordings, ending, &progress.newCalls, &progress.calls, &rows.isPartial,
            make: CallRow.init(from:))
    }

    private func readGaps(
        of recording: Int64, _ progress: inout FollowerProgress, _ rows: inout CommittedRows
    ) throws(StoreFailure) {
        for stretch in progress.gaps.stretches(of: recording) {
            let gaps = try tables.gaps.all(stretch.after, stretch.through, make: GapRow.init(from:))
            if let last = gaps.last { progress.gaps.skip(to: last.id) }
            if gaps.count == FollowedTables.page { rows.isPartial = true }
            rows.gaps += gaps
        }
    }

    /// Messages, and blocks without one. Both count up in one order, so each is taken only as far as the other is read:
    /// whether a block carries a message is certain then.
    private func readMessages(
        _ stretch: RowFrontier.Stretch, _ progress: inout FollowerProgress, _ rows: inout CommittedRows
    ) throws(StoreFailure) {
        let half = stretch.through >> 31
        guard let place = progress.blocks.stretches(of: half >> 1).first(where: { $0.through >> 31 == half }) else {
            return
        }
        var messages = try tables.messages.all(stretch.after, stretch.through, make: MessageRow.init(from:))
        var blocks = try tables.blocks.all(place.after, place.through, make: StreamEventRow.init(from:))
        let isPage = (messages.count == FollowedTables.page, blocks.count == FollowedTables.page)
        if isPage.1, let last = blocks.last?.block.id {
            messages = Array(messages.prefix { $0.streamEventID ?? 0 <= last })
        }
        if isPage.0, messages.count == FollowedTables.page {
            let last = messages.last { $0.streamEventID != nil }?.streamEventID ?? place.after
            blocks = Array(blocks.prefix { $0.block.id <= last })
        }
        if let last = messages.last { progress.messages.skip(to: last.id) }
        if let last = blocks.last { progress.blocks.skip(to: last.block.id) }
        if isPage.0 || isPage.1 { rows.isPartial = true }
        let carriers = Set(messages.compactMap(\.streamEventID))
        rows.messages += messages
        rows.blocks += blocks.filter { !carriers.contains($0.block.id) }
    }
}
