import TestSupport
import Testing

@testable import Scenario

@Suite struct HappensBeforeTests {
    typealias Span = HappensBefore.Span

    private static func before(_ spans: [Span]) -> [[Int]] {
        var order = HappensBefore(spans)
        return spans.map { order.before($0.start).numbers }
    }

    @Test func `what followed waits for what was before it, and names the nearest alone`() {
        let spans = [Span(start: 0, end: 5), Span(start: 6, end: 9), Span(start: 10, end: 12)]
        #expect(Self.before(spans) == [[], [0], [1]])
    }

    @Test func `what overlapped stays free, and what followed both waits for both`() {
        let spans = [Span(start: 0, end: 5), Span(start: 1, end: 9), Span(start: 10, end: 12)]
        #expect(Self.before(spans) == [[], [], [0, 1]])
    }

    @Test func `nothing waits for what never ended, or for itself`() {
        let spans = [Span(start: 0, end: nil), Span(start: 3, end: 3), Span(start: 3, end: 3), Span(start: 4, end: 8)]
        #expect(Self.before(spans) == [[], [], [], [1, 2]])
    }

    @Test(arguments: 0..<40)
    func `waiting for the named ones is waiting for all that were over, and for nothing else`(_ seed: Int) {
        var random = SeededGenerator(seed)
        let spans = (0..<60).map { _ in
            let start = Int64.random(in: 0..<200, using: &random)
            let end = Bool.random(using: &random) ? start + Int64.random(in: 0..<40, using: &random) : nil
            return Span(start: start, end: end)
        }.sorted { $0.start < $1.start }
        let named = Self.before(spans)
        var reached: [Set<Int>] = []
        for (number, nearest) in named.enumerated() {
            #expect(nearest.allSatisfy { $0 < number })
            reached.append(nearest.reduce(into: Set(nearest)) { $0.formUnion(reached[$1]) })
            let over = spans.indices.filter { ($0 < number) && (spans[$0].end ?? .max) <= spans[number].start }
            #expect(reached[number] == Set(over))
        }
    }

    @Test(arguments: 0..<10)
    func `where much overlaps a step inherits what an earlier one waits for, and all of it is the same`(_ seed: Int) {
        var random = SeededGenerator(seed)
        let spans = (0..<400).map { number in
            let start = Int64(number)
            return Span(start: start, end: start + Int64.random(in: 100..<140, using: &random))
        }
        var order = HappensBefore(spans)
        var reached: [Set<Int>] = []
        var inheriting = 0
        for (number, span) in spans.enumerated() {
            let before = order.before(span.start)
            if before.hasEarlier { inheriting += 1 }
            let inherited = before.hasEarlier ? reached[number - 1] : []
            reached.append(before.numbers.reduce(into: inherited.union(before.numbers)) { $0.formUnion(reached[$1]) })
            #expect(reached[number] == Set(spans.indices.filter { (spans[$0].end ?? .max) <= span.start }))
        }
        #expect(inheriting > 100)
    }

    @Test func `twenty thousand calls of which half are under way at a time are told in few words`() {
        let count = 20_000
        let spans = (0..<count).map { Span(start: Int64($0), end: Int64($0 + count / 2)) }
        var order = HappensBefore(spans)
        var words = 0
        for span in spans { words += order.before(span.start).numbers.count }
        #expect(words < 2 * count)
        #expect(order.before(.max).end == Int64(count - 1 + count / 2) && order.nearest.count == count / 2)
    }
}
