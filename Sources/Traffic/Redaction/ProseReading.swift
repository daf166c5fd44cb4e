/// Finds the values of secret members in text that is not JSON but may have some in it: a log line, a file with an
/// example, a message that was cut.
///
/// Goes by a quoted name, a colon and a quoted value or a number. Quotes may have backslashes before them, as in JSON
/// that stands in a string of JSON; the value's closing quote has as many as the opening one. A value without its end
/// goes to the end of the text.
struct ProseReading {
    struct Found {
        /// Without its quotes.
        var range: Range<Int>
        var isString: Bool
        /// What stands before and behind a string here.
        var quote: [UInt8]
    }

    let text: [UInt8]
    let keys: SecretKeys
    private var position = 0
    /// The backslashes of the name whose list is being read.
    private var list: Int?

    init(text: [UInt8], keys: SecretKeys) {
        self.text = text
        self.keys = keys
    }

    mutating func next() -> Found? {
        if let own = list.take(), let found = element(own) { return found }
        while let start = text[position...].firstIndex(of: Self.quote) {
            position = start + 1
            guard let end = text[position...].firstIndex(of: Self.quote) else { return nil }
            let backslashes = backslashes(before: end)
            guard keys.contains(text[position..<end - backslashes]) else {
                position = end
                continue
            }
            position = end + 1
            if let found = value(backslashes) { return found }
        }
        return nil
    }

    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")

    private func backslashes(before end: Int) -> Int {
        var start = end
        while start > 0, text[start - 1] == Self.backslash { start -= 1 }
        return end - start
    }

    /// What stands behind a name and its colon, where that can be a secret.
    private mutating func value(_ backslashes: Int) -> Found? {
        skipBlanks()
        guard position < text.count, text[position] == UInt8(ascii: ":") else { return nil }
        position += 1
        skipBlanks()
        if position < text.count, text[position] == UInt8(ascii: "[") {
            position += 1
            skipBlanks()
            list = backslashes
        }
        return scalar(backslashes)
    }

    /// The next one of a list under a name.
    private mutating func element(_ backslashes: Int) -> Found? {
        // Behind a string stands its closing quote.
        while position < text.count, text[position] == Self.backslash || text[position] == Self.quote { position += 1 }
        skipBlanks()
        guard position < text.count, text[position] == UInt8(ascii: ",") else { return nil }
        position += 1
        skipBlanks()
        list = backslashes
        return scalar(backslashes)
    }

    private mutating func scalar(_ backslashes: Int) -> Found? {
        let quote = Array(repeating: Self.backslash, count: backslashes) + [Self.quote]
        let start = position
        if text[start...].starts(with: quote) {
            position = closingQuote(from: start + quote.count, backslashes)
            let range = start + quote.count..<position
            return range.isEmpty ? nil : Found(range: range, isString: true, quote: quote)
        }
        while position < text.count, isOfNumber(text[position]) { position += 1 }
        return position > start ? Found(range: start..<position, isString: false, quote: quote) : nil
    }

    /// Where the value ends: before the quote that closes it with the backslashes that are its own, or one that closes
    /// the string around it.
    private func closingQuote(from start: Int, _ own: Int) -> Int {
        var index = start
        while let end = text[index...].firstIndex(of: Self.quote) {
            let count = min(backslashes(before: end), end - start)
            if count < own { return end - count }
            if (count - own) % (2 * (own + 1)) == 0 { return end - own }
            index = end + 1
        }
        return text.count
    }

    private mutating func skipBlanks() {
        while position < text.count, text[position] == 0x20 || (9...13).contains(text[position]) { position += 1 }
    }

    private func isOfNumber(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte)
    }
}
