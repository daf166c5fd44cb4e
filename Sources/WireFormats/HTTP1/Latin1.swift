import Glibc

/// Text with one code point a byte, so that every byte sequence survives the way to `String` and back.
package enum Latin1 {
    /// The bytes as text.
    package static func text(_ bytes: RawSpan) -> String { bytes.withUnsafeBytes { text($0[...]) } }

    /// The bytes of `text`; nil when it has code points above U+00FF.
    package static func bytes(of text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            guard let byte = UInt8(exactly: scalar.value) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    static func text(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        let whole = UnsafeRawBufferPointer(rebasing: bytes)
        if isASCII(whole) { return String(decoding: whole, as: UTF8.self) }
        var scalars = String.UnicodeScalarView()
        for byte in bytes { scalars.append(Unicode.Scalar(byte)) }
        return String(scalars)
    }

    private static func isASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var all: UInt8 = 0
        for byte in bytes { all |= byte }
        return all < 0x80
    }

    /// As text, with one space for each CRLF (or LF) and the blanks around it.
    static func unfolded(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        guard let start = bytes.base.baseAddress,
            memchr(start + bytes.startIndex, Int32(ASCII.lineFeed), bytes.count) != nil
        else { return text(bytes) }
        let whole = UnsafeRawBufferPointer(rebasing: bytes)
        var lines: [String] = []
        for line in whole.split(separator: ASCII.lineFeed) {
            let content = ASCII.trimmed(whole, line.startIndex..<line.endIndex)
            if !content.isEmpty { lines.append(text(whole[content])) }
        }
        return lines.joined(separator: " ")
    }

    static func equalsIgnoringCase(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count
            && zip(left.utf8, right.utf8).allSatisfy { ASCII.lowercase($0) == ASCII.lowercase($1) }
    }
}
