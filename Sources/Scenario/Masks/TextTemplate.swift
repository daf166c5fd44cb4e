/// The form of a text: what is always the same, and what kind of thing stands between.
///
/// `{number}` is a run of digits, `{word}` a run of letters, digits and underscores, `{hex 8}` that many hexadecimal
/// digits, `{text}` anything; `{{` is a brace.
package struct TextTemplate: Sendable, Hashable, CustomStringConvertible {
    enum Token: Sendable, Hashable {
        case literal(String)
        case number, word, text
        case hex(Int)

        func matches(_ word: String) -> Bool {
            switch self {
            case .literal(let text): text == word
            case .number: !word.isEmpty && word.utf8.allSatisfy(\.isDigit)
            case .word: !word.isEmpty && word.utf8.allSatisfy(\.isWordByte)
            case .hex(let count): word.utf8.count == count && word.utf8.allSatisfy(\.isHexDigit)
            case .text: true
            }
        }
    }

    let tokens: [Token]

    /// What two texts have in common: word by word where both have as many, else what both begin and end with.
    package init(_ first: String, _ second: String) {
        let (old, new) = (Self.words(first), Self.words(second))
        if old.count == new.count {
            tokens = zip(old, new).map { $0 == $1 ? .literal($0) : Self.kind($0, $1) }
            return
        }
        let head = zip(old, new).prefix { $0 == $1 }.count
        let rest = min(old.count, new.count) - head
        let tail = (0..<rest).first { old[old.count - 1 - $0] != new[new.count - 1 - $0] } ?? rest
        tokens = old.prefix(head).map(Token.literal) + [.text] + old.suffix(tail).map(Token.literal)
    }

    package func matches(_ text: String) -> Bool {
        let words = Self.words(text)
        guard let gap = tokens.firstIndex(of: .text) else {
            return words.count == tokens.count && zip(tokens, words).allSatisfy { $0.matches($1) }
        }
        let tail = tokens.count - gap - 1
        guard words.count >= gap + tail else { return false }
        return zip(tokens.prefix(gap), words).allSatisfy { $0.matches($1) }
            && zip(tokens.suffix(tail), words.suffix(tail)).allSatisfy { $0.matches($1) }
    }

    private static func kind(_ first: String, _ second: String) -> Token {
        if Token.number.matches(first), Token.number.matches(second) { return .number }
        let count = first.utf8.count
        if count >= 4, Token.hex(count).matches(first), Token.hex(count).matches(second) { return .hex(count) }
        return Token.word.matches(first) && Token.word.matches(second) ? .word : .text
    }

    /// Runs of letters, digits and underscores, and between them single characters.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        for scalar in text.unicodeScalars {
            if scalar.utf8.first?.isWordByte == true {
                word.unicodeScalars.append(scalar)
            } else {
                if !word.isEmpty { words.append(word) }
                word = ""
                words.append(String(scalar))
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    package var description: String {
        tokens.map { token in
            switch token {
            case .literal(let text):
                text.split(separator: "{", omittingEmptySubsequences: false).joined(separator: "{{")
            case .number: "{number}"
            case .word: "{word}"
            case .text: "{text}"
            case .hex(let count): "{hex \(count)}"
            }
        }.joined()
    }

    /// nil where a brace opens nothing that is known, or `{text}` stands twice.
    package init?(_ description: String) {
        var tokens: [Token] = []
        var literal = ""
        var rest = description[...]
        while let character = rest.first {
            if character == "{", !rest.hasPrefix("{{") {
                guard let close = rest.firstIndex(of: "}"),
                    let token = Self.token(rest[rest.index(after: rest.startIndex)..<close])
                else { return nil }
                tokens += Self.words(literal).map(Token.literal) + [token]
                literal = ""
                rest = rest[rest.index(after: close)...]
            } else {
                literal.append(character)
                rest = rest.dropFirst(rest.hasPrefix("{{") ? 2 : 1)
            }
        }
        self.tokens = tokens + Self.words(literal).map(Token.literal)
        guard self.tokens.filter({ $0 == .text }).count < 2 else { return nil }
    }

    private static func token(_ name: Substring) -> Token? {
        switch name {
        case "number": return .number
        case "word": return .word
        case "text": return .text
        default: return name.hasPrefix("hex ") ? Int(name.dropFirst(4)).map(Token.hex) : nil
        }
    }
}
