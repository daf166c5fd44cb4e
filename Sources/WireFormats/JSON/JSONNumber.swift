/// A number of a JSON text as it was written. Two are equal where their values are, however they are written: `1`, `1.0`
/// and `10e-1`. No digit is lost, whatever its size. (RFC 8259 §6)
package struct JSONNumber: Sendable, Hashable, CustomStringConvertible {
    /// As it stands in the text.
    package let text: String

    /// `text` must be a JSON number.
    init(valid text: String) { self.text = text }

    package init(_ value: Int) { text = String(value) }

    package var description: String { text }

    /// The value, where it is whole and fits.
    package var int: Int? {
        if let value = Int(text) { return value }
        return Double(text).flatMap { Int(exactly: $0) }
    }

    package var double: Double? { Double(text) }

    package static func == (left: JSONNumber, right: JSONNumber) -> Bool {
        left.text == right.text || left.value == right.value
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(value) }

    /// Significant digits without zeros on either side, and the power of ten of the last of them.
    private struct Value: Hashable {
        var isNegative = false
        var digits: [UInt8] = []
        var exponent = 0
    }

    private var value: Value {
        var value = Value()
        var exponent = 0
        var isFraction = false
        let bytes = Array(text.utf8)
        var index = bytes.first == UInt8(ascii: "-") ? 1 : 0
        value.isNegative = index == 1
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                exponent = Self.exponent(String(decoding: bytes[(index + 1)...], as: UTF8.self))
                index = bytes.count
            default:
                if isFraction { value.exponent -= 1 }
                if bytes[index] != UInt8(ascii: "0") || !value.digits.isEmpty { value.digits.append(bytes[index]) }
            }
            index += 1
        }
        while value.digits.last == UInt8(ascii: "0") {
            value.digits.removeLast()
            value.exponent += 1
        }
        value.exponent += exponent
        return value.digits.isEmpty ? Value() : value
    }

    /// One beyond what any text of this world has is cut off there, so that nothing overflows.
    private static func exponent(_ text: String) -> Int {
        let limit = 1 << 60
        return Int(text).map { min(max($0, -limit), limit) } ?? (text.hasPrefix("-") ? -limit : limit)
    }
}
