import WireFormats

/// What was made of lists of fields that came lately. Heads that repeat share their list, so it is enough to see which
/// one it is.
///
/// Bounded: 256 lists, none of more than 2 KiB.
package struct RecentFields<Made: Sendable>: Sendable {
    private struct Entry: Sendable {
        /// Held, so that nothing else can lie where it lies, and nobody can change it there.
        let fields: [HTTPField]
        let made: Made
    }

    private var entries: [Entry?] = []

    package init() {}

    private static var bits: UInt64 { 8 }
    private static var longest: Int { 2048 }

    package func made(of fields: [HTTPField]) -> Made? {
        guard !entries.isEmpty, let address = Self.address(of: fields), let entry = entries[Self.place(of: address)],
            Self.address(of: entry.fields) == address, entry.fields.count == fields.count
        else { return nil }
        return entry.made
    }

    package mutating func keep(_ made: Made, of fields: [HTTPField]) {
        guard let address = Self.address(of: fields) else { return }
        var size = 0
        for index in fields.indices { size += fields[index].name.utf8.count + fields[index].value.utf8.count }
        guard size <= Self.longest else { return }
        if entries.isEmpty { entries = Array(repeating: nil, count: 1 << Int(Self.bits)) }
        entries[Self.place(of: address)] = Entry(fields: fields, made: made)
    }

    /// Nil of an empty list, all of which are one.
    private static func address(of fields: [HTTPField]) -> UInt? {
        fields.isEmpty ? nil : fields.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
    }

    private static func place(of address: UInt) -> Int {
        Int((UInt64(address) >> 4 &* 0x9E37_79B9_7F4A_7C15) >> (64 - bits))
    }
}
