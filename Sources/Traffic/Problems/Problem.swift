/// Something that went wrong for the user.
package struct Problem: Sendable, Hashable {
    package enum Severity: Int, Sendable, Hashable, Comparable, CaseIterable {
        /// Worth knowing; nothing was lost.
        case notice
        /// Somebody had to work around it, or it will hurt later.
        case warning
        /// Something that was asked for was not had.
        case error

        package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }

        package var name: String { "\(self)" }
    }

    /// The `name` of its kind.
    package var kind: String
    package var severity: Severity
    /// Nanoseconds since the Unix epoch.
    package var at: Int64
    package var sessionID: Int64?
    package var exchangeID: Int64?
    package var callID: Int64?
    /// One sentence: what happened, what it means or what to do.
    package var text: String
}

/// One kind of problem. The doc comment of a kind is its manual.
package protocol ProblemKind: SendableMetatype {
    /// Stable, in lower case with hyphens.
    static var name: String { get }
    /// The most severe that its problems are.
    static var severity: Problem.Severity { get }
    static func find(in facts: SessionFacts) -> [Problem]
}

extension ProblemKind {
    static func problem(
        _ facts: SessionFacts, at: Int64, exchange: Int64? = nil, call: Int64? = nil,
        severity: Problem.Severity? = nil, _ text: String
    ) -> Problem {
        Problem(
            kind: name, severity: severity ?? self.severity, at: at, sessionID: facts.session?.id, exchangeID: exchange,
            callID: call, text: text)
    }

    static func problem(
        _ facts: SessionFacts, _ call: CallRow, severity: Problem.Severity? = nil, _ text: String
    ) -> Problem {
        problem(facts, at: call.sentNs, exchange: call.exchangeID, call: call.id, severity: severity, text)
    }
}
