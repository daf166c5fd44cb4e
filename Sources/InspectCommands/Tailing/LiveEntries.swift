import Traffic
import TrafficStore

/// Makes lines of what was committed, in the order of time.
struct LiveEntries {
    private let rows: CommittedRows
    private let everything: Bool
    private let heartbeats: Bool

    /// `everything`: every stream and what a proxy changes on every exchange too; so for `heartbeats`.
    static func make(_ rows: CommittedRows, everything: Bool, heartbeats: Bool? = nil) -> [LiveEntry] {
        LiveEntries(rows: rows, everything: everything, heartbeats: heartbeats ?? everything).all
    }

    private var all: [LiveEntry] {
        var found = rows.begun.map {
            LiveEntry(atNs: $0.startedNs, recording: $0.id, what: .recordingBegan($0))
        }
        found += sessions
        found += exchanges
        found += rows.messages.compactMap(message)
        found += rows.blocks.compactMap(block)
        found += rows.gaps.map { gap in
            let entry = TimelineEntry(
                atNs: gap.atNs, exchange: gap.exchangeID, what: .gap(bytes: gap.bytes, reason: gap.reason))
            return told(
                entry, recording: gap.recordingID,
                FilterSubject(gap, in: gap.exchangeID.flatMap { rows.knownExchanges[$0] }))
        }
        found += rows.calls.compactMap(callEnd)
        // Stable: what has the same time stays in the order above.
        let sorted = found.enumerated().sorted {
            ($0.element.atNs, $0.offset) < ($1.element.atNs, $1.offset)
        }
        // A recording's last word, whatever the clocks say.
        let ends = rows.ended.map {
            LiveEntry(atNs: $0.endedNs ?? latest($0), recording: $0.id, what: .recordingEnded($0))
        }
        return sorted.map(\.element) + ends
    }

    private func told(
        _ entry: TimelineEntry, session: Int64? = nil, recording: Int64, _ subject: FilterSubject, block: Int64? = nil
    ) -> LiveEntry {
        let id = session ?? entry.exchange.flatMap { rows.knownExchanges[$0]?.attribution?.sessionID }
        return LiveEntry(
            atNs: entry.atNs, recording: recording, session: id.flatMap { rows.knownSessions[$0] }, what: .told(entry),
            subject: subject, block: block)
    }

    private func latest(_ recording: RecordingRow) -> Int64 {
        rows.messages.last { $0.recordingID == recording.id }?.atNs ?? recording.startedNs
    }

    // MARK: Sessions

    private var sessions: [LiveEntry] {
        rows.sessions.flatMap { change -> [LiveEntry] in
            let row = change.row.row
            var found: [LiveEntry] = []
            func isKnown(_ stage: CommittedRows.Stage) -> Bool { stage.hasBegun && stage.isAttributed }
            if isKnown(change.now), !(change.before.map(isKnown) ?? false) {
                found.append(
                    LiveEntry(
                        atNs: row.startedNs, recording: row.recordingID, session: change.row, what: .sessionOpened))
            }
            if change.now.hasEnded, let ended = row.endedNs, let reason = row.endReason {
                found.append(
                    told(
                        TimelineEntry(atNs: ended, what: .ended(reason)), session: row.id, recording: row.recordingID,
                        FilterSubject(.end)))
            }
            return found
        }
    }

    // MARK: Exchanges and streams

    private var exchanges: [LiveEntry] {
        rows.exchanges.flatMap { change -> [LiveEntry] in
            let row = change.row
            let subject = FilterSubject(row, call: firstCall(in: row.id))
            return entries(row, change).map { told($0, recording: row.recordingID, subject) }
        }
    }

    private func firstCall(in exchange: Int64) -> CallRow? {
        let calls = rows.knownCalls.values.filter { $0.exchangeID == exchange && $0.direction == .clientToServer }
        return calls.min { $0.id < $1.id }
    }

    private func entries(
        _ row: ExchangeRow, _ change: CommittedRows.Change<ExchangeRow>
    ) -> [TimelineEntry] {
        let hasBegun = change.now.hasBegun && !(change.before?.hasBegun ?? false)
        var found: [TimelineEntry] = []
        if row.isStream {
            let lacksAnswers = rows.calls.contains { call in
                call.row.direction == .clientToServer && call.row.exchangeID == row.id
                    && call.row.responseExchangeID != row.id
            }
            for entry in Timeline.stream(row, isOwn: row.request.method != "GET", lacksAnswers, everything) {
                if case .streamOpened = entry.what { if hasBegun { found.append(entry) } } else { found.append(entry) }
            }
        } else if change.now.hasEnded, row.isWorthTelling && !row.agrees(withError: errorCode(in: row.id)) || everything
        {
            found.append(TimelineEntry(atNs: row.shownNs, exchange: row.id, what: .exchange(row.told)))
        }
        guard change.now.hasEnded else { return found }
        for edit in row.edits where edit.what != "answer" && (everything || !edit.isRoutine) {
            found.append(
                TimelineEntry(atNs: row.responseStartNs ?? row.requestStartNs, exchange: row.id, what: .edit(edit)))
        }
        return found
    }

    private func errorCode(in exchange: Int64) -> Int64? {
        rows.messages.first { $0.exchangeID == exchange && $0.kind == .error && $0.answersID != nil }?.errorCode
    }

    private func block(_ row: StreamEventRow) -> LiveEntry? {
        let entry = Timeline.block(row)
        if case .heartbeats = entry.what, !heartbeats { return nil }
        return told(
            entry, recording: row.block.id >> 32, FilterSubject(row, in: rows.knownExchanges[row.exchangeID]),
            block: row.block.id)
    }

    // MARK: Messages and calls

    private func message(_ row: MessageRow) -> LiveEntry? {
        var call = row.callID.flatMap { rows.knownCalls[$0] }
        if !everything, call?.isPing ?? false, call?.status == .ok || call?.status == .pending { return nil }
        let exchange = row.exchangeID.flatMap { rows.knownExchanges[$0] }
        let subject = FilterSubject(row, call: call, in: exchange)
        // What becomes of it is told when it is known.
        if row.kind == .request, call?.status == .pending { call = nil }
        let calls = call.map { [$0.id: $0] } ?? [:]
        let entry = Timeline.message(row, calls, exchange.map { [$0.id: $0] } ?? [:])
        return told(
            entry, session: row.sessionID, recording: row.recordingID, subject, block: row.streamEventID)
    }

    /// The end of a call whose request was told before; where both are seen at once the request's line says it, and
    /// that of an exchange which failed says so for its calls.
    private func callEnd(_ change: CommittedRows.Change<CallRow>) -> LiveEntry? {
        let call = change.row
        guard change.before != nil, change.now.hasEnded, LiveWords.end(of: call) != nil else { return nil }
        let exchange = call.exchangeID.flatMap { rows.knownExchanges[$0] }
        if call.status == .httpError, exchange?.isWorthTelling ?? false { return nil }
        let last = rows.messages.last { $0.sessionID == call.sessionID }?.atNs
        return LiveEntry(
            atNs: max(call.sentNs, exchange?.responseEndNs ?? last ?? call.sentNs), recording: call.recordingID,
            session: call.sessionID.flatMap { rows.knownSessions[$0] }, what: .callEnded(call),
            subject: FilterSubject(ending: call, in: exchange))
    }
}

extension CallRow {
    /// A server's question whether the client is still there.
    var isPing: Bool { direction == .serverToClient && method == "ping" }
}
