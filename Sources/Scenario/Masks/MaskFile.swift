import WireFormats

/// Masks as a text: a rule a line, its reason after `#`; lines that are empty or a comment are skipped.
package enum MaskFile {
    /// A line that is no rule.
    package struct Mistake: Error, Sendable, CustomStringConvertible {
        package var line: Int
        package var what: String
        package var description: String { "line \(line): \(what)" }
    }

    package static func rules(in text: String) throws(Mistake) -> [MaskRule] {
        var rules: [MaskRule] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            do throws(MaskRule.Mistake) {
                if let rule = try MaskRule.parse(String(line)) { rules.append(rule) }
            } catch {
                throw Mistake(line: index + 1, what: error.what)
            }
        }
        return rules
    }

    package static func text(of rules: [MaskRule]) -> String {
        let head = """
            # What mcp-inspect replay and diff leave out of account: a path a line, its reason after the #.
            # [METHOD [TOOL]] [params|rounds|notifications|questions|http.body] PATH [~ any|TYPE|"form of a text"]

            """
        return head + rules.map { $0.line + "\n" }.joined()
    }
}

extension MaskRule {
    package struct Mistake: Error, Sendable, CustomStringConvertible {
        package var what: String
        package var description: String { what }
    }

    /// Whether both say the same, whatever the reason.
    package func isSame(as other: MaskRule) -> Bool {
        var other = other
        other.reason = reason
        return line == other.line
    }

    /// Everything but shape and reason.
    var selector: String {
        let words = [method, name.map(Self.quoted), place].compactMap { $0 }
        return (words + [path.description]).joined(separator: " ")
    }

    package var line: String {
        var line = selector
        switch shape {
        case .sameType: break
        case .type(let kind): line += " ~ \(kind.rawValue)"
        case .any: line += " ~ any"
        case .template(let template): line += " ~ \(JSONTree.string(template.description).text)"
        }
        return reason.map { "\(line)  # \($0)" } ?? line
    }

    /// Words that are plain stand as they are.
    private static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty && !word.utf8.contains { $0 <= 0x20 || [0x22, 0x23, 0x27].contains($0) }
            && !word.hasPrefix("$") && word != "~" && !places.contains(word)
        return isPlain ? word : JSONTree.string(word).text
    }

    private static let places: Set<String> = ["params", "rounds", "notifications", "questions", "http.body"]

    /// nil for a line without a rule.
    package static func parse(_ line: String) throws(Mistake) -> MaskRule? {
        let (words, reason) = Self.words(of: line)
        guard !words.isEmpty else { return nil }
        guard let place = words.firstIndex(where: { $0.hasPrefix("$") }) else {
            throw Mistake(what: "there is no path; a path begins with $, such as $.result.content[0].text")
        }
        guard let path = JSONPath(words[place]) else { throw Mistake(what: "\(words[place]) is no path") }
        var rule = MaskRule(path, shape: try shape(words[(place + 1)...]), reason: reason)
        var heads = words[..<place]
        if let last = heads.last, let known = places.first(where: { last == $0 || last.hasPrefix($0 + "[") }) {
            rule.place = known
            heads.removeLast()
        }
        guard heads.count <= 2 else {
            throw Mistake(what: "before the path stand a method, a name and a place at most")
        }
        rule.method = heads.first.map(unquoted)
        rule.name = heads.dropFirst().first.map(unquoted)
        return rule
    }

    private static func shape(_ words: ArraySlice<String>) throws(Mistake) -> Shape {
        guard let first = words.first else { return .sameType }
        guard first == "~", words.count == 2, let word = words.last else {
            throw Mistake(what: "after the path comes ~ and what may stand there, or a reason after #")
        }
        if word == "any" { return .any }
        if let kind = JSONTree.Kind(rawValue: word) { return .type(kind) }
        guard word.hasPrefix("\""), let template = TextTemplate(unquoted(word)) else {
            throw Mistake(what: "\(word) is neither any, nor a JSON type, nor the form of a text in quotes")
        }
        return .template(template)
    }

    private static func unquoted(_ word: String) -> String {
        guard word.hasPrefix("\""), case .string(let text)? = JSONTree(word) else { return word }
        return text
    }

    /// The words of a line, and what follows a `#` that stands in no quotes.
    private static func words(of line: String) -> (words: [String], reason: String?) {
        var words: [String] = []
        var word = ""
        var quote: Character?
        var isEscaped = false
        var rest = line[...]
        while let character = rest.popFirst() {
            if let open = quote {
                word.append(character)
                if isEscaped {
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == open {
                    quote = nil
                }
            } else if character == "#", word.isEmpty {
                let reason = rest.drop { $0 == " " || $0 == "\t" }
                return (words, reason.isEmpty ? nil : String(reason))
            } else if character == " " || character == "\t" || character == "\r" {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else {
                if character == "\"" || character == "'" { quote = character }
                word.append(character)
            }
        }
        if !word.isEmpty { words.append(word) }
        return (words, nil)
    }
}
