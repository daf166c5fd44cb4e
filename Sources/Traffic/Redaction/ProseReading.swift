/// Finds the values of secret members in text that is not JSON but may have some in it: a log line, a file with an
/// example, a message that was cut.
///
/// Goes by a quoted name, a colon and a value: a quoted one, a word, a number, and all of these in a list or an object.
/// Quotes may have backslashes before them, as in JSON that stands in a string of JSON; the value's closing quote has
/// as many as the opening one. A value without its end goes to the end of the text, one without quotes to what cannot
/// belong to it.
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
    /// How many lists and objects are open under a secret's name, and the backslashes of the quotes in them.
    private var depth = 0
    private var own = 0
    /// The name in the object tells what a schema says.
    private var isShown = false

    init(text: [UInt8], keys: SecretKeys) {
        self.text = text
        self.keys = keys
    }

    mutating func next() -> Found? {
        while true {
            if depth > 0 {
                if let found = inner() { return found }
                depth = 0
            }
            guard findName() else { return nil }
            if let found = value() { return found }
        }
    }

    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")
    /// Backslashes before a quote that anybody means: JSON in strings of JSON has one, three, seven, and so on.
    private static let backslashLimit = 255

    private func backslashes(before end: Int) -> Int {
        var start = end
        while start > 0, text[start - 1] == Self.backslash { start -= 1 }
        return end - start
    }

    /// Goes behind the next name of a secret.
    private mutating func findName() -> Bool {
        while let start = text[position...].firstIndex(of: Self.quote) {
            position = start + 1
            guard let end = text[position...].firstIndex(of: Self.quote) else { return false }
            own = backslashes(before: end)
            guard isSecret(text[position..<end - own]) else {
                position = end
                continue
            }
            position = end + 1
            return true
        }
        return false
    }

    private func isSecret(_ name: ArraySlice<UInt8>) -> Bool {
        guard name.contains(Self.backslash) else { return keys.contains(name) }
        return keys.contains(Array(name).withoutUnicodeEscapes)
    }

    /// What stands behind a name and its colon, where that can be a secret.
    private mutating func value() -> Found? {
        skipBlanks()
        guard position < text.count, text[position] == UInt8(ascii: ":") else { return nil }
        position += 1
        skipBlanks()
        guard position < text.count else { return nil }
        guard own <= Self.backslashLimit else { return rest() }
        guard text[position] == UInt8(ascii: "[") || text[position] == UInt8(ascii: "{") else { return scalar() }
        position += 1
        depth = 1
        isShown = false
        return nil
    }

    /// All that follows, as one value: quotes as deep as these hide how it goes on.
    private mutating func rest() -> Found? {
        defer { position = text.count }
        return Found(range: position..<text.count, isString: true, quote: [])
    }

    /// The next value of a list or an object under a name; nil behind its end, and behind that of the string around it.
    private mutating func inner() -> Found? {
        while depth > 0 {
            skipBlanks()
            guard position < text.count else { return nil }
            switch text[position] {
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "}"):
                depth -= 1
                isShown = false
            case UInt8(ascii: ","), UInt8(ascii: ":"): break
            default:
                if beginsOtherQuote { return nil }
                if let found = scalar(), !isName(found), !isShown { return found }
                continue
            }
            position += 1
        }
        return nil
    }

    /// A quote here is not one of the text that is being read.
    private var beginsOtherQuote: Bool {
        let end = endOfBackslashes(from: position)
        return end < text.count && text[end] == Self.quote && end - position != own
    }

    /// Whether a string is the name of a member; then it tells whether the member's value is shown.
    private mutating func isName(_ found: Found) -> Bool {
        guard found.isString else { return false }
        skipBlanks()
        guard position < text.count, text[position] == UInt8(ascii: ":") else { return false }
        isShown = SecretKeys.isShown(text[found.range]) && !isSecret(text[found.range])
        return true
    }

    private mutating func scalar() -> Found? {
        let quote = Array(repeating: Self.backslash, count: own) + [Self.quote]
        let start = position
        guard !text[start...].starts(with: quote) else {
            let range = start + quote.count..<closingQuote(from: start + quote.count)
            position = range.upperBound
            if text[position...].starts(with: quote) { position += quote.count }
            return range.isEmpty ? nil : Found(range: range, isString: true, quote: quote)
        }
        let end = endOfWord(from: start)
        position = max(end, position + (depth > 0 ? 1 : 0))
        let word = text[start..<end]
        guard !word.isEmpty, !["null", "true", "false"].contains(where: { word.elementsEqual($0.utf8) }) else {
            return nil
        }
        return Found(range: start..<end, isString: false, quote: quote)
    }

    /// Where a value without quotes ends: before what follows members and elements, a quote, or the end of the line.
    private func endOfWord(from start: Int) -> Int {
        var end = start
        while end < text.count, text[end] >= 0x20 {
            let byte = text[end]
            if [UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), Self.quote].contains(byte) { break }
            guard byte == Self.backslash else {
                end += 1
                continue
            }
            let behind = endOfBackslashes(from: end)
            if isEscapedBlank(behind) { break }
            end = behind
        }
        if end < text.count, text[end] == Self.quote { end = max(start, end - backslashes(before: end)) }
        while end > start, text[end - 1] == 0x20 { end -= 1 }
        return end
    }

    /// Where the value ends: before the quote that closes it with the backslashes that are its own, or one that closes
    /// the string around it.
    private func closingQuote(from start: Int) -> Int {
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
        while position < text.count {
            if text[position] == 0x20 || (9...13).contains(text[position]) {
                position += 1
            } else if text[position] == Self.backslash {
                let behind = endOfBackslashes(from: position)
                guard isEscapedBlank(behind) else { return }
                position = behind + 1
            } else {
                return
            }
        }
    }

    /// Whoever goes on here goes on behind the run: a long one is passed once.
    private func endOfBackslashes(from start: Int) -> Int {
        var end = start
        while end < text.count, text[end] == Self.backslash { end += 1 }
        return end
    }

    /// Whether a line end or tab stands escaped in a string, with its last backslash before here.
    private func isEscapedBlank(_ index: Int) -> Bool {
        own > 0 && index < text.count && [0x6E, 0x72, 0x74].contains(text[index])
    }
}
