import Testing
import Traffic

@testable import Scenario

@Suite struct LivePairsTests {
    private func step(_ number: Int, _ call: Int64, skipped: String? = nil) -> ScenarioStep {
        ScenarioStep(
            number: number, kind: .call(CallStep(callID: call, method: "tools/call", body: [])), skipped: skipped)
    }

    @Test func `calls are found by the ids that were sent, and what was left out on purpose is not missing`() throws {
        let (recorded, live) = (SpokenSession(), SpokenSession())
        let old = (0..<4).map { index in recorded.call("tools/call", "t\(index)") }
        let new = (0..<2).map { index in live.call("tools/call", "t\(index)") }
        let ids = live.calls.map(\.rpcID)
        let plan = ScenarioPlan(
            session: SessionRow(id: SpokenSession.id, recordingID: 1, startedNs: 0, confidence: .high),
            dialect: .streamable,
            steps: [step(0, old[0]), step(1, old[1]), step(2, old[2], skipped: "destructive")])
        let pairs = try LivePairs(
            plan, recorded: recorded, sent: [0: ids[1], 1: "\"nothing\""], live: live, sessions: [SpokenSession.id])
        #expect(pairs.pairs == [old[0]: new[1]])
        #expect(pairs.skipping == [old[2], old[3]])
        let comparison = try Comparer().compare(
            recorded: recorded, session: SpokenSession.id, live: live, sessions: [SpokenSession.id],
            pairs: pairs.pairs, skipping: pairs.skipping)
        #expect(comparison.divergences.map(\.kind) == [.missing, .extra])
        #expect(comparison.divergences.map(\.recordedCallID) == [old[1], nil])
    }
}
