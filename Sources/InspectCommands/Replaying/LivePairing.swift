import Replaying
import Scenario
import Traffic
import TrafficStore

/// Which live calls are those of one client, and which recorded call each repeats.
struct LivePairing: Sendable {
    private let pairs: LivePairs
    /// Recorded calls that were to be done and were not begun: told as a number, not as so many differences.
    private let undone: Set<Int64>
    /// Sessions with calls of the client.
    private let sessions: [Int64]
    private let recorded: String
    private let live: String

    /// - Parameters:
    ///   - sessions: those of the client, in the capture at `live`.
    ///   - recorded: the capture of the recorded session.
    init(
        _ script: ReplayScript, _ result: DriveResult, sessions: [Int64], in live: String, recorded: String
    ) throws {
        self.live = live
        self.recorded = recorded
        self.sessions = sessions
        let reader = try CaptureReader(path: live)
        undone = Set(result.undone.compactMap { script.plan.steps[$0].call?.callID })
        pairs = try LivePairs(
            script.plan, recorded: try CaptureReader(path: recorded), sent: result.sent, live: reader,
            sessions: sessions)
    }

    /// What the live server said differently from the recorded one.
    func compare(_ script: ReplayScript, _ comparer: Comparer) throws -> Comparison {
        try comparer.compare(
            recorded: try CaptureReader(path: recorded), session: script.sessionID, live: try CaptureReader(path: live),
            sessions: sessions, pairs: pairs.pairs, skipping: pairs.skipping.union(undone))
    }

    /// What the live server said differently the second time.
    func compare(after first: LivePairing, _ comparer: Comparer) throws -> Comparison {
        var both: [Int64: Int64] = [:]
        for (recorded, call) in first.pairs.pairs { both[call] = pairs.pairs[recorded] }
        guard let session = first.sessions.first else { return Comparison(failOn: comparer.failOn) }
        return try comparer.compare(
            recorded: try CaptureReader(path: first.live), session: session, live: try CaptureReader(path: live),
            sessions: sessions, pairs: both)
    }
}
