import Traffic

/// A capture that is open for following.
final class FollowedCapture {
    let connection: Connection
    let tables: FollowedTables
    private let dataVersion: Statement
    private var version: Int64?
    private var texts: Statement?

    /// Recordings whose process is gone are marked as interrupted on the way, where that can be written.
    init(_ path: String) throws(StoreFailure) {
        CaptureFile.settle(path)
        connection = try CaptureFile.openForReading(path)
        tables = try FollowedTables(connection)
        dataVersion = try connection.prepare("PRAGMA data_version")
    }

    /// What `read` gives, where anything was committed since it last gave something, or `isWanted`; nil where not.
    ///
    /// A read that fails leaves the change to the next time.
    func ifChanged<Result>(
        or isWanted: Bool, _ read: () throws(StoreFailure) -> Result
    ) throws(StoreFailure) -> Result? {
        // Asked before the read: what is committed between the two is read, and looked at once more.
        let now = try dataVersion.all(make: { $0.takeInteger() }).first
        guard now != version || isWanted else { return nil }
        let result = try read()
        version = now
        return result
    }

    func text(of message: MessageRow) throws(StoreFailure) -> [UInt8]? {
        if texts == nil { texts = try connection.prepare("SELECT coalesce(body, raw) FROM messages WHERE id = ?") }
        return try texts?.all(message.id, make: { $0.takeContent() }).first ?? nil
    }

    // MARK: Where following begins

    /// Passes over what was seen before `start` but for the rows that may yet change.
    func begin(_ start: CaptureFollower.Start) throws(StoreFailure) -> FollowerProgress {
        var progress = FollowerProgress()
        progress.sinceNs = try time(of: start)
        for recording in try tables.recordings.all(0, make: RecordingRow.init(from:)) {
            progress.lastRecording = recording.id
            // A recording ends after whatever is in it.
            if let ended = recording.endedNs, ended < progress.sinceNs { continue }
            progress.active[recording.id] = recording
            if recording.startedNs >= progress.sinceNs { progress.untold.append(recording) }
            try skip(recording.id, &progress)
        }
        return progress
    }

    private func time(of start: CaptureFollower.Start) throws(StoreFailure) -> Int64 {
        switch start {
        case .time(let ns): return ns
        case .last(let count):
            guard count > 0 else { return .max }
            var times: [Int64] = []
            for recording in try tables.recordings.all(0, make: RecordingRow.init(from:)) {
                let newest = try connection.prepare(
                    """
                    SELECT at_ns FROM message_rows WHERE \(RowRange(recording: recording.id).condition)
                    ORDER BY id DESC LIMIT \(count)
                    """)
                times += try newest.all(make: { $0.takeInteger() })
            }
            times.sort(by: >)
            return times.count < count ? 0 : times[count - 1]
        }
    }

    private func skip(_ recording: Int64, _ progress: inout FollowerProgress) throws(StoreFailure) {
        let since = progress.sinceNs
        try skip(&progress.messages, recording, "message_rows", "at_ns", since)
        try skip(&progress.blocks, recording, "stream_events", "at_ns", since)
        try skip(&progress.gaps, recording, "gaps", "at_ns", since)
        try skip(&progress.newSessions, recording, "sessions", "started_ns", since)
        try skip(&progress.newExchanges, recording, "exchanges", "request_start_ns", since)
        try skip(&progress.newCalls, recording, "calls", "sent_ns", since)
        try watch(&progress.sessions, tables.sessions, recording, progress.newSessions)
        try watch(&progress.exchanges, tables.exchanges, recording, progress.newExchanges)
        try watch(&progress.calls, tables.calls, recording, progress.newCalls)
    }

    private func skip(
        _ frontier: inout RowFrontier, _ recording: Int64, _ table: String, _ time: String, _ since: Int64
    ) throws(StoreFailure) {
        let last = try connection.prepare(
            "SELECT id FROM \(table) WHERE id > ? AND id <= ? AND \(time) < ? ORDER BY id DESC LIMIT 1")
        for stretch in frontier.stretches(of: recording) {
            let id = try last.all(stretch.after, stretch.through, since, make: { $0.takeInteger() }).first
            if let id { frontier.skip(to: id) }
        }
    }

    /// A recording's rows before the frontier that may yet change. A long table is read in several short reads.
    private func watch(
        _ open: inout OpenRows, _ table: FollowedTable, _ recording: Int64, _ frontier: RowFrontier
    ) throws(StoreFailure) {
        let whole = RowFrontier().stretches(of: recording)
        for (all, left) in zip(whole, frontier.stretches(of: recording)) {
            var after = all.after
            while after < left.after {
                let through = min(after + Self.watchedAtOnce, left.after)
                let found = try table.unfinished.all(after, through) { ($0.takeInteger(), $0.takeInteger()) }
                for (id, stage) in found { _ = open.note(id, stage: stage, isLast: false) }
                after = through
            }
        }
    }

    private static let watchedAtOnce: Int64 = 50_000
}
