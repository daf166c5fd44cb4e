import TestSupport
import Testing

@testable import Replaying
@testable import Scenario

@Suite struct StepScheduleTests {
    private static func call(_ number: Int, after: [Int] = [], think: Int64 = 0) -> ScenarioStep {
        ScenarioStep(
            number: number, kind: .call(CallStep(callID: Int64(number), method: "tools/call", body: [])), after: after,
            thinkNs: think)
    }

    private static func step(_ number: Int, _ kind: ScenarioStep.Kind, after: [Int] = [], think: Int64 = 0)
        -> ScenarioStep
    {
        ScenarioStep(number: number, kind: kind, after: after, thinkNs: think)
    }

    @Test func `A step begins when those before it are over and the pause is kept`() {
        let steps = [
            Self.call(0, think: 5), Self.call(1, after: [0], think: 10), Self.call(2, after: [0, 1], think: 1),
        ]
        var schedule = StepSchedule(steps, pace: .recorded)
        #expect(schedule.nextDue == .max && schedule.next(at: 1000) == nil)
        schedule.opened(at: 100)
        #expect(schedule.nextDue == 105 && schedule.next(at: 104) == nil && schedule.next(at: 105) == 0)
        #expect(schedule.nextDue == .max)
        schedule.over(0, at: 120)
        #expect(schedule.nextDue == 130 && schedule.next(at: 130) == 1)
        schedule.over(1, at: 131)
        #expect(schedule.next(at: 131) == nil && schedule.next(at: 132) == 2 && !schedule.isDone)
        schedule.over(2, at: 133)
        #expect(schedule.isDone && schedule.unfinished == 0)
    }

    @Test func `Pauses shrink with the pace, and what ran side by side still does`() {
        let steps = [Self.call(0), Self.call(1, think: 8), Self.call(2, after: [0], think: 8)]
        var doubled = StepSchedule(steps, pace: .times(2))
        doubled.opened(at: 0)
        #expect(doubled.next(at: 0) == 0 && doubled.next(at: 3) == nil && doubled.next(at: 4) == 1)
        doubled.over(0, at: 10)
        #expect(doubled.next(at: 13) == nil && doubled.next(at: 14) == 2)
        var fastest = StepSchedule(steps, pace: .max)
        fastest.opened(at: 0)
        #expect(fastest.next(at: 0) == 0 && fastest.next(at: 0) == 1 && fastest.next(at: 99) == nil)
    }

    @Test func `A skipped step is over when it could begin, and holds nobody up longer`() {
        var steps = [Self.call(0), Self.call(1, after: [0], think: 1000), Self.call(2, after: [1], think: 3)]
        steps[1].skipped = "not wanted"
        var schedule = StepSchedule(steps, pace: .recorded)
        schedule.opened(at: 0)
        #expect(schedule.next(at: 0) == 0 && !schedule.isOver(1))
        schedule.over(0, at: 7)
        #expect(schedule.isOver(1) && schedule.nextDue == 10)
        var all = StepSchedule(steps, pace: .recorded, skipping: [0, 1, 2])
        all.opened(at: 0)
        #expect(all.isDone && all.next(at: 1) == nil)
    }

    @Test func `A call is taken back after as much was heard of it as before`() {
        let steps = [
            Self.call(0), Self.step(1, .cancel(of: 0, heard: 2), think: 10), Self.call(2, after: [1]),
        ]
        var schedule = StepSchedule(steps, pace: .recorded)
        schedule.opened(at: 0)
        #expect(schedule.next(at: 20) == 0 && schedule.nextDue == .max)
        schedule.heard(0, .message, at: 25)
        #expect(schedule.nextDue == .max)
        schedule.heard(0, .message, at: 40)
        #expect(schedule.nextDue == 30 && schedule.next(at: 40) == 1)
        schedule.over(1, at: 41)
        #expect(schedule.next(at: 41) == 2)
    }

    @Test func `There is no taking back of what is over, and no cut of a stream that has ended`() {
        let steps = [
            Self.call(0), Self.step(1, .cancel(of: 0, heard: 5)), Self.step(2, .cutStream(of: 0, heard: 1)),
            Self.call(3, after: [1, 2]),
        ]
        var schedule = StepSchedule(steps, pace: .max)
        schedule.opened(at: 0)
        #expect(schedule.next(at: 0) == 0)
        schedule.over(0, at: 3)
        #expect(schedule.isOver(1) && schedule.isOver(2) && schedule.next(at: 3) == 3)
    }

    @Test func `The listening stream is cut by what came on it`() {
        let steps = [Self.step(0, .cutStream(of: nil, heard: 1), think: 4)]
        var schedule = StepSchedule(steps, pace: .recorded)
        schedule.opened(at: 10)
        #expect(schedule.nextDue == .max)
        schedule.heard(nil, .event, at: 12)
        #expect(schedule.nextDue == 14)
    }

    @Test func `A listening call that stands can still be taken back, after what came on it`() {
        let listen = CallStep(callID: 1, method: "subscriptions/listen", body: [])
        let steps = [Self.step(0, .listen(listen)), Self.step(1, .cancel(of: 0, heard: 1), after: [0], think: 5)]
        var schedule = StepSchedule(steps, pace: .max)
        schedule.opened(at: 0)
        #expect(schedule.next(at: 10) == 0 && schedule.stuckSince == nil)
        schedule.over(0, at: 20)
        #expect(!schedule.isDone && schedule.next(at: 21) == nil && schedule.stuckSince == 25)
        schedule.heard(0, .message, at: 30)
        #expect(schedule.stuckSince == nil && schedule.next(at: 30) == 1)
        schedule.over(1, at: 31)
        #expect(schedule.isDone)
    }

