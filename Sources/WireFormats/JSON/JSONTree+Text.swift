/// From text and to text.
extension JSONTree {
    static func value(_ cursor: inout JSONCursor, depth: Int) -> JSONTree? {
        cursor.skipWhitespace()
        switch cursor.current {
        case UInt8(ascii: "{"): return depth < maximumDepth ? object(&cursor, depth: depth) : nil
        case UInt8(ascii: "["): return depth < maximumDepth ? array(&cursor, depth: depth) : nil
        case UInt8(ascii: "\""): return cursor.skipString().map { .string(text($0, in: cursor)) }
        case UInt8(ascii: "t"): return cursor.skipLiteral("true") ? .bool(true) : nil
        case UInt8(ascii: "f"): return cursor.skipLiteral("false") ? .bool(false) : nil
        case UInt8(ascii: "n"): return cursor.skipLiteral("null") ? .null : nil
        default:
            let start = cursor.position
            guard cursor.skipNumber() else { return nil }
            return .number(JSONNumber(valid: string(cursor, start, cursor.position)))
        }
    }

    private static func object(_ cursor: inout JSONCursor, depth: Int) -> JSONTree? {
        cursor.position += 1
        var members: [Member] = []
        while true {
            switch cursor.nextMember(isFirst: members.isEmpty) {
            case .end: return .object(members)
            case .invalid: return nil
            case .key(let key):
                let key = text(key, in: cursor)
                guard let value = value(&cursor, depth: depth + 1) else { return nil }
                members.append(Member(key, value))
            }
        }
    }

    private static func array(_ cursor: inout JSONCursor, depth: Int) -> JSONTree? {
        cursor.position += 1
        var elements: [JSONTree] = []
        while true {
            switch cursor.nextElement(isFirst: elements.isEmpty) {
            case .end: return .array(elements)
            case .invalid: return nil
            case .value:
                guard let value = value(&cursor, depth: depth + 1) else { return nil }
                elements.append(value)
            }
        }
    }

    private static func text(_ text: JSONCursor.Text, in cursor: JSONCursor) -> String {
        guard text.isEscaped else { return string(cursor, text.start, text.end) }
        var unescaper = JSONUnescaper(base: cursor.base, position: text.start, end: text.end)
        var result = String.UnicodeScalarView()
        while let scalar = unescaper.next() { result.append(scalar) }
        return String(result)
    }

    private static func string(_ cursor: JSONCursor, _ start: Int, _ end: Int) -> String {
        String(decoding: UnsafeRawBufferPointer(start: cursor.base + start, count: end - start), as: UTF8.self)
    }

    /// The shortest text: no white space, members in their order, only what must be escaped is.
    package func serialized() -> [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return bytes
    }

    private func write(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .number(let value): bytes += value.text.utf8
        case .string(let value): Self.write(value, to: &bytes)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                element.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.write(member.key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// Escapes what RFC 8259 §7 demands.
    private static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x0A: bytes += "\\n".utf8
            case 0x0D: bytes += "\\r".utf8
            case 0x09: bytes += "\\t".utf8
            case 0..<0x20: bytes += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
