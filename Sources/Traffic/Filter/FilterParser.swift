/// Reads a filter: `|` binds least, then `&` or nothing between two terms, then `!`; parentheses as usual.
struct FilterParser {
    let scalars: [Unicode.Scalar]
    /// Of the next scalar, from 0.
    var place = 0
    private var terms = 0

    init(_ text: String) throws(FilterError) {
        scalars = Array(text.unicodeScalars)
        guard scalars.count <= Filter.lengthLimit else {
            throw FilterError(
                column: Filter.lengthLimit + 1, "a filter may be \(Filter.lengthLimit) characters long and ends here")
        }
        if let nul = scalars.firstIndex(of: "\0") {
            throw FilterError(column: nul + 1, "a filter cannot hold the character NUL; leave it out")
        }
    }

    mutating func parse() throws(FilterError) -> Filter.Expression {
        skipBlanks()
        guard peek != nil else { return .everything }
        let expression = try alternatives(depth: 0)
        // Only a parenthesis ends alternatives before the end of the text.
        guard peek == nil else { throw error("this parenthesis closes none; take it away or open one before it") }
        return expression
    }

    private mutating func alternatives(depth: Int) throws(FilterError) -> Filter.Expression {
        var parts = [try conjunction(depth: depth)]
        while peek == "|" {
            skipOperator("|")
            parts.append(try conjunction(depth: depth))
        }
        guard parts.count > 1 else { return parts[0] }
        return .any(parts.flatMap { if case .any(let inner) = $0 { inner } else { [$0] } })
    }

    private mutating func conjunction(depth: Int) throws(FilterError) -> Filter.Expression {
        var parts = [try operand(depth: depth)]
        while let next = peek, next != "|", next != ")" {
            if next == "&" { skipOperator("&") }
            parts.append(try operand(depth: depth))
        }
        guard parts.count > 1 else { return parts[0] }
        return .all(parts.flatMap { if case .all(let inner) = $0 { inner } else { [$0] } })
    }

    private mutating func operand(depth: Int) throws(FilterError) -> Filter.Expression {
        guard let next = peek else { throw error("a term is missing at the end, such as tool:NAME") }
        guard depth < Filter.depthLimit || next != "!" && next != "(" else {
            throw error("parentheses and ! may nest \(Filter.depthLimit) deep and not here; write it with fewer")
        }
        switch next {
        case "!":
            advance()
            return .not(try operand(depth: depth + 1))
        case "(":
            let opening = place
            advance()
            let inner = try alternatives(depth: depth + 1)
            guard peek == ")" else {
                throw FilterError(column: opening + 1, "this parenthesis is not closed; write ) where it shall end")
            }
            advance()
            return inner
        case "&", "|", ")":
            throw error("a term is missing before \(next), such as tool:NAME")
        default: return .term(try countedTerm())
        }
    }

    private mutating func countedTerm() throws(FilterError) -> Filter.Term {
        terms += 1
        guard terms <= Filter.termLimit else {
            throw error("a filter may have \(Filter.termLimit) terms and this is one more; split it")
        }
        let term = try term()
        skipBlanks()
        return term
    }

    // MARK: Scalars

    var peek: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

    func error(_ message: String) -> FilterError { FilterError(column: place + 1, message) }

    private mutating func advance() {
        place += 1
        skipBlanks()
    }

    /// Once, or twice as programmers are used to.
    private mutating func skipOperator(_ scalar: Unicode.Scalar) {
        place += 1
        if peek == scalar { place += 1 }
        skipBlanks()
    }

    mutating func skipBlanks() {
        while let next = peek, next.properties.isWhitespace { place += 1 }
    }
}
