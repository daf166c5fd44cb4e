import Testing

@testable import Scenario

struct FaultPlanTests {
    private func drawn(_ plan: FaultPlan, _ count: Int = 2000) -> [MockFault?] {
        (1...count).map { plan.fault(method: "tools/call", name: "echo", ordinal: $0) }
    }

    @Test func `a seed decides, and another decides otherwise`() {
        let plan = FaultPlan(rates: [.drop: 0.2, .slow: 0.3], seed: 7)
        #expect(drawn(plan) == drawn(FaultPlan(rates: [.drop: 0.2, .slow: 0.3], seed: 7)))
        #expect(drawn(plan) != drawn(FaultPlan(rates: [.drop: 0.2, .slow: 0.3], seed: 8)))
    }

    @Test func `each fault takes its share`() {
        let faults = drawn(FaultPlan(rates: [.drop: 0.2, .slow: 0.3], seed: 1))
        #expect((300...500).contains(faults.count { $0 == .drop }))
        #expect((480...720).contains(faults.count { $0 == .slow }))
    }

    @Test func `all and nothing are possible, and handshakes are left alone`() {
        #expect(drawn(FaultPlan(rates: [.stall: 1], seed: 3)).allSatisfy { $0 == .stall })
        #expect(drawn(.none).allSatisfy { $0 == nil })
        #expect(FaultPlan(rates: [.drop: 1], seed: 3).fault(method: "initialize", name: nil, ordinal: 1) == nil)
    }

    @Test func `rates are shares or percents`() {
        #expect(FaultPlan.parse("drop=0.25").map { $0.fault == .drop && $0.rate == 0.25 } == true)
        #expect(FaultPlan.parse("slow=20%").map { $0.fault == .slow && $0.rate == 0.2 } == true)
        for text in ["drop", "drop=2", "drop=-1", "burn=0.1", "drop=x%", "=1"] { #expect(FaultPlan.parse(text) == nil) }
    }

    @Test func `the first calls of many conversations are hit at the rate too`() {
        let plan = FaultPlan(rates: [.drop: 0.2], seed: 3)
        let hits = (1...1000).filter {
            plan.fault(method: "tools/call", name: "echo", ordinal: 1, conversation: $0) == .drop
        }
        #expect((150...250).contains(hits.count))
    }
}
