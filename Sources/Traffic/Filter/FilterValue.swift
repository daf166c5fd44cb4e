/// What stands after a colon: bare text, text in quotes, or several of both on end, as in a shell.
struct FilterValue {
    var text = ""
    /// What stands between the stars that no quotes take the meaning from.
    var pieces = [""]

    var pattern: Filter.Pattern { Filter.Pattern(pieces: pieces) }

    mutating func append(_ scalar: Unicode.Scalar) {
        text.unicodeScalars.append(scalar)
        pieces[pieces.count - 1].unicodeScalars.append(scalar)
    }

    mutating func appendStar() {
        text += "*"
        pieces.append("")
    }
}

extension FilterParser {
    /// Steps over a value, which cannot be empty.
    mutating func value() throws(FilterError) -> FilterValue {
        var value = FilterValue()
        while let next = peek, !next.endsBareValue {
            if next == "\"" {
                try quoted(&value)
            } else {
                place += 1
                if next == "*" { value.appendStar() } else { value.append(next) }
            }
        }
        guard !value.text.isEmpty else {
            throw error("a value is missing here; one with blanks or parentheses goes in quotes: \"…\"")
        }
        return value
    }

    private mutating func quoted(_ value: inout FilterValue) throws(FilterError) {
        let opening = place
        place += 1
        while let next = peek {
            place += 1
            switch next {
            case "\"": return
            case "\\": value.append(try escaped())
            default: value.append(next)
            }
        }
        throw FilterError(column: opening + 1, "this quote is not closed; write \\\" for a quote inside of quotes")
    }

    private mutating func escaped() throws(FilterError) -> Unicode.Scalar {
        let scalar: Unicode.Scalar? =
            switch peek {
            case "\"": "\""
            case "\\": "\\"
            case "n": "\n"
            case "r": "\r"
            case "t": "\t"
            default: nil
            }
        guard let scalar else {
            throw FilterError(
                column: place, "this backslash means nothing; inside of quotes there are \\\" \\\\ \\n \\r \\t")
        }
        place += 1
        return scalar
    }
}

extension Unicode.Scalar {
    var isLetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }

    /// What cannot stand in a value outside of quotes.
    var endsBareValue: Bool {
        properties.isWhitespace || self == "(" || self == ")" || self == "&" || self == "|"
    }
}
