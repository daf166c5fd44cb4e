/// Valid JSON text laid out anew: tokens keep their spelling and order, only the blanks between them change.
enum JSONLayout {
    /// On one line, without blanks.
    static func compact(_ text: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.count)
        var isString = false
        var isEscaped = false
        for byte in text {
            if isString {
                out.append(byte)
                if isEscaped {
                    isEscaped = false
                } else if byte == backslash {
                    isEscaped = true
                } else if byte == quote {
                    isString = false
                }
            } else if !isBlank(byte) {
                isString = byte == quote
                out.append(byte)
            }
        }
        return out
    }

    /// The lines of the text with two blanks for each level.
    static func lines(_ text: [UInt8]) -> [String] {
        var layout = Lines()
        var isString = false
        var isEscaped = false
        for byte in text {
            if isString {
                layout.line.append(byte)
                if isEscaped {
                    isEscaped = false
                } else if byte == backslash {
                    isEscaped = true
                } else if byte == quote {
                    isString = false
                }
            } else if !isBlank(byte) {
                isString = byte == quote
                layout.take(byte)
            }
        }
        return layout.finish()
    }

    private struct Lines {
        var line: [UInt8] = []
        private var lines: [String] = []
        private var depth = 0
        /// A bracket was opened and nothing stands in it yet.
        private var isFresh = false

        mutating func take(_ byte: UInt8) {
            let closes = byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
            if closes { depth -= 1 }
            if isFresh != closes { breakLine() }
            isFresh = byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
            line.append(byte)
            if isFresh { depth += 1 }
            if byte == UInt8(ascii: ",") { breakLine() }
            if byte == UInt8(ascii: ":") { line.append(0x20) }
        }

        private mutating func breakLine() {
            lines.append(String(decoding: line, as: UTF8.self))
            line = Array(repeating: 0x20, count: 2 * max(0, depth))
        }

        mutating func finish() -> [String] { lines + [String(decoding: line, as: UTF8.self)] }
    }

    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
}
