/// What a user asks for of recorded or live traffic: `tool:search latency>1s !status:ok`.
///
/// Selects entries of a timeline: messages, what a stream carries besides messages, exchanges, gaps, problems. An
/// entry is described by a `FilterSubject`; the same filter compiled to SQL selects the same rows of a capture. Logic
/// has two values: a term about something that the entry does not have is false, and its negation true.
package struct Filter: Sendable, Hashable {
    package var expression: Expression

    package init(_ expression: Expression) { self.expression = expression }

    /// Selects everything.
    package static let everything = Filter(.everything)

    /// Blank text selects everything. Throws one sentence and the column that it is about.
    package init(_ text: String) throws(FilterError) {
        var parser = try FilterParser(text)
        expression = try parser.parse()
    }

    package var selectsEverything: Bool { expression == .everything }

    package indirect enum Expression: Sendable, Hashable {
        case everything
        case term(Term)
        case not(Expression)
        /// At least two, none of them `all`.
        case all([Expression])
        /// At least two, none of them `any`.
        case any([Expression])
    }

    /// Every term, in the order in which they stand.
    package var terms: [Term] { expression.terms }

    /// Whether it asks for texts: without that a subject need not have any.
    package var readsText: Bool {
        terms.contains { if case .text = $0 { true } else { false } }
    }

    /// Whether it speaks of heartbeats, be it to leave them out.
    package var asksForHeartbeats: Bool { terms.contains(.kind(.entry(.heartbeat))) }

    /// Whether it asks for what the rows of messages and calls do not tell: texts, sizes, silences.
    package var readsContents: Bool {
        terms.contains {
            switch $0 {
            case .text, .size, .silence: true
            default: false
            }
        }
    }

    /// How long a filter may be, in Unicode scalars.
    package static let lengthLimit = 4096
    /// How many terms it may have, and how deep parentheses and `!` may nest: what SQLite takes, with room to spare.
    package static let termLimit = 256
    package static let depthLimit = 16
}

extension Filter.Expression {
    fileprivate var terms: [Filter.Term] {
        switch self {
        case .everything: []
        case .term(let term): [term]
        case .not(let expression): expression.terms
        case .all(let parts), .any(let parts): parts.flatMap(\.terms)
        }
    }
}

/// Why a text is no filter.
package struct FilterError: Error, Sendable, Hashable {
    /// Where, in Unicode scalars from 1; one beyond the last where the end is the mistake.
    package var column: Int
    /// One sentence, without the column.
    package var message: String

    package init(column: Int, _ message: String) {
        self.column = column
        self.message = message
    }
}