    @Test func `Where less is heard than before, what waits for more is done all the same`() {
        let steps = [
            ScenarioStep(
                number: 0, kind: .call(CallStep(callID: 1, method: "tools/call", body: [], isAnswered: false))),
            Self.step(1, .cancel(of: 0, heard: 3), think: 5), Self.call(2, after: [1]),
        ]
        var schedule = StepSchedule(steps, pace: .max)
        schedule.opened(at: 0)
        #expect(schedule.next(at: 10) == 0)
        schedule.heard(0, .message, at: 12)
        #expect(schedule.stuckSince == 17 && schedule.nextDue == .max)
        schedule.release(at: 20)
        #expect(schedule.stuckSince == nil && schedule.next(at: 20) == 1)
        schedule.over(1, at: 20)
        #expect(schedule.next(at: 20) == 2)
    }

    @Test func `What waits for all that another waits for begins with it, however long the row`() {
        let count = 20_000
        var steps = (0..<count).map { Self.call($0) }
        for number in 2..<count { steps[number].afterThoseOf = number - 1 }
        steps[1].after = [0]
        var schedule = StepSchedule(steps, pace: .max)
        schedule.opened(at: 0)
        #expect(schedule.next(at: 0) == 0 && schedule.next(at: 0) == nil)
        schedule.over(0, at: 5)
        for number in 1..<count { #expect(schedule.next(at: 5) == number) }
    }

    @Test func `Twenty thousand calls of which half are under way at a time go on as they did`() {
        let (count, width) = (20_000, 10_000)
        var order = HappensBefore((0..<count).map { .init(start: Int64($0), end: Int64($0 + width)) })
        let steps = (0..<count).map { number in
            let before = order.before(Int64(number))
            var step = Self.call(number, after: before.numbers)
            step.afterThoseOf = before.hasEarlier ? number - 1 : nil
            return step
        }
        #expect(steps.map(\.after.count).reduce(0, +) < 2 * count)
        var schedule = StepSchedule(steps, pace: .max)
        schedule.opened(at: 0)
        for number in 0...width - 1 { #expect(schedule.next(at: 0) == number) }
        // From then on each answer lets one more begin.
        for number in 0..<width {
            #expect(schedule.next(at: Int64(number)) == nil)
            schedule.over(number, at: Int64(number + 1))
            #expect(schedule.next(at: Int64(number + 1)) == number + width)
        }
        for number in width..<count { schedule.over(number, at: Int64(count)) }
        #expect(schedule.isDone)
    }

    @Test func `Steps that need leave wait for it, and what became of them is told once`() {
        var schedule = StepSchedule([Self.call(0, think: 5), Self.call(1)], pace: .recorded, isGated: true)
        schedule.opened(at: 0)
        #expect(schedule.next(at: 100) == nil)
        schedule.permit(0, at: 100)
        #expect(schedule.next(at: 100) == 0 && schedule.next(at: 100) == nil)
        schedule.over(0, at: 110)
        #expect(schedule.takeNews() == [.begun(0), .over(0)] && schedule.takeNews() == [])
        schedule.permit(1, at: 120)
        #expect(schedule.next(at: 120) == 1)
    }

    @Test func `Halted it begins nothing, and is done when what was begun is over`() {
        var schedule = StepSchedule([Self.call(0), Self.call(1, think: 5)], pace: .recorded)
        schedule.opened(at: 0)
        #expect(schedule.next(at: 0) == 0)
        schedule.halt()
        #expect(!schedule.isDone && schedule.next(at: 9) == nil && schedule.unbegun == [1])
        schedule.over(0, at: 9)
        #expect(schedule.isDone)
    }

    @Test func `Whatever depends on what, each step is done once and none before its time`() {
        var random = SeededGenerator(7)
        for _ in 0..<50 {
            let count = Int.random(in: 1...60, using: &random)
            let steps = (0..<count).map { number in
                let after = (0..<number).filter { _ in Int.random(in: 0..<8, using: &random) == 0 }
                return Self.call(number, after: after, think: Int64.random(in: 0...20, using: &random))
            }
            var schedule = StepSchedule(steps, pace: .recorded)
            var ends: [Int: Int64] = [:]
            var (now, running): (Int64, [Int]) = (0, [])
            schedule.opened(at: 0)
            while !schedule.isDone {
                while let step = schedule.next(at: now) {
                    let earliest = steps[step].after.map { ends[$0] ?? .max }.max() ?? 0
                    #expect(now >= earliest + steps[step].thinkNs && ends[step] == nil)
                    running.append(step)
                }
                if let place = running.indices.randomElement(using: &random) {
                    let step = running.remove(at: place)
                    now += Int64.random(in: 0...5, using: &random)
                    ends[step] = now
                    schedule.over(step, at: now)
                } else {
                    now = max(now, schedule.nextDue)
                }
            }
            #expect(ends.count == count)
        }
    }
}
