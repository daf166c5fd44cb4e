/// Counts durations in nanoseconds, in buckets whose width is at most 1/256 of what they hold, as HDR histograms do.
///
/// Our own, and not a package: recording must allocate nothing, not even now and then, and this is all that is needed.
/// Values up to 511 ns are exact. Beyond 73 minutes everything counts as 73 minutes in the buckets, not in `maximum`.
package struct Histogram: Sendable, Equatable {
    /// Each doubling is divided into this many buckets.
    private static let divisions = 256
    private static let divisionBits = 8
    private static let highestBit = 41
    private static let bucketCount = divisions * (highestBit - divisionBits + 2)

    private var buckets: [UInt64]
    package private(set) var count: UInt64 = 0
    package private(set) var minimum = Int64.max
    package private(set) var maximum: Int64 = 0
    private var sum = 0.0
    private var squares = 0.0

    package init() { buckets = Array(repeating: 0, count: Self.bucketCount) }

    package var isEmpty: Bool { count == 0 }

    /// Counts a duration; less than nothing counts as nothing.
    package mutating func record(_ duration: Int64) {
        let value = max(0, duration)
        buckets[Self.index(of: value)] &+= 1
        count &+= 1
        minimum = min(minimum, value)
        maximum = max(maximum, value)
        sum += Double(value)
        squares += Double(value) * Double(value)
    }

    package mutating func merge(_ other: borrowing Histogram) {
        for index in buckets.indices { buckets[index] &+= other.buckets[index] }
        count &+= other.count
        minimum = min(minimum, other.minimum)
        maximum = max(maximum, other.maximum)
        sum += other.sum
        squares += other.squares
    }

    package var mean: Double { count == 0 ? 0 : sum / Double(count) }

    package var standardDeviation: Double {
        guard count > 1 else { return 0 }
        return max(0, squares / Double(count) - mean * mean).squareRoot()
    }

    /// The least value that so many percent of all do not exceed: the upper end of its bucket, never beyond `maximum`.
    package func value(atPercent percent: Double) -> Int64 {
        let wanted = max(1, UInt64((min(max(percent, 0), 100) / 100 * Double(count)).rounded(.up)))
        var seen: UInt64 = 0
        for (index, bucket) in buckets.enumerated() where bucket > 0 {
            seen &+= bucket
            if seen >= wanted { return min(Self.range(of: index).upperBound - 1, maximum) }
        }
        return maximum
    }

    /// The buckets that hold something: their values, and how many.
    package var filled: [(values: Range<Int64>, count: UInt64)] {
        buckets.enumerated().compactMap { $1 == 0 ? nil : (Self.range(of: $0), $1) }
    }

    private static func index(of value: Int64) -> Int {
        guard value >= 2 * divisions else { return Int(value) }
        let value = min(value, 1 << (highestBit + 1) - 1)
        let shift = 63 - value.leadingZeroBitCount - divisionBits
        return shift * divisions + Int(value >> Int64(shift))
    }

    private static func range(of index: Int) -> Range<Int64> {
        guard index >= 2 * divisions else { return Int64(index)..<Int64(index) + 1 }
        let shift = Int64(index / divisions - 1)
        let lower = Int64(index % divisions + divisions) << shift
        return lower..<lower + (1 << shift)
    }
}
