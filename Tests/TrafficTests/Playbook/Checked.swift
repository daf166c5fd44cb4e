import Testing
import Traffic

extension Play {
    /// The rows of the play, and the law that folding them again gives the same.
    func rows(name: String? = nil, finishes: Bool = true, sourceLocation: SourceLocation = #_sourceLocation) -> Rows {
        let rows = Rows(self, name: name, finishes: finishes)
        let again = rows.refolded(name: name, endNs: finishes ? Rows.endNs(steps) : nil)
        for (first, second) in zip(rows.derived, again.derived) where first != second {
            Issue.record("refolded \(second) instead of \(first)", sourceLocation: sourceLocation)
        }
        #expect(rows.derived.count == again.derived.count, sourceLocation: sourceLocation)
        return rows
    }
}
