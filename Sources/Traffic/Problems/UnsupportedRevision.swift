/// The server does not speak the revision that a request names; its answer lists those that it speaks
/// (`error.data.supported`). Not told: attempts of a client that finds out how a server talks, once it got through.
/// (MCP 2026-07-28 basic, versioning)
package enum UnsupportedRevision: ProblemKind {
    package static let name = "revision-unsupported"
    package static let severity = Problem.Severity.error

    package static func find(in facts: SessionFacts) -> [Problem] {
        let refusals = facts.unsupportedRevisions
        return facts.calls.compactMap { call in
            guard refusals.contains(call.id), !(facts.gotThrough && call.isAttempt) else { return nil }
            return problem(
                facts, call,
                "the server does not speak the revision that \(call.label) names: its answer lists those that it speaks"
                    + facts.quote(of: call))
        }
    }
}
