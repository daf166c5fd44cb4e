/// The recorder knows that it missed bytes, so what is said of the exchange, or of everything open then, may be wrong.
package enum MissedBytes: ProblemKind {
    package static let name = "gap"
    package static let severity = Problem.Severity.warning

    package static func find(in facts: SessionFacts) -> [Problem] {
        facts.gaps.map { gap in
            problem(
                facts, at: gap.atNs, exchange: gap.exchangeID,
                "\(gap.bytes) bytes are missing in the capture (\(gap.reason)): what is told of this time may be wrong")
        }
    }
}
