import Testing
import Traffic
import WireFormats

@testable import Scenario

@Suite struct SkippingTests {
    /// Which steps stay.
    private static func kept(_ filter: String) throws -> [Bool] {
        let session = MadeUpSession()
        session.call("tools/list", answer: #"{"tools":[]}"#, from: 0, to: 5)
        session.call("tools/call", #"{"name":"search"}"#, answer: #"{"found":"a needle"}"#, from: 10, to: 20)
        session.call("tools/call", #"{"name":"hold"}"#, answer: nil, from: 30, to: 90, status: .cancelled)
        session.notify("notifications/cancelled", #"{"requestId":3}"#, at: 40)
        session.notify("notifications/roots/list_changed", at: 50)
        let recorded = try RecordedSession(1, in: session)
        var plan = try ScenarioPlan(of: recorded, in: session)
        plan.keepOnly(try Filter(filter), of: recorded)
        return plan.steps.map { $0.skipped == nil }
    }

    @Test func `only what the filter selects stays, and what concerns it`() throws {
        #expect(try Self.kept("") == [true, true, true, true, true])
        #expect(try Self.kept("tool:search") == [false, true, false, false, false])
        #expect(try Self.kept("tool:hold") == [false, false, true, true, false])
        #expect(try Self.kept("method:notifications/*") == [false, false, false, false, true])
        #expect(try Self.kept("text:\"a needle\"") == [false, true, false, false, false])
        #expect(try Self.kept("!method:tools/list kind:call") == [false, true, true, true, false])
    }

    /// Three calls, each of which sends what the one before it was answered with.
    private static func chain() throws -> (ScenarioPlan, RecordedSession) {
        let session = MadeUpSession()
        let list = #"{"tools":[{"name":"wipe","annotations":{"destructiveHint":true}}]}"#
        session.call("tools/list", answer: list, from: 0, to: 1)
        session.call("tools/call", #"{"name":"open"}"#, answer: #"{"cart":"c-81f0aa"}"#, from: 2, to: 5)
        session.call(
            "tools/call", #"{"name":"wipe","arguments":{"cart":"c-81f0aa"}}"#, answer: #"{"order":"o-77aa01"}"#,
            from: 6,
            to: 9)
        session.call("tools/call", #"{"name":"pay","arguments":{"order":"o-77aa01"}}"#, answer: "{}", from: 10, to: 12)
        session.call("tools/call", #"{"name":"other"}"#, answer: "{}", from: 13, to: 14)
        let recorded = try RecordedSession(1, in: session)
        return (try ScenarioPlan(of: recorded, in: session), recorded)
    }

    @Test func `what a selected step needs a value of stays, and is named`() throws {
        var (plan, recorded) = try Self.chain()
        plan.keepOnly(try Filter("tool:pay"), of: recorded)
        plan.noteMissingSources()
        #expect(plan.steps.map { $0.skipped == nil } == [false, true, true, true, false])
        let told = plan.notes.filter { $0.contains("--only") }
        #expect(
            told == [
                "step 1 (tools/call open) stays though --only does not select it: step 2 (tools/call wipe) sends what it "
                    + "answers at $.result.cart",
                "step 2 (tools/call wipe) stays though --only does not select it: step 3 (tools/call pay) sends what it "
                    + "answers at $.result.order",
            ])
        #expect(!plan.notes.contains { $0.contains("sends the recorded value") })
    }

    @Test func `a value whose source is left out for another reason is sent as recorded, which is said`() throws {
        var (plan, recorded) = try Self.chain()
        plan.skipDestructive()
        plan.keepOnly(try Filter("tool:pay"), of: recorded)
        plan.noteMissingSources()
        #expect(plan.steps.map { $0.skipped == nil } == [false, false, false, true, false])
        let note =
            "step 3 (tools/call pay) sends the recorded value at $.params.arguments.order: step 2 (tools/call wipe), which "
            + "would give a live one, is skipped (destructive (--allow-destructive calls it))"
        #expect(PlanText.lines(plan).contains("note: \(note)"))
    }

    @Test func `what a call that is left out led to is not waited for`() throws {
        let session = MadeUpSession()
        session.tell("notifications/tools/list_changed", at: 1)
        session.call("tools/call", #"{"name":"change"}"#, answer: "{}", from: 10, to: 20)
        session.tell("notifications/tools/list_changed", at: 25)
        session.call("tools/call", #"{"name":"look"}"#, answer: "{}", from: 30, to: 40)
        let recorded = try RecordedSession(1, in: session)
        var plan = try ScenarioPlan(of: recorded, in: session)
        #expect(plan.steps.map(\.told) == [1, 2])
        plan.keepOnly(try Filter("tool:look"), of: recorded)
        #expect(plan.steps.map(\.told) == [1, 1])
    }
}
