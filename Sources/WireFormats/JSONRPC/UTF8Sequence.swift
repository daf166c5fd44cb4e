/// Well-formed UTF-8. (RFC 3629 §4; Unicode 16 table 3-7)
enum UTF8Sequence {
    /// The length of the sequence that begins at `index` with a byte of 0x80 or more, or 0 where it is not well formed:
    /// overlong, a surrogate, beyond U+10FFFF, or cut by `end`.
    @inline(__always)
    static func length(_ base: UnsafeRawPointer, at index: Int, end: Int) -> Int {
        let lead = base.load(fromByteOffset: index, as: UInt8.self)
        let bounds: (length: Int, low: UInt8, high: UInt8)
        switch lead {
        case 0xC2...0xDF: bounds = (2, 0x80, 0xBF)
        case 0xE0: bounds = (3, 0xA0, 0xBF)
        case 0xED: bounds = (3, 0x80, 0x9F)
        case 0xE1...0xEF: bounds = (3, 0x80, 0xBF)
        case 0xF0: bounds = (4, 0x90, 0xBF)
        case 0xF1...0xF3: bounds = (4, 0x80, 0xBF)
        case 0xF4: bounds = (4, 0x80, 0x8F)
        default: return 0
        }
        guard end &- index >= bounds.length else { return 0 }
        let second = base.load(fromByteOffset: index &+ 1, as: UInt8.self)
        guard second >= bounds.low, second <= bounds.high else { return 0 }
        var offset = 2
        while offset < bounds.length {
            guard base.load(fromByteOffset: index &+ offset, as: UInt8.self) & 0xC0 == 0x80 else { return 0 }
            offset &+= 1
        }
        return bounds.length
    }

    /// Whether the bytes are well-formed UTF-8 without NUL, so that a C string interface takes them as they are.
    static func isTextWithoutNull(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let base = bytes.baseAddress else { return true }
        let end = bytes.count
        var index = 0
        while index < end {
            if index &+ 8 <= end {
                let word = base.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                // No top bit, and no byte that borrows from its top bit: eight bytes of 0x01...0x7F.
                if (word | (word &- 0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080 == 0 {
                    index &+= 8
                    continue
                }
            }
            let byte = base.load(fromByteOffset: index, as: UInt8.self)
            guard byte != 0 else { return false }
            let length = byte < 0x80 ? 1 : Self.length(base, at: index, end: end)
            guard length > 0 else { return false }
            index &+= length
        }
        return true
    }
}
