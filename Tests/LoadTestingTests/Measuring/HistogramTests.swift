import LoadTesting
import TestSupport
import Testing

@Suite struct HistogramTests {
    @Test func `each percentile is at most one part in 256 above the exact one, and never below`() {
        var random = SeededGenerator(7)
        var histogram = Histogram()
        var exact: [Int64] = []
        for _ in 0..<20_000 {
            let bits = Int64.random(in: 0...41, using: &random)
            let value = Int64.random(in: 0...(1 << bits), using: &random)
            histogram.record(value)
            exact.append(value)
        }
        exact.sort()
        for percent in [0.1, 1, 10, 25, 50, 75, 90, 99, 99.9, 99.99, 100] {
            let wanted = exact[max(1, Int((percent / 100 * Double(exact.count)).rounded(.up))) - 1]
            let found = histogram.value(atPercent: percent)
            #expect(found >= wanted, "\(percent) %")
            #expect(found <= wanted + wanted / 256, "\(percent) %: \(found) for \(wanted)")
        }
        #expect(histogram.minimum == exact.first)
        #expect(histogram.maximum == exact.last)
        #expect(abs(histogram.mean / (Double(exact.reduce(0, +)) / Double(exact.count)) - 1) < 1e-9)
    }

    @Test func `short durations are exact`() {
        for value in [0, 1, 255, 256, 511] as [Int64] {
            var histogram = Histogram()
            histogram.record(value)
            histogram.record(10_000)
            #expect(histogram.value(atPercent: 50) == value)
        }
    }

    @Test func `the ends of what fits are counted and never lost`() {
        var histogram = Histogram()
        histogram.record(-5)
        histogram.record(.max)
        #expect(histogram.count == 2)
        #expect(histogram.minimum == 0)
        #expect(histogram.maximum == .max)
        #expect(histogram.value(atPercent: 100) == (1 << 42) - 1)
        #expect(Histogram().value(atPercent: 99) == 0)
    }

    @Test func `merged histograms are as one that saw everything`() {
        var random = SeededGenerator(3)
        var parts = [Histogram(), Histogram()]
        var whole = Histogram()
        for round in 0..<1000 {
            let value = Int64.random(in: 0...3_000_000_000, using: &random)
            parts[round % 2].record(value)
            whole.record(value)
        }
        var merged = parts[0]
        merged.merge(parts[1])
        #expect(merged.filled.map(\.count) == whole.filled.map(\.count))
        #expect(merged.count == 1000 && merged.minimum == whole.minimum && merged.maximum == whole.maximum)
    }

    @Test func `mean and deviation are those of the values`() {
        var histogram = Histogram()
        for value in [2, 4, 4, 4, 5, 5, 7, 9] as [Int64] { histogram.record(value) }
        #expect(histogram.mean == 5)
        #expect(histogram.standardDeviation == 2)
    }
}
