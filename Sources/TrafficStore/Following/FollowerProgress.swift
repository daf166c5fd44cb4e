import Traffic

/// What a follower has seen of a capture.
struct FollowerProgress: Sendable {
    /// Recordings of which more may come, or is still to be read.
    var active: [Int64: RecordingRow] = [:]
    var lastRecording: Int64 = 0
    /// Recordings and what is in them are told from then on.
    var sinceNs: Int64 = 0
    /// Recordings that began since then and before following did, still to be told.
    var untold: [RecordingRow] = []
    /// The last look did not get to the end.
    var isBehind = true
    /// Calls that were pending when following began are still to be told.
    var owesPending = true

    var messages = RowFrontier()
    var blocks = RowFrontier()
    var gaps = RowFrontier()
    var newSessions = RowFrontier()
    var newExchanges = RowFrontier()
    var newCalls = RowFrontier()
    var sessions = OpenRows()
    var exchanges = OpenRows()
    var calls = OpenRows()

    /// A look is worth while though nothing was committed.
    var wantsLook: Bool { isBehind || active.values.contains { !$0.isWritten } }

    mutating func forget(_ recording: Int64) {
        active[recording] = nil
        messages.forget(recording: recording)
        blocks.forget(recording: recording)
        gaps.forget(recording: recording)
        newSessions.forget(recording: recording)
        newExchanges.forget(recording: recording)
        newCalls.forget(recording: recording)
        sessions.forget(recording: recording)
        exchanges.forget(recording: recording)
        calls.forget(recording: recording)
    }
}

extension RecordingRow {
    /// Whether the process that writes it still runs.
    var isWritten: Bool { ProcessIdentity(pid: pid, started: pidStarted, bootID: bootID).isRunning }
}
