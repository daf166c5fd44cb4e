/// Where is kept what came of a recording: replays and what they found. Used from one thread at a time.
package protocol RunArchive: AnyObject {
    /// Stores a replay and what it found, whole or not at all. Returns the replay's id.
    func keep(_ replay: ReplayRow, divergences: [DivergenceRow]) throws(StoreFailure) -> Int64

    /// The replays of a session, oldest first.
    func replays(ofSession session: Int64) throws(StoreFailure) -> [ReplayRow]

    /// What a replay found, in the order of its calls. `after`: the id of the last row of the page before.
    func divergences(ofReplay replay: Int64, after: Int64, limit: Int) throws(StoreFailure) -> [DivergenceRow]
}

/// One comparison of a recorded session with what a server says today.
package struct ReplayRow: Sendable, Hashable {
    /// Counts up from 1; 0 until it is stored.
    package var id: Int64 = 0
    /// The recorded session.
    package var sessionID: Int64
    /// The recording that holds the live traffic, where it is in the same file.
    package var liveRecordingID: Int64?
    package var target: String?
    package var command: String
    package var toolVersion: String
    package var dialect: Dialect?
    /// As asked for: `recorded`, `max`, `2x`.
    package var speed: String?
    /// What made it fail: `result`, `schema`, `latency`, joined by commas.
    package var failOn: String
    package var startedNs: Int64
    package var endedNs: Int64?
    /// How many calls were compared.
    package var calls: Int64 = 0
    /// How many differences counted, and how many a mask took.
    package var divergences: Int64 = 0
    package var masked: Int64 = 0

    package init(sessionID: Int64, command: String, toolVersion: String, failOn: String, startedNs: Int64) {
        self.sessionID = sessionID
        self.command = command
        self.toolVersion = toolVersion
        self.failOn = failOn
        self.startedNs = startedNs
    }
}

/// A difference between what was recorded and what a server says today, as it is stored.
package struct DivergenceRow: Sendable, Hashable {
    /// Counts up from 1; 0 until it is stored.
    package var id: Int64 = 0
    package var replayID: Int64 = 0
    /// The recorded call and the live one; nil where there is none.
    package var callID: Int64?
    package var liveCallID: Int64?
    package var kind: String
    package var path: String
    /// JSON texts, or words; nil where that side has nothing there.
    package var recorded: String?
    package var live: String?
    /// The mask that makes it not count.
    package var maskedBy: String?

    package init(kind: String, path: String) {
        self.kind = kind
        self.path = path
    }
}
