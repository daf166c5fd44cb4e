/// A tool ran and said that it failed (`isError`). That is between the tool and its user; the protocol worked.
package enum ToolError: ProblemKind {
    package static let name = "tool-error"
    package static let severity = Problem.Severity.notice

    package static func find(in facts: SessionFacts) -> [Problem] {
        facts.calls.filter { $0.status == .toolError }.map { call in
            let why = facts.quote(of: call)
            return problem(
                facts, call, "\(call.label) says that it failed" + (why.isEmpty ? ", and not why" : ":\(why)"))
        }
    }
}
