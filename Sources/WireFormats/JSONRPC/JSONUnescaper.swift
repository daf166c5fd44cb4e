/// The scalars of a JSON string, escapes decoded. The text must have passed `JSONCursor.skipString`.
///
/// A `\u` escape of one half of a surrogate pair alone gives U+FFFD. (RFC 8259 §7, §8.2)
struct JSONUnescaper {
    let base: UnsafeRawPointer
    var position: Int
    let end: Int

    mutating func next() -> Unicode.Scalar? {
        guard position < end else { return nil }
        let first = byte(at: position)
        if first == UInt8(ascii: "\\") { return escape() }
        guard first >= 0x80 else {
            position += 1
            return Unicode.Scalar(first)
        }
        return multibyte(first)
    }

    private func byte(at index: Int) -> UInt8 { base.load(fromByteOffset: index, as: UInt8.self) }

    private mutating func multibyte(_ first: UInt8) -> Unicode.Scalar {
        let length = UTF8Sequence.length(base, at: position, end: end)
        guard length > 1 else {
            position += 1
            return "\u{FFFD}"
        }
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for offset in 1..<length { value = value << 6 | UInt32(byte(at: position + offset)) & 0x3F }
        position += length
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    private mutating func escape() -> Unicode.Scalar {
        let kind = byte(at: position + 1)
        guard kind == UInt8(ascii: "u") else {
            position += 2
            return Self.shortEscape(kind)
        }
        let unit = codeUnit(at: position)
        position += 6
        if let unit, let scalar = Unicode.Scalar(unit) { return scalar }
        guard let unit, unit < 0xDC00, let low = codeUnit(at: position), low >= 0xDC00, low <= 0xDFFF else {
            return "\u{FFFD}"
        }
        position += 6
        return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
    }

    /// The UTF-16 code unit of the `\u` escape at `index`, or nil where there is none.
    private func codeUnit(at index: Int) -> UInt32? {
        guard end - index >= 6, byte(at: index) == UInt8(ascii: "\\"), byte(at: index + 1) == UInt8(ascii: "u") else {
            return nil
        }
        var unit: UInt32 = 0
        for offset in 2..<6 {
            guard let digit = Self.hexValue(byte(at: index + offset)) else { return nil }
            unit = unit << 4 | digit
        }
        return unit
    }

    private static func shortEscape(_ kind: UInt8) -> Unicode.Scalar {
        switch kind {
        case UInt8(ascii: "b"): "\u{08}"
        case UInt8(ascii: "f"): "\u{0C}"
        case UInt8(ascii: "n"): "\n"
        case UInt8(ascii: "r"): "\r"
        case UInt8(ascii: "t"): "\t"
        default: Unicode.Scalar(kind)
        }
    }

    static func hexValue(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) - 0x30
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte) - 0x57
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte) - 0x37
        default: nil
        }
    }
}
