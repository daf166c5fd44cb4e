import Scenario
import TestSupport
import Testing

@testable import Replaying

@Suite struct InterleavingTests {
    typealias Deed = Interleaving.Deed

    /// A session with calls from one time to another; nil: never answered.
    private static func plan(_ started: Int64, _ calls: [(Int64, Int64?)], left: Int64) -> ScenarioPlan {
        let steps = calls.enumerated().map { number, span in
            var step = MadePlan.call(number, after: [])
            step.recordedNs = span.0 - started
            step.overNs = span.1.map { $0 - started }
            return step
        }
        var plan = MadePlan.plan(steps)
        plan.times = .init(started: started, opened: started, left: left)
        return plan
    }

    private static func next(_ order: inout Interleaving) -> String? {
        order.next().map { place in
            switch place.deed {
            case .opening: "\(place.session) opens"
            case .step(let step): "\(place.session) does \(step)"
            case .ending: "\(place.session) leaves"
            }
        }
    }

    @Test func `One who waits in a call is met by the other, who came later`() {
        // The first waits in its call from 10 to 50; the second comes at 20 and calls from 30 to 40.
        var order = Interleaving([
            Self.plan(0, [(10, 50)], left: 60), Self.plan(20, [(30, 40)], left: 55),
        ])
        #expect(Self.next(&order) == "0 opens" && Self.next(&order) == nil)
        order.over(.opening, of: 0)
        #expect(Self.next(&order) == "0 does 0" && Self.next(&order) == nil)
        order.begun(.step(0), of: 0)
        #expect(Self.next(&order) == "1 opens" && Self.next(&order) == nil)
        order.over(.opening, of: 1)
        #expect(Self.next(&order) == "1 does 0")
        order.begun(.step(0), of: 1)
        #expect(Self.next(&order) == nil)
        order.over(.step(0), of: 1)
        #expect(Self.next(&order) == nil)
        order.over(.step(0), of: 0)
        #expect(Self.next(&order) == "1 leaves")
        order.over(.ending, of: 1)
        #expect(Self.next(&order) == "0 leaves" && Self.next(&order) == nil)
    }

    /// What may begin now, of which session.
    private static func sessions(_ order: inout Interleaving) -> [Int] {
        var sessions: [Int] = []
        while let place = order.next() { sessions.append(place.session) }
        return sessions
    }

    @Test func `Who is gone before its time holds nobody up, and who begins nothing more only by what still runs`() {
        let plans = [Self.plan(0, [(10, 20), (30, 40)], left: 90), Self.plan(5, [(50, 60)], left: 80)]
        var gone = Interleaving(plans)
        #expect(Self.sessions(&gone) == [0])
        gone.left(0)
        #expect(Self.sessions(&gone) == [1])
        var halted = Interleaving(plans)
        #expect(Self.sessions(&halted) == [0])
        halted.over(.opening, of: 0)
        #expect(Self.sessions(&halted) == [1])
        halted.over(.opening, of: 1)
        #expect(Self.sessions(&halted) == [0])
        halted.begun(.step(0), of: 0)
        halted.halted(0)
        #expect(Self.sessions(&halted) == [])
        halted.over(.step(0), of: 0)
        #expect(Self.sessions(&halted) == [0, 1])
    }

    @Test(arguments: 0..<20)
    func `In random meetings everybody gets through, and nobody before what was over`(_ seed: Int) {
        var random = SeededGenerator(seed)
        let plans = (0..<4).map { _ in
            let started = Int64.random(in: 0..<100, using: &random)
            var (calls, last): ([(Int64, Int64?)], Int64) = ([], started)
            for _ in 0..<10 {
                last += Int64.random(in: 1..<30, using: &random)
                calls.append(
                    (last, Bool.random(using: &random) ? last + Int64.random(in: 1..<60, using: &random) : nil))
            }
            return Self.plan(started, calls, left: last + 70)
        }
        var order = Interleaving(plans)
        var running: [Interleaving.Place] = []
        var over: Set<Interleaving.Place> = []
        var count = 0
        while true {
            while let place = order.next() {
                count += 1
                if case .step(let step) = place.deed {
                    let start = plans[place.session].times.opened + plans[place.session].steps[step].recordedNs
                    for (session, plan) in plans.enumerated() {
                        for other in plan.steps where (other.overNs.map { plan.times.opened + $0 } ?? .max) <= start {
                            #expect(over.contains(.init(session: session, deed: .step(other.number))))
                        }
                    }
                }
                order.begun(place.deed, of: place.session)
                running.append(place)
            }
            guard let index = running.indices.randomElement(using: &random) else { break }
            let place = running.remove(at: index)
            over.insert(.init(session: place.session, deed: place.deed))
            order.over(place.deed, of: place.session)
        }
        #expect(count == 4 * 12)
    }
}
