/// Reads one JSON text (RFC 8259) strictly: no comments, no trailing commas, strings of valid UTF-8 only.
///
/// Nesting is limited, because values nest on the call stack and the text comes from a peer.
struct JSONParser {
    static let maximumDepth = 256

    let bytes: [UInt8]
    var position = 0
    private var depth = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The value of the whole text.
    mutating func parse() throws(JSONError) -> JSONValue {
        let value = try parseValue()
        skipWhiteSpace()
        guard position == bytes.count else { throw failure("unexpected text after the value") }
        return value
    }

    func failure(_ message: String) -> JSONError {
        JSONError(message: message, offset: position)
    }

    /// The byte at the position, nil at the end.
    var current: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private mutating func skipWhiteSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func parseValue() throws(JSONError) -> JSONValue {
        skipWhiteSpace()
        guard let byte = current else { throw failure("the text ends before the value") }
        switch byte {
        case UInt8(ascii: "{"): return try nested { (parser) throws(JSONError) in try parser.parseObject() }
        case UInt8(ascii: "["): return try nested { (parser) throws(JSONError) in try parser.parseArray() }
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "t"): return try parseLiteral("true", .bool(true))
        case UInt8(ascii: "f"): return try parseLiteral("false", .bool(false))
        case UInt8(ascii: "n"): return try parseLiteral("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try parseNumber()
        default: throw failure("unexpected character")
        }
    }

    private mutating func nested(
        _ body: (inout JSONParser) throws(JSONError) -> JSONValue
    ) throws(JSONError) -> JSONValue {
        depth += 1
        guard depth <= Self.maximumDepth else { throw failure("nesting deeper than \(Self.maximumDepth) levels") }
        position += 1
        let value = try body(&self)
        depth -= 1
        return value
    }

    private mutating func parseObject() throws(JSONError) -> JSONValue {
        var object = JSONObject()
        skipWhiteSpace()
        if take(UInt8(ascii: "}")) { return .object(object) }
        repeat {
            skipWhiteSpace()
            guard current == UInt8(ascii: "\"") else { throw failure("expected the name of a member") }
            let key = try parseString()
            skipWhiteSpace()
            guard take(UInt8(ascii: ":")) else { throw failure("expected a colon") }
            object.append(key, try parseValue())
            skipWhiteSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw failure("expected a comma or the end of the object") }
        return .object(object)
    }

    private mutating func parseArray() throws(JSONError) -> JSONValue {
        var elements: [JSONValue] = []
        skipWhiteSpace()
        if take(UInt8(ascii: "]")) { return .array(elements) }
        repeat {
            elements.append(try parseValue())
            skipWhiteSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw failure("expected a comma or the end of the array") }
        return .array(elements)
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    private mutating func parseLiteral(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let count = word.utf8CodeUnitCount
        guard bytes.count - position >= count,
            bytes[position..<position + count].elementsEqual(String(describing: word).utf8)
        else { throw failure("unexpected word") }
        position += count
        return value
    }
}
