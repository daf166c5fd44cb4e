import Testing
import Traffic

extension Play {
    /// The rows of the play, and the law that folding them again gives the same.
    func rows(name: String? = nil, finishes: Bool = true, sourceLocation: SourceLocation = #_sourceLocation) -> Rows {
        let rows = Rows(self, name: name, finishes: finishes)
        let again = rows.refolded(name: name, endNs: finishes ? Rows.endNs(steps) : nil)
        if rows.derived != again.derived {
            let differing = zip(rows.derived.lines, again.derived.lines).filter { $0 != $1 }
            let texts = differing.map { "refolded \($1) instead of \($0)" }
            Issue.record("\(texts.joined(separator: "\n"))", sourceLocation: sourceLocation)
        }
        return rows
    }
}
