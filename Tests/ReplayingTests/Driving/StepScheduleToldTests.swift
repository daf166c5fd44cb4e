import Scenario
import Testing

@testable import Replaying

/// Steps that the recorded client took when it had been told something.
@Suite struct StepScheduleToldTests {
    private static let second: Int64 = 1_000_000_000

    private static func call(_ number: Int, told: Int, ns: Int64 = 0, after: [Int] = []) -> ScenarioStep {
        let call = CallStep(callID: Int64(number), method: "tools/call", body: [])
        var step = ScenarioStep(number: number, kind: .call(call), after: after)
        (step.told, step.toldNs) = (told, ns)
        return step
    }

    @Test func `A step waits for as many notifications as had come before it`() {
        var schedule = StepSchedule([Self.call(0, told: 0), Self.call(1, told: 2)], pace: .max)
        schedule.opened(at: 0)
        #expect(schedule.next(at: 0) == 0 && schedule.next(at: 0) == nil)
        schedule.heardNotification(at: 10)
        #expect(schedule.next(at: 10) == nil)
        schedule.heardNotification(at: 20)
        #expect(schedule.next(at: 20) == 1 && schedule.takeForgone() == [])
    }

    @Test func `What came before the step before it was over is not waited for`() {
        var schedule = StepSchedule([Self.call(0, told: 0), Self.call(1, told: 1, after: [0])], pace: .max)
        schedule.opened(at: 0)
        #expect(schedule.next(at: 0) == 0)
        schedule.heardNotification(at: 1)
        schedule.over(0, at: 2)
        #expect(schedule.next(at: 2) == 1)
    }

    @Test func `Patience lasts as long as the recorded wait and a second, and then only that second`() {
        let steps = [
            Self.call(0, told: 1, ns: 3 * Self.second), Self.call(1, told: 2, ns: 5 * Self.second, after: [0]),
            Self.call(2, told: 2, after: [1]),
        ]
        var schedule = StepSchedule(steps, pace: .max)
        schedule.opened(at: 0)
        #expect(schedule.nextDue == 4 * Self.second && schedule.next(at: 4 * Self.second - 1) == nil)
        #expect(schedule.stuckSince == nil)
        #expect(schedule.next(at: 4 * Self.second) == 0)
        #expect(schedule.takeForgone() == [.init(step: 0, wanted: 1, heard: 0)])
        schedule.over(0, at: 4 * Self.second)
        #expect(schedule.nextDue == 5 * Self.second && schedule.next(at: 5 * Self.second) == 1)
        schedule.over(1, at: 5 * Self.second)
        #expect(schedule.next(at: 5 * Self.second) == 2)
        #expect(schedule.takeForgone() == [.init(step: 1, wanted: 2, heard: 0)])
    }

    @Test(arguments: [(2, 2), (30, 10)])
    func `It ends with the time that an answer may take, and after ten seconds`(_ limit: Int64, _ end: Int64) {
        let steps = [Self.call(0, told: 1, ns: 3600 * Self.second)]
        var schedule = StepSchedule(steps, pace: .max, patience: limit * Self.second)
        schedule.opened(at: 0)
        #expect(schedule.nextDue == end * Self.second)
    }

    @Test func `Halted it waits for nothing`() {
        var schedule = StepSchedule([Self.call(0, told: 1)], pace: .max)
        schedule.opened(at: 0)
        schedule.halt()
        #expect(schedule.nextDue == .max && schedule.isDone && schedule.next(at: 99 * Self.second) == nil)
    }
}
