/// What was irregular about one message: a set of at most 64 kinds, so bounded however often each occurred.
package struct HTTP1Deviations: Sendable, Hashable {
    /// Bit `n` stands for the kind whose raw value is `n`.
    package private(set) var bits: UInt64 = 0

    package init() {}

    package init(_ kinds: some Sequence<HTTP1Error.Kind>) {
        for kind in kinds { insert(kind) }
    }

    package var isEmpty: Bool { bits == 0 }

    package func contains(_ kind: HTTP1Error.Kind) -> Bool { bits & (1 << UInt64(kind.rawValue)) != 0 }

    package mutating func insert(_ kind: HTTP1Error.Kind) { bits |= 1 << UInt64(kind.rawValue) }

    package mutating func formUnion(_ other: Self) { bits |= other.bits }

    /// The kinds in the order of their declaration.
    package var kinds: [HTTP1Error.Kind] { HTTP1Error.Kind.allCases.filter(contains) }
}
