import Testing
import Traffic
import WireFormats

@testable import Scenario

@Suite struct DialectTests {
    private static func plan(_ dialect: Dialect, _ kinds: [ScenarioStep.Kind]) -> ScenarioPlan {
        let session = SessionRow(id: 1, recordingID: 0, startedNs: 0, confidence: .high)
        let steps = kinds.enumerated().map { ScenarioStep(number: $0, kind: $1) }
        return ScenarioPlan(session: session, dialect: dialect, revision: "2025-11-25", steps: steps)
    }

    private static func call(_ method: String) -> CallStep { CallStep(callID: 1, method: method, body: []) }

    @Test func `in its own dialect a plan stays as it is`() {
        let plan = Self.plan(.streamable, [.call(Self.call("ping"))]).adapted(to: .streamable)
        #expect(plan.revision == "2025-11-25" && plan.notes.isEmpty && plan.steps[0].skipped == nil)
    }

    @Test func `without sessions there are no notifications of the client and no resumed streams`() {
        let kinds: [ScenarioStep.Kind] = [
            .call(Self.call("ping")), .notification(body: []), .cutStream(of: 0, heard: 1),
            .call(Self.call("tasks/list")),
        ]
        let plan = Self.plan(.streamable, kinds).adapted(to: .stateless)
        #expect(plan.steps.map { $0.skipped != nil } == [false, true, true, true])
        #expect(plan.notes == ["ping becomes server/discover"] && !plan.listens)
    }

    @Test(arguments: [Dialect.streamable, .httpSSE])
    func `a subscription becomes the listening stream, and what ends it goes too`(_ target: Dialect) {
        let kinds: [ScenarioStep.Kind] = [
            .listen(Self.call("subscriptions/listen")), .cancel(of: 0, heard: 0), .call(Self.call("tools/list")),
        ]
        let plan = Self.plan(.stateless, kinds).adapted(to: target)
        #expect(plan.steps.map { $0.skipped != nil } == [true, true, false] && plan.listens)
    }
}
