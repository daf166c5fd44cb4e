import Foundation

/// JSON to be printed: members stay in their order, and texts of the capture go in as they stand. (RFC 8259)
enum JSONText: Sendable, Hashable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case real(Double)
    case string(String)
    case array([JSONText])
    case object([Member])
    /// Valid JSON text; blanks between its tokens are left out, everything else is kept.
    case text([UInt8])

    struct Member: Sendable, Hashable {
        var name: String
        var value: JSONText

        init(_ name: String, _ value: JSONText) {
            self.name = name
            self.value = value
        }

        init(_ name: String, _ value: String?) { self.init(name, value.map(JSONText.string) ?? .null) }
        init(_ name: String, _ value: Int64?) { self.init(name, value.map(JSONText.integer) ?? .null) }
        init(_ name: String, _ value: Double?) { self.init(name, value.map(JSONText.real) ?? .null) }
    }

    /// On one line.
    var line: String {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func write(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes += "null".utf8
        case .boolean(let value): bytes += (value ? "true" : "false").utf8
        case .integer(let value): bytes += String(value).utf8
        case .real(let value): bytes += Self.number(value).utf8
        case .string(let value): Self.quote(value, to: &bytes)
        case .array(let elements):
            Self.list(elements, "[", "]", to: &bytes) { $0.write(to: &$1) }
        case .object(let members):
            Self.list(members, "{", "}", to: &bytes) { member, bytes in
                Self.quote(member.name, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(to: &bytes)
            }
        case .text(let text): bytes += JSONLayout.compact(text)
        }
    }

    private static func list<Element>(
        _ elements: [Element], _ open: Unicode.Scalar, _ close: Unicode.Scalar, to bytes: inout [UInt8],
        _ write: (Element, inout [UInt8]) -> Void
    ) {
        bytes.append(UInt8(ascii: open))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(element, &bytes)
        }
        bytes.append(UInt8(ascii: close))
    }

    /// What JSON has no number for is null.
    private static func number(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        return value == value.rounded() && abs(value) < 1e15 ? String(format: "%.1f", value) : "\(value)"
    }

    private static func quote(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): bytes += "\\n".utf8
            case UInt8(ascii: "\t"): bytes += "\\t".utf8
            case 0..<0x20: bytes += ((byte < 16 ? "\\u000" : "\\u00") + String(byte, radix: 16)).utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
