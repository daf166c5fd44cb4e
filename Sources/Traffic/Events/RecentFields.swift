import WireFormats

/// What was made of lists of fields that came lately. Heads that repeat share their list, so it is enough to see which
/// one it is.
///
/// Bounded: 256 lists, none of more than 2 KiB. Inlinable, because the store would else go through generic code.
package struct RecentFields<Made: Sendable>: Sendable {
    @usableFromInline struct Entry: Sendable {
        /// Held, so that nothing else can lie where it lies, and nobody can change it there.
        @usableFromInline let fields: [HTTPField]
        @usableFromInline let made: Made

        @usableFromInline init(fields: [HTTPField], made: Made) {
            self.fields = fields
            self.made = made
        }
    }

    @usableFromInline var entries: [Entry?] = []

    package init() {}

    /// As many as `place` has values.
    private static var places: Int { 256 }
    private static var longest: Int { 2048 }

    @inlinable
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
        if entries.isEmpty { entries = Array(repeating: nil, count: Self.places) }
        entries[Self.place(of: address)] = Entry(fields: fields, made: made)
    }

    /// Nil of an empty list, all of which are one.
    @inlinable
    static func address(of fields: [HTTPField]) -> UInt? {
        fields.isEmpty ? nil : fields.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
    }

    @inlinable
    static func place(of address: UInt) -> Int {
        Int((UInt64(address) >> 4 &* 0x9E37_79B9_7F4A_7C15) >> 56)
    }
}
