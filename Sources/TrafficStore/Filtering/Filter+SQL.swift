import Traffic

extension Filter {
    /// Selects the same as `matches`: 1 or 0 for every row, never NULL. What users wrote is bound, never part of the
    /// text.
    func condition(over facts: FilterFacts) -> SQLCondition { expression.condition(over: facts) }
}

extension Filter.Expression {
    fileprivate func condition(over facts: FilterFacts) -> SQLCondition {
        switch self {
        case .everything: SQLCondition("1")
        case .term(let term): term.condition(over: facts).twoValued
        case .not(let expression): !expression.condition(over: facts)
        case .all(let parts): .joined(parts.map { $0.condition(over: facts) }, by: "AND")
        case .any(let parts): .joined(parts.map { $0.condition(over: facts) }, by: "OR")
        }
    }
}

extension Filter.Term {
    fileprivate func condition(over facts: FilterFacts) -> SQLCondition {
        switch self {
        case .tool(let pattern): return pattern.condition(on: facts.tool)
        case .method(let pattern): return pattern.pathCondition(on: facts.method)
        case .session(let pattern):
            let id = pattern.condition(on: "CAST(\(facts.sessionID) AS TEXT)")
            return .joined([pattern.pathCondition(on: facts.sessionName).twoValued, id.twoValued], by: "OR")
        case .id(let id):
            let texts = Self.idTexts(id)
            return SQLCondition("\(facts.rpcID) IN (?, ?)", .text(texts[0]), .text(texts[1]))
        case .direction(let direction): return SQLCondition("\(facts.direction) = ?", .text(direction.rawValue))
        case .kind(let kind): return kind.condition(over: facts)
        case .status(let status): return status.condition(over: facts)
        case .dialect(let dialect): return SQLCondition("\(facts.dialect) = ?", .text(dialect.rawValue))
        case .exchange(let number):
            return SQLCondition("\(facts.exchangeID) & 4294967295 = ?", .integer(number))
        case .stream(.any): return SQLCondition(facts.isOnStream)
        case .stream(.none): return !SQLCondition(facts.isOnStream)
        case .stream(.number(let number)):
            return SQLCondition(
                "(\(facts.isOnStream)) AND \(facts.exchangeID) & 4294967295 = ?", .integer(number))
        case .latency(let comparison, let ns):
            return SQLCondition("\(facts.latencyMs) \(comparison.rawValue) ?", .real(Self.milliseconds(ns)))
        case .silence(let comparison, let ns):
            return SQLCondition("\(facts.silenceMs) \(comparison.rawValue) ?", .real(Self.milliseconds(ns)))
        case .size(let comparison, let bytes):
            return SQLCondition("\(facts.bytes) \(comparison.rawValue) ?", .integer(bytes))
        case .text(let text): return Self.occurs(text, in: facts)
        }
    }

    /// Where `text:` becomes SQL. `LIKE` ignores the case of ASCII letters and of no others. What the index knows is
    /// looked at only where it says that the text may be there.
    private static func occurs(_ text: String, in facts: FilterFacts) -> SQLCondition {
        var pattern = "%"
        for scalar in text.unicodeScalars {
            if scalar == "%" || scalar == "_" || scalar == "\\" { pattern += "\\" }
            pattern.unicodeScalars.append(scalar)
        }
        let occurs = SQLCondition(
            "typeof(\(facts.text)) = 'text' AND \(facts.text) LIKE ? ESCAPE '\\'", .text(pattern + "%"))
        guard let indexed = facts.indexed, let query = SearchQuery(text) else { return occurs }
        let candidate = SQLCondition(
            """
            (\(indexed.id) > ? OR \(indexed.id) IN (SELECT rowid FROM main.message_search
                WHERE message_search MATCH ? AND rowid > ? AND rowid <= ?))
            """, .integer(indexed.through), .text(query.match), .integer(indexed.after), .integer(indexed.through))
        return .joined([candidate, occurs], by: "AND")
    }
}

extension Filter.Kind {
    fileprivate func condition(over facts: FilterFacts) -> SQLCondition {
        switch self {
        case .entry(let kind): return SQLCondition("\(facts.kind) = ?", .text(kind.rawValue))
        case .call: return SQLCondition(facts.hasCall)
        case .message:
            let words = FilterSubject.Kind.allCases.filter(\.isMessage).map(\.rawValue.sqlLiteral)
            return SQLCondition("\(facts.kind) IN (\(words.joined(separator: ", ")))")
        // Problems are found among rows, and are none.
        case .problem: return SQLCondition("0")
        }
    }
}

extension Filter.Status {
    fileprivate func condition(over facts: FilterFacts) -> SQLCondition {
        switch self {
        case .call(let status): return SQLCondition("\(facts.callStatus) = ?", .text(status.rawValue))
        case .error:
            let words = Self.errors.map(\.rawValue.sqlLiteral).joined(separator: ", ")
            return SQLCondition("\(facts.callStatus) IN (\(words))")
        case .http(let codes):
            return SQLCondition(
                "\(facts.httpStatus) BETWEEN ? AND ?", .integer(Int64(codes.lowerBound)),
                .integer(Int64(codes.upperBound)))
        }
    }
}

extension Filter.Pattern {
    fileprivate func condition(on expression: String) -> SQLCondition {
        hasStars
            ? SQLCondition("\(expression) GLOB ?", .text(glob)) : SQLCondition("\(expression) = ?", .text(pieces[0]))
    }

    fileprivate func pathCondition(on expression: String) -> SQLCondition {
        .joined([condition(on: expression), below.condition(on: expression)], by: "OR")
    }

    /// Everything but the stars stands for itself.
    private var glob: String {
        pieces.map { piece in
            var text = ""
            for scalar in piece.unicodeScalars {
                if scalar == "*" || scalar == "?" || scalar == "[" {
                    text += "[\(scalar)]"
                } else {
                    text.unicodeScalars.append(scalar)
                }
            }
            return text
        }.joined(separator: "*")
    }
}
