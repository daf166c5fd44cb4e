/// Paths as text.
extension JSONPath: CustomStringConvertible {
    package var description: String {
        parts.reduce("$") { text, part in
            switch part {
            case .key(let key): text + (Self.isWord(key) ? "." + key : "['\(Self.quoted(key))']")
            case .index(let index): text + "[\(index)]"
            case .text: text + "→$"
            case .anyKey: text + ".*"
            case .anyIndex: text + "[*]"
            case .deep(let key): text + ".." + (Self.isWord(key) ? key : "['\(Self.quoted(key))']")
            }
        }
    }

    /// Reads a path. Nil: it is none.
    package init?(_ text: String) {
        var rest = Substring(text)
        guard rest.popFirst() == "$" else { return nil }
        var parts: [Part] = []
        while let first = rest.popFirst() {
            guard let part = Self.part(first, &rest) else { return nil }
            parts.append(part)
        }
        self.parts = parts
    }

    private static func part(_ first: Character, _ rest: inout Substring) -> Part? {
        switch first {
        case "→": return rest.popFirst() == "$" ? .text : nil
        case "[": return bracket(&rest)
        case ".":
            let isDeep = rest.first == "."
            if isDeep { rest.removeFirst() }
            if isDeep, rest.first == "[" {
                rest.removeFirst()
                guard case .key(let key) = bracket(&rest) else { return nil }
                return .deep(key)
            }
            if !isDeep, rest.first == "*" {
                rest.removeFirst()
                return .anyKey
            }
            let word = String(rest.prefix { isWordCharacter($0) })
            rest = rest.dropFirst(word.count)
            guard !word.isEmpty else { return nil }
            return isDeep ? .deep(word) : .key(word)
        default: return nil
        }
    }

    /// Behind an opening bracket.
    private static func bracket(_ rest: inout Substring) -> Part? {
        switch rest.first {
        case "*":
            rest.removeFirst()
            return rest.popFirst() == "]" ? .anyIndex : nil
        case "'":
            rest.removeFirst()
            var key = ""
            while let next = rest.popFirst(), next != "'" {
                guard next == "\\" else {
                    key.append(next)
                    continue
                }
                guard let escaped = rest.popFirst() else { return nil }
                key.append(escaped == "n" ? "\n" : escaped)
            }
            return rest.popFirst() == "]" ? .key(key) : nil
        default:
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            guard let index = Int(digits), rest.popFirst() == "]" else { return nil }
            return .index(index)
        }
    }

    private static func isWordCharacter(_ character: Character) -> Bool {
        character == "_" || character == "-" || character.isLetter || character.isNumber
    }

    private static func isWord(_ key: String) -> Bool { !key.isEmpty && key.allSatisfy(isWordCharacter) }

    private static func quoted(_ key: String) -> String {
        key.reduce("") { text, character in
            switch character {
            case "'", "\\": text + "\\" + String(character)
            case "\n": text + "\\n"
            default: text + String(character)
            }
        }
    }
}
