/// An answer came after the one who asked had cancelled, closed or been refused: the work was done for nothing.
package enum LateAnswer: ProblemKind {
    package static let name = "answer-late"
    package static let severity = Problem.Severity.warning

    package static func find(in facts: SessionFacts) -> [Problem] {
        facts.calls.filter { $0.reason == .late }.map { call in
            let after = call.latencyMs.map { " after \(Int($0)) ms" } ?? ""
            let isCancelled = call.status == .cancelled
            return problem(
                facts, call, severity: isCancelled ? .notice : .warning,
                "\(call.label) was answered\(after), when nobody waited for it any more"
                    + (isCancelled ? ": it had been cancelled" : ""))
        }
    }
}
