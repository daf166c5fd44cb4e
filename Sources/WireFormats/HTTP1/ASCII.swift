import Glibc

/// Classes of bytes and comparisons on them, without tables in memory: a set of ASCII characters is two words.
enum ASCII {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let comma: UInt8 = 0x2C
    static let slash: UInt8 = 0x2F
    static let colon: UInt8 = 0x3A
    static let semicolon: UInt8 = 0x3B

    /// Is the byte a `tchar`? `RFC 9110 §5.6.2`.
    @inline(__always)
    static func isToken(_ byte: UInt8) -> Bool {
        contains(byte, 0x03FF_6CFA_0000_0000, 0x57FF_FFFF_C7FF_FFFE)
    }

    /// May the byte stand in `uri-host [":" port]`? `RFC 9110 §7.2`, `RFC 3986 §3.2.2`.
    @inline(__always)
    static func isHost(_ byte: UInt8) -> Bool {
        contains(byte, 0x2FFF_7FF2_0000_0000, 0x47FF_FFFE_AFFF_FFFE)
    }

    @inline(__always)
    private static func contains(_ byte: UInt8, _ low: UInt64, _ high: UInt64) -> Bool {
        byte < 128 && ((byte < 64 ? low : high) &>> UInt64(byte & 63)) & 1 == 1
    }

    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    @inline(__always)
    static func isLetter(_ byte: UInt8) -> Bool { lowercase(byte) &- 0x61 < 26 }

    /// A control character other than HTAB; none may stand in a line, `RFC 9110 §5.5`.
    @inline(__always)
    static func isControl(_ byte: UInt8) -> Bool { (byte < 0x20 && byte != tab) || byte == 0x7F }

    /// The value of a hexadecimal digit.
    @inline(__always)
    static func hexValue(_ byte: UInt8) -> UInt8? {
        if isDigit(byte) { return byte &- 0x30 }
        let letter = (byte | 0x20) &- 0x61
        return letter < 6 ? letter &+ 10 : nil
    }

    @inline(__always)
    static func lowercase(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    /// The index of the first LF at or behind `start`.
    @inline(__always)
    static func lineFeed(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard start < bytes.count, let base = bytes.baseAddress else { return nil }
        guard let found = memchr(base + start, CInt(lineFeed), bytes.count - start) else { return nil }
        return UnsafeRawPointer(found) - base
    }

    /// The index of the first control character in `range`, or its end. Looks at eight bytes a step.
    static func firstControl(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
        var index = range.lowerBound
        while range.upperBound - index >= 8 {
            let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let deletes = word ^ 0x7F7F_7F7F_7F7F_7F7F
            let low = (word &- 0x2020_2020_2020_2020) & ~word
            let zero = (deletes &- 0x0101_0101_0101_0101) & ~deletes
            if (low | zero) & 0x8080_8080_8080_8080 != 0 {
                for offset in index..<index + 8 where isControl(bytes[offset]) { return offset }
            }
            index += 8
        }
        while index < range.upperBound, !isControl(bytes[index]) { index += 1 }
        return index
    }

    /// `range` without blanks at its ends; CR and LF count as blanks, because a folded value contains them.
    static func trimmed(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Range<Int> {
        func isSpacing(_ byte: UInt8) -> Bool { isBlank(byte) || byte == carriageReturn || byte == lineFeed }
        var lower = range.lowerBound
        var upper = range.upperBound
        while lower < upper, isSpacing(bytes[lower]) { lower += 1 }
        while upper > lower, isSpacing(bytes[upper - 1]) { upper -= 1 }
        return lower..<upper
    }

    /// Does `bytes[range]` spell `text`, case included?
    static func equals(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount, range.upperBound <= bytes.count else { return false }
        guard !range.isEmpty, let base = bytes.baseAddress else { return true }
        return memcmp(base + range.lowerBound, text.utf8Start, range.count) == 0
    }

    /// Does `bytes[range]` spell `text` in any case?
    static func equalsIgnoringCase(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount, range.upperBound <= bytes.count else { return false }
        let wanted = text.utf8Start
        for index in 0..<range.count where lowercase(bytes[range.lowerBound + index]) != lowercase(wanted[index]) {
            return false
        }
        return true
    }

    /// Does `bytes` contain `text` from `offset` on?
    static func holds(_ bytes: UnsafeRawBufferPointer, at offset: Int, _ text: StaticString) -> Bool {
        equals(bytes, offset..<offset + text.utf8CodeUnitCount, text)
    }

    /// Calls `body` with each element of a comma-separated list, trimmed, empty ones included (`RFC 9110 §5.6.1`).
    static func forEachListElement(
        _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ body: (Range<Int>) -> Void
    ) {
        var start = range.lowerBound
        for index in range where bytes[index] == comma {
            body(trimmed(bytes, start..<index))
            start = index + 1
        }
        body(trimmed(bytes, start..<range.upperBound))
    }
}
