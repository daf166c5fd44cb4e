/// An answer came on another stream than the one it is due on. Clients that read only the right one never see it.
/// (MCP 2025-11-25 transports, listening for messages)
package enum MisplacedAnswer: ProblemKind {
    package static let name = "answer-misplaced"
    package static let severity = Problem.Severity.warning

    package static func find(in facts: SessionFacts) -> [Problem] {
        facts.calls.filter { $0.reason == .answeredElsewhere }.map { call in
            problem(
                facts, call,
                "\(call.label) was answered on another stream than its own, where a client need not look for it")
        }
    }
}
