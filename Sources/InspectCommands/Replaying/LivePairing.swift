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
    ///   - client: which of several at a time.
    ///   - recording: the live recording, in the capture at `live`.
    ///   - recorded: the capture of the recorded session.
    init(
        _ script: ReplayScript, _ result: DriveResult, client: Int, recording: Int64, in live: String, recorded: String
    ) throws {
        self.live = live
        self.recorded = recorded
        let reader = try CaptureReader(path: live)
        let ids = client * ReplayScript.idsOfClient..<(client + 1) * ReplayScript.idsOfClient
        sessions = try reader.sessions(ofRecording: recording).map(\.row.id).filter { session in
            try reader.calls(ofSession: session).contains {
                $0.direction == .clientToServer && Self.number($0.rpcID).map(ids.contains) == true
            }
        }
        undone = Set(result.undone.compactMap { script.plan.steps[$0].call?.callID })
        pairs = try LivePairs(
            script.plan, recorded: try CaptureReader(path: recorded), sent: result.sent, live: reader,
            sessions: sessions)
    }

    /// Of an id that was given here: a number, or its digits as a text.
    private static func number(_ id: String) -> Int? { Int(id.filter { $0 != "\"" }) }

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
