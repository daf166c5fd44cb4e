import Replaying
import Scenario
import Traffic
import TrafficStore

/// Which live calls are those of one client, and which recorded call each repeats.
struct LivePairing: Sendable {
    private let pairs: LivePairs
    /// Recorded calls that were to be done and were not, or were when all was ended: told as such, not as so many
    /// differences.
    let undone: Set<Int64>
    private let leftOut: LeftOut
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
        (self.sessions, self.live, self.recorded) = (sessions, live, recorded)
        let (archive, reader) = (try CaptureReader(path: recorded), try CaptureReader(path: live))
        let pairs = try LivePairs(
            script.plan, recorded: archive, sent: result.sent, live: reader, sessions: sessions)
        let calls = try archive.calls(ofSession: script.sessionID)
        var undone = Set(result.undone.compactMap { script.plan.steps[$0].call?.callID })
        if result.isInterrupted {
            let left = Set(try sessions.flatMap { try reader.calls(ofSession: $0) }.filter(\.hasNoAnswer).map(\.id))
            undone.formUnion(
                calls.filter { call in !call.hasNoAnswer && pairs.pairs[call.id].map(left.contains) == true }.map(\.id))
        }
        self.pairs = pairs
        self.undone = undone
        leftOut = LeftOut(
            script.plan, calls: calls, undone: result.undone, isCutShort: result.trouble != nil || result.isInterrupted)
    }

    /// What the live server said differently from the recorded one.
    func compare(_ script: ReplayScript, _ comparer: Comparer) throws -> Comparison {
        try comparer.compare(
            recorded: try CaptureReader(path: recorded), session: script.sessionID, live: try CaptureReader(path: live),
            sessions: sessions, pairs: pairs.pairs, skipping: pairs.skipping.union(undone), leftOut: leftOut)
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
