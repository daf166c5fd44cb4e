extension JSONCursor {
    /// A string's place, without its quotes.
    struct Text {
        let start: Int
        let end: Int
        /// Whether it has a backslash, so that its bytes are not its value.
        let isEscaped: Bool
    }

    /// Passes a string, or gives nil where it breaks RFC 8259 §7 or is not UTF-8 (§8.1).
    ///
    /// Eight bytes a step while they are plain ASCII. An escaped lone surrogate is within the grammar (§8.2).
    @inline(__always)
    mutating func skipString() -> Text? {
        guard pass(UInt8(ascii: "\"")) else { return nil }
        let start = position
        var isEscaped = false
        while true {
            skipPlain()
            guard position < end else { return nil }
            let byte = byte(at: position)
            switch byte {
            case UInt8(ascii: "\""):
                position &+= 1
                return Text(start: start, end: position &- 1, isEscaped: isEscaped)
            case UInt8(ascii: "\\"):
                isEscaped = true
                guard skipEscape() else { return nil }
            case 0x80...:
                guard skipNonASCII() else { return nil }
            default: return nil
            }
        }
    }

    /// Passes bytes of 0x20...0x7F that are neither quote nor backslash.
    @inline(__always)
    private mutating func skipPlain() {
        var index = position
        while index &+ 8 <= end {
            let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let special = Self.specialBytes(word)
            if special != 0 {
                position = index &+ special.trailingZeroBitCount / 8
                return
            }
            index &+= 8
        }
        while index < end {
            let byte = byte(at: index)
            guard byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else { break }
            index &+= 1
        }
        position = index
    }

    /// The top bit of each byte that is a quote, a backslash, a control or not ASCII; exact up to the lowest one.
    @inline(__always)
    private static func specialBytes(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = (word ^ 0x2222_2222_2222_2222) &- ones
        let backslash = (word ^ 0x5C5C_5C5C_5C5C_5C5C) &- ones
        let control = word &- 0x2020_2020_2020_2020
        // Where the top bit of `word` is set it counts by itself, so `~word` need not be taken apart per term.
        return (quote | backslash | control | word) & 0x8080_8080_8080_8080
    }

    @inline(__always)
    private mutating func skipNonASCII() -> Bool {
        while position < end, byte(at: position) >= 0x80 {
            let length = UTF8Sequence.length(base, at: position, end: end)
            guard length > 0 else { return false }
            position &+= length
        }
        return true
    }

    private mutating func skipEscape() -> Bool {
        position &+= 1
        let kind = current
        position &+= 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return true
        case UInt8(ascii: "u"):
            guard end &- position >= 4 else { return false }
            for offset in 0..<4 where JSONUnescaper.hexValue(byte(at: position &+ offset)) == nil { return false }
            position &+= 4
            return true
        default: return false
        }
    }

    /// Whether the string's value is `name`, escapes decoded.
    @inline(__always)
    func matches(_ text: Text, _ name: StaticString) -> Bool {
        let length = name.utf8CodeUnitCount
        guard !text.isEscaped else { return matchesUnescaped(text, name) }
        guard text.end &- text.start == length else { return false }
        for offset in 0..<length where byte(at: text.start &+ offset) != name.utf8Start[offset] { return false }
        return true
    }

    private func matchesUnescaped(_ text: Text, _ name: StaticString) -> Bool {
        var unescaper = JSONUnescaper(base: base, position: text.start, end: text.end)
        var offset = 0
        while let scalar = unescaper.next() {
            // Names are ASCII.
            guard offset < name.utf8CodeUnitCount, scalar.value == UInt32(name.utf8Start[offset]) else { return false }
            offset += 1
        }
        return offset == name.utf8CodeUnitCount
    }
}
