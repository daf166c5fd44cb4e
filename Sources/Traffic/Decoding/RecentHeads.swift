import Glibc

/// Heads that came lately. Under load the same ones come over and over, from clients that repeat their requests and
/// from servers within one second: these are not read anew, and what they hold is there once.
///
/// Bounded: so many heads, none longer than 2 KiB, each in the one place that its bytes lead to.
struct RecentHeads<Head: Sendable>: Sendable {
    private struct Entry: Sendable {
        let bytes: [UInt8]
        let head: Head
    }

    private var entries: [Entry?] = []
    private static var places: Int { 256 }
    private static var longest: Int { 2048 }

    /// What `read` makes of the bytes, now or when they came before.
    mutating func head(_ bytes: RawSpan, _ read: (RawSpan) -> Head) -> Head {
        guard bytes.byteCount <= Self.longest else { return read(bytes) }
        if entries.isEmpty { entries = Array(repeating: nil, count: Self.places) }
        let place = Self.place(of: bytes)
        if let entry = entries[place], Self.isSame(bytes, entry.bytes) { return entry.head }
        let head = read(bytes)
        entries[place] = Entry(bytes: bytes.bytes, head: head)
        return head
    }

    private static func isSame(_ left: RawSpan, _ right: [UInt8]) -> Bool {
        left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in
                guard left.count == right.count, let a = left.baseAddress, let b = right.baseAddress else {
                    return false
                }
                return memcmp(a, b, left.count) == 0
            }
        }
    }

    private static func place(of bytes: RawSpan) -> Int {
        bytes.withUnsafeBytes { bytes in
            var mixed = UInt64(bytes.count)
            var index = 0
            while index + 8 <= bytes.count {
                mixed = (mixed ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
                mixed ^= mixed >> 32
                index += 8
            }
            return Int(mixed % UInt64(places))
        }
    }
}
