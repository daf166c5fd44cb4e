extension Filter: CustomStringConvertible {
    /// As users write it; read again it is the same filter.
    package var description: String { expression.text }
}

extension Filter.Expression {
    fileprivate var text: String {
        switch self {
        case .everything: ""
        case .term(let term): term.description
        case .not(let expression): "!" + expression.operand
        case .all(let parts): parts.map(\.operand).joined(separator: " ")
        case .any(let parts): parts.map(\.alternative).joined(separator: " | ")
        }
    }

    private var operand: String {
        switch self {
        case .all, .any: "(\(text))"
        case .everything, .term, .not: text
        }
    }

    private var alternative: String { if case .any = self { "(\(text))" } else { text } }
}

extension Filter.Term: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tool(let pattern): "tool:\(pattern)"
        case .method(let pattern): "method:\(pattern)"
        case .session(let pattern): "session:\(pattern)"
        case .id(let id): "id:\(id.filterValue)"
        case .direction(let direction): "dir:\(direction.rawValue)"
        case .kind(let kind): "kind:\(kind.word)"
        case .status(let status): "status:\(status.word)"
        case .dialect(let dialect): "dialect:\(dialect.rawValue)"
        case .exchange(let number): "exchange:\(number)"
        case .stream(.any): "stream:any"
        case .stream(.none): "stream:none"
        case .stream(.number(let number)): "stream:\(number)"
        case .latency(let comparison, let ns): "latency\(comparison.rawValue)\(FilterQuantity.duration(ns: ns))"
        case .silence(let comparison, let ns): "silence\(comparison.rawValue)\(FilterQuantity.duration(ns: ns))"
        case .size(let comparison, let bytes): "size\(comparison.rawValue)\(bytes)"
        case .text(let text): "text:\(text.filterValue)"
        }
    }
}

extension Filter.Pattern: CustomStringConvertible {
    package var description: String {
        pieces.map { $0.isEmpty ? "" : $0.filterValue }.joined(separator: "*")
    }
}

extension String {
    /// Bare where that says the same, else in quotes.
    fileprivate var filterValue: String {
        let isPlain = unicodeScalars.allSatisfy { scalar in
            scalar.isLetter || ("0"..."9").contains(scalar) || "-_./+#@%,:~$".unicodeScalars.contains(scalar)
        }
        guard !isPlain || isEmpty else { return self }
        var text = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": text.append(contentsOf: "\\\"".unicodeScalars)
            case "\\": text.append(contentsOf: "\\\\".unicodeScalars)
            case "\n": text.append(contentsOf: "\\n".unicodeScalars)
            case "\r": text.append(contentsOf: "\\r".unicodeScalars)
            case "\t": text.append(contentsOf: "\\t".unicodeScalars)
            default: text.append(scalar)
            }
        }
        text.append("\"")
        return String(text)
    }
}
