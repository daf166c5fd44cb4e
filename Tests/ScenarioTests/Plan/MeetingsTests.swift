import Testing
import Traffic

@testable import Scenario

@Suite struct MeetingsTests {
    private static func plan(_ started: Int64, _ left: Int64, recording: Int64 = 1) -> ScenarioPlan {
        let row = SessionRow(id: 1, recordingID: recording, startedNs: started, confidence: .high)
        var plan = ScenarioPlan(session: row, dialect: .streamable)
        plan.times = .init(started: started, opened: started, left: left)
        return plan
    }

    @Test func `sessions that were under way at the same time are together, also by others between them`() {
        let plans = [Self.plan(0, 10), Self.plan(50, 60), Self.plan(5, 30), Self.plan(20, 40), Self.plan(40, 45)]
        #expect(ScenarioPlan.meetings(plans) == [[0, 2, 3], [4], [1]])
    }

    @Test func `those of another recording are not`() {
        let plans = [Self.plan(0, 10), Self.plan(5, 30, recording: 2), Self.plan(8, 9)]
        #expect(ScenarioPlan.meetings(plans) == [[0, 2], [1]])
    }
}
