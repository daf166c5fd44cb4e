import TestSupport
import Testing
import Traffic
import TrafficStore

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

    @Test(arguments: KeptCapture.all)
    func `whichever id of a call was sent leads to it`(_ capture: KeptCapture) throws {
        try KeptSessions.of(capture) { reader, ids in
            for id in ids {
                let session = try #require(try reader.session(id)).row
                let calls = try reader.calls(ofSession: id).filter { $0.direction == .clientToServer }
                let requests = try reader.messages(ofSession: id).filter {
                    $0.direction == .clientToServer && $0.kind == .request
                }
                let plan = ScenarioPlan(
                    session: session, dialect: .streamable,
                    steps: calls.enumerated().map { number, call in
                        ScenarioStep(
                            number: number, kind: .call(CallStep(callID: call.id, method: call.method, body: [])))
                    })
                var sent: [Int: String] = [:]
                for (number, call) in calls.enumerated() {
                    sent[number] = requests.last { $0.callID == call.id }?.rpcID
                }
                let pairs = try LivePairs(plan, recorded: reader, sent: sent, live: reader, sessions: [id])
                #expect(pairs.pairs == Dictionary(uniqueKeysWithValues: calls.map { ($0.id, $0.id) }))
                #expect(pairs.skipping == [])
            }
        }
    }
}
