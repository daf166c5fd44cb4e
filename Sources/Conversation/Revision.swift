/// A revision of the protocol that a conversation can be in.
package enum Revision: UInt8, Sendable, Hashable, CaseIterable, Comparable {
    case v20241105, v20250326, v20250618, v20251125, v20260728

    /// The date that names it on the wire.
    package var text: StaticString {
        switch self {
        case .v20241105: "2024-11-05"
        case .v20250326: "2025-03-26"
        case .v20250618: "2025-06-18"
        case .v20251125: "2025-11-25"
        case .v20260728: "2026-07-28"
        }
    }

    /// The newest that is opened with `initialize`.
    package static let latestWithHandshake = Revision.v20251125

    /// Whether a conversation begins with `initialize`; later revisions say everything in each request.
    package var hasHandshake: Bool { self <= .latestWithHandshake }

    package static func < (left: Revision, right: Revision) -> Bool { left.rawValue < right.rawValue }

    /// The revision that a JSON string, quotes included, names.
    static func named(_ text: UnsafeRawBufferPointer) -> Revision? {
        allCases.first { revision in
            let name = UnsafeRawBufferPointer(start: revision.text.utf8Start, count: revision.text.utf8CodeUnitCount)
            return text.count == name.count + 2 && text.dropFirst().prefix(name.count).elementsEqual(name)
        }
    }
}
