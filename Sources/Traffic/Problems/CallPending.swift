/// A request still waited for its answer when the recording ended: what became of it is not known.
package enum CallPending: ProblemKind {
    package static let name = "call-pending"
    package static let severity = Problem.Severity.notice

    package static func find(in facts: SessionFacts) -> [Problem] {
        guard facts.isOver else { return [] }
        return facts.calls.filter { $0.status == .pending }.map { call in
            let waited = facts.recording.endedNs.map { " for \(max(0, $0 - call.sentNs) / 1_000_000) ms" } ?? ""
            return problem(facts, call, "\(call.label) had waited\(waited) when the recording ended")
        }
    }
}
