/// SplitMix64: equal seeds give equal numbers on every machine, so that a failing case comes again.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    package init(state: UInt64) { self.state = state }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True once in so many times.
    package mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &self) == 0 }

    package mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }
}

extension [UInt8] {
    /// The bytes in pieces of random lengths from 1 to `limit`.
    package func pieces(upTo limit: Int, using random: inout SeededGenerator) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var start = 0
        while start < count {
            let end = Swift.min(count, start + 1 + random.below(limit))
            pieces.append(Array(self[start..<end]))
            start = end
        }
        return pieces
    }
}
