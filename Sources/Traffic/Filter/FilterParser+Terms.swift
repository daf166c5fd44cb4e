extension FilterParser {
    /// `key:value` or `key>value`.
    mutating func term() throws(FilterError) -> Filter.Term {
        let start = place
        while let next = peek, next.isLetter { place += 1 }
        let word = String(String.UnicodeScalarView(scalars[start..<place]))
        let afterWord = place
        guard let key = Filter.Key(rawValue: word.asciiLowercased), let separator = separator(after: key) else {
            place = start
            throw noTerm(from: start, word: word, to: afterWord)
        }
        switch separator {
        case .colon: return try valueTerm(key)
        case .comparison(let comparison): return try comparisonTerm(key, comparison)
        }
    }

    private enum Separator {
        case colon
        case comparison(Filter.Comparison)
    }

    /// Steps over what follows a key; nil where nothing fitting does.
    private mutating func separator(after key: Filter.Key) -> Separator? {
        guard key.compares else {
            guard peek == ":" else { return nil }
            place += 1
            return .colon
        }
        let hasColon = peek == ":"
        if hasColon { place += 1 }
        skipBlanks()
        for comparison in Filter.Comparison.allCases
        where scalars[place...].starts(with: comparison.rawValue.unicodeScalars) {
            place += comparison.rawValue.unicodeScalars.count
            skipBlanks()
            return .comparison(comparison)
        }
        return hasColon ? .colon : nil
    }

    /// Why what begins at `start` is no term.
    private func noTerm(from start: Int, word: String, to end: Int) -> FilterError {
        let next = end < scalars.count ? scalars[end] : nil
        let column = start + 1
        if let key = Filter.Key(rawValue: word.asciiLowercased) {
            let form = key.compares ? "\(key.rawValue)>1s or \(key.rawValue)<1s" : "\(key.rawValue):VALUE"
            return FilterError(column: column, "\"\(word)\" is followed by a value: write \(form)")
        }
        if next == ":" || next.map({ "<>=".unicodeScalars.contains($0) }) == true, !word.isEmpty {
            let meant = Filter.Key.near(word.asciiLowercased).map { "; did you mean \($0.form)" } ?? ""
            return FilterError(column: column, "there is no term \"\(word)\"; terms are \(Filter.Key.forms)\(meant)")
        }
        var text = String.UnicodeScalarView()
        for scalar in scalars[start...].prefix(40) {
            guard !scalar.endsBareValue else { break }
            text.append(scalar)
        }
        let found = String(text)
        return FilterError(
            column: column,
            "\"\(found)\" is no term; terms are \(Filter.Key.forms) – to search for it write text:\"\(found)\"")
    }

    // MARK: Values

    private mutating func valueTerm(_ key: Filter.Key) throws(FilterError) -> Filter.Term {
        let start = place
        let value = try value()
        let found = try term(key, value, start)
        return found
    }

    private func term(_ key: Filter.Key, _ value: FilterValue, _ start: Int) throws(FilterError) -> Filter.Term {
        func mistake(_ message: String) -> FilterError { FilterError(column: start + 1, message) }
        let word = value.text.asciiLowercased
        switch key {
        case .tool: return .tool(value.pattern)
        case .method: return .method(value.pattern)
        case .session: return .session(value.pattern)
        case .id: return .id(value.text)
        case .text: return .text(value.text)
        case .dir, .from:
            guard let direction = Direction(word: word) else {
                throw mistake("a direction is client (or c2s) or server (or s2c), not \"\(value.text)\"")
            }
            return .direction(direction)
        case .kind:
            if let kind = Filter.Kind(word: word) { return .kind(kind) }
            let kinds = Filter.Kind.words.map(\.0).joined(separator: ", ")
            throw mistake("a kind is \(kinds), or that of a problem, such as stream-cut; not \"\(value.text)\"")
        case .status:
            if let status = Filter.Status(word: word) { return .status(status) }
            throw mistake("a status is \(Filter.Status.words); not \"\(value.text)\"")
        case .dialect:
            if let dialect = Dialect(rawValue: word) { return .dialect(dialect) }
            let dialects = Dialect.allCases.map(\.rawValue).joined(separator: ", ")
            throw mistake("a dialect is one of \(dialects), not \"\(value.text)\"")
        case .exchange:
            if let number = Self.number(word) { return .exchange(number) }
            throw mistake("an exchange is a number, as printed after #, not \"\(value.text)\"")
        case .stream:
            if word == "any" || word == "none" { return .stream(word == "any" ? .any : .none) }
            if let number = Self.number(word) { return .stream(.number(number)) }
            throw mistake("a stream is the number of its exchange, any or none, not \"\(value.text)\"")
        case .latency, .silence, .size:
            let example = key == .size ? "10k" : "200ms"
            throw mistake(
                "\(key.rawValue) is compared: write \(key.rawValue)>\(example) or \(key.rawValue)<=\(example)")
        }
    }

    /// Of an exchange, within its recording: `3`, `#3`, or a row id.
    private static func number(_ word: String) -> Int64? {
        guard let number = Int64(word.hasPrefix("#") ? String(word.dropFirst()) : word), number > 0 else { return nil }
        return number & 0xFFFF_FFFF
    }

    private mutating func comparisonTerm(
        _ key: Filter.Key, _ comparison: Filter.Comparison
    ) throws(FilterError) -> Filter.Term {
        let start = place
        let text = try value().text
        if key == .size {
            guard let bytes = FilterQuantity.bytes(text) else {
                throw FilterError(column: start + 1, "\"\(text)\" is no size, such as 500, 10k, 1MiB")
            }
            return .size(comparison, bytes)
        }
        guard let ns = FilterQuantity.nanoseconds(text) else {
            throw FilterError(column: start + 1, "\"\(text)\" is no duration, such as 200ms, 1.5s, 3m")
        }
        return key == .latency ? .latency(comparison, ns) : .silence(comparison, ns)
    }
}

extension Direction {
    /// As in captures, or by who speaks.
    fileprivate init?(word: String) {
        switch word {
        case "client": self = .clientToServer
        case "server": self = .serverToClient
        default: self.init(rawValue: word)
        }
    }
}

extension Filter.Key {
    /// The only key that differs from the word in one place.
    fileprivate static func near(_ word: String) -> Filter.Key? {
        let found = allCases.filter { $0.rawValue.isOneEdit(from: word) }
        return found.count == 1 ? found[0] : nil
    }
}

extension String {
    var asciiLowercased: String {
        var text = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            text.append(("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar)
        }
        return String(text)
    }

    /// Whether one letter more, less, other or swapped with its neighbour makes one of the other.
    fileprivate func isOneEdit(from other: String) -> Bool {
        let (left, right) = (Array(utf8), Array(other.utf8))
        let common = zip(left, right).prefix { $0 == $1 }.count
        let (a, b) = (left[common...], right[common...])
        if a.count == b.count {
            return a.dropFirst() == b.dropFirst()
                || a.count > 1 && a.prefix(2).elementsEqual(b.prefix(2).reversed()) && a.dropFirst(2) == b.dropFirst(2)
        }
        return a.dropFirst() == b || a == b.dropFirst()
    }
}
