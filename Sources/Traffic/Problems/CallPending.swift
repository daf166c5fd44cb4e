/// A request still waited for its answer when the recording ended: what became of it is not known.
package enum CallPending: ProblemKind {
    package static let name = "call-pending"
    package static let severity = Problem.Severity.notice

    package static func find(in facts: SessionFacts) -> [Problem] {
        guard facts.isOver else { return [] }
        return facts.calls.filter { $0.status == .pending && !$0.isListening }.map { call in
            guard call.reason != .inputRequired else {
                return problem(facts, call, "\(call.label) had waited for the client's input when the recording ended")
            }
            let waited = facts.recording.endedNs.map { " for \(max(0, $0 - call.sentNs) / 1_000_000) ms" } ?? ""
            return problem(facts, call, "\(call.label) had waited\(waited) when the recording ended")
        }
    }
}
