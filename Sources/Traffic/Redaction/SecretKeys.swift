/// The names of members whose values are masked in messages, and a quick look whether a text has any of them.
///
/// Names are compared whole, without regard to the case of ASCII letters.
package struct SecretKeys: Sendable {
    package static let standard = [
        "password", "secret", "client_secret", "api_key", "apikey", "access_token", "refresh_token", "id_token",
        "authorization",
    ]
    /// Names that hold messages and calls together: what they name is never masked.
    package static let kept: Set<String> = [
        "jsonrpc", "id", "method", "requestid", "progresstoken", "cursor", "nextcursor", "requeststate",
        "protocolversion",
    ]

    /// Names in an object under a secret's name whose values are no secrets: what schemas say of a value, and `kept`.
    private static let shown: Set<String> = kept.union([
        "type", "title", "description", "format", "pattern", "$ref", "$id", "$schema", "$comment", "$anchor",
        "required",
        "contentencoding", "contentmediatype", "minlength", "maxlength", "minimum", "maximum", "exclusiveminimum",
        "exclusivemaximum", "multipleof", "minitems", "maxitems", "minproperties", "maxproperties", "propertyname",
        "x-mcp-header",
    ])

    /// Whether the name is one of those, without regard to the case of ASCII letters.
    static func isShown(_ name: ArraySlice<UInt8>) -> Bool {
        name.count <= 20 && shown.contains(String(decoding: name.map(ByteSet.lower), as: UTF8.self))
    }

    /// In lower case.
    private let names: [[UInt8]]
    /// The last bytes of the names, and all bytes that an escape may stand for in a key or around it.
    private let lastBytes: ByteSet
    private let escapable: ByteSet
    private let hasNonASCII: Bool

    /// No names: messages stay as they are.
    package static let none = SecretKeys(names: [])

    /// The standard names and `extra` ones, without those that are kept.
    package init(extra: [String] = []) { self.init(names: Self.standard + extra) }

    private init(names all: [String]) {
        let lower = Set(all.map { $0.utf8.map(ByteSet.lower) })
        names = lower.filter { !$0.isEmpty && !Self.kept.contains(String(decoding: $0, as: UTF8.self)) }
            .sorted { $0.lexicographicallyPrecedes($1) }
        lastBytes = ByteSet(names.compactMap(\.last))
        escapable = ByteSet(names.joined() + [UInt8(ascii: "\""), UInt8(ascii: "\\")])
        hasNonASCII = names.joined().contains { $0 >= 0x80 }
    }

    var isEmpty: Bool { names.isEmpty }

    /// Whether a key, its bytes without quotes and escapes, is one of the names.
    func contains(_ key: some RandomAccessCollection<UInt8>) -> Bool {
        names.contains { name in name.count == key.count && zip(name, key).allSatisfy { $0 == ByteSet.lower($1) } }
    }

    /// Whether one of the names may stand in the text between quotes, at any depth of JSON in strings of JSON. False
    /// is certain, and costs one pass.
    func mayStand(in text: RawSpan) -> Bool { text.withUnsafeBytes { mayStand(in: $0) } }

    private func mayStand(in text: UnsafeRawBufferPointer) -> Bool {
        guard !names.isEmpty else { return false }
        var index = 0
        while index &+ 8 <= text.count {
            let word = UInt64(littleEndian: text.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            var marks = Self.marks(word)
            while marks != 0 {
                if isSuspicious(text, at: index &+ marks.trailingZeroBitCount / 8) { return true }
                marks &= marks &- 1
            }
            index &+= 8
        }
        while index < text.count {
            if isSuspicious(text, at: index) { return true }
            index &+= 1
        }
        return false
    }

    /// The top bit of each byte that is a quote or a backslash, and of few others.
    @inline(__always)
    private static func marks(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ 0x2222_2222_2222_2222
        let backslash = word ^ 0x5C5C_5C5C_5C5C_5C5C
        return (((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)) & 0x8080_8080_8080_8080
    }

    @inline(__always)
    private func isSuspicious(_ text: UnsafeRawBufferPointer, at index: Int) -> Bool {
        switch text[index] {
        case UInt8(ascii: "\""):
            // In JSON that stands in a string backslashes come before the closing quote too.
            var end = index
            while end > 0, text[end &- 1] == UInt8(ascii: "\\") { end &-= 1 }
            guard end > 0, lastBytes.contains(ByteSet.lower(text[end &- 1])) else { return false }
            return endsInName(text, end)
        case UInt8(ascii: "\\"): return isEscapedName(text, at: index)
        default: return false
        }
    }

    private func endsInName(_ text: UnsafeRawBufferPointer, _ end: Int) -> Bool {
        names.contains { name in
            let start = end - name.count
            guard start > 0, text[start - 1] == UInt8(ascii: "\"") else { return false }
            for offset in name.indices where ByteSet.lower(text[start + offset]) != name[offset] { return false }
            return true
        }
    }

    /// Whether an escape stands for a byte of a name, or for what stands around one.
    private func isEscapedName(_ text: UnsafeRawBufferPointer, at index: Int) -> Bool {
        guard index + 5 < text.count, text[index + 1] == UInt8(ascii: "u") else { return false }
        guard text[index + 2] == UInt8(ascii: "0"), text[index + 3] == UInt8(ascii: "0"),
            let high = ByteSet.digit(text[index + 4]), let low = ByteSet.digit(text[index + 5]), high < 8
        else { return hasNonASCII }
        return escapable.contains(ByteSet.lower(high << 4 | low))
    }
}

/// A set of ASCII bytes, those of both cases as one.
private struct ByteSet: Sendable {
    private var bits: (UInt64, UInt64) = (0, 0)
    private var hasOthers = false

    init(_ bytes: [UInt8]) {
        for byte in bytes {
            switch Self.lower(byte) {
            case let byte where byte < 64: bits.0 |= 1 << UInt64(byte)
            case let byte where byte < 128: bits.1 |= 1 << UInt64(byte - 64)
            default: hasOthers = true
            }
        }
    }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        guard byte < 128 else { return hasOthers }
        return (byte < 64 ? bits.0 >> UInt64(byte) : bits.1 >> UInt64(byte - 64)) & 1 == 1
    }

    @inline(__always)
    static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

    static func digit(_ byte: UInt8) -> UInt8? {
        switch lower(byte) {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 0x30
        case UInt8(ascii: "a")...UInt8(ascii: "f"): lower(byte) - 0x57
        default: nil
        }
    }
}
