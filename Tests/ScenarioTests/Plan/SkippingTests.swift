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
}
