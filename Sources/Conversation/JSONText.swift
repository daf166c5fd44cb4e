import WireFormats

/// Writes JSON where there is no value to write it from.
enum JSONText {
    /// A string with its quotes; escapes what RFC 8259 §7 demands.
    static func string(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = [UInt8(ascii: "\"")]
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                bytes += [UInt8]("\\u00\(digits.count < 2 ? "0" : "")\(digits)".utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
        return bytes
    }

    /// An id.
    static func id(_ id: JSONRPCID) -> [UInt8] {
        switch id {
        case .integer(let value): [UInt8](String(value).utf8)
        case .string(let text): string(text)
        case .number(let text): [UInt8](text.utf8)
        case .null: [UInt8]("null".utf8)
        }
    }

    /// Whether the text of an object has no members.
    static func isEmptyObject(_ text: RawSpan) -> Bool {
        text.withUnsafeBytes { bytes in
            bytes.dropFirst().first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D } == UInt8(ascii: "}")
        }
    }
}
