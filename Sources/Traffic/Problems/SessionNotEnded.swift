/// The client left without DELETE a session that the server had given an id: the server keeps it until it expires by
/// itself, and many such sessions are a leak. (MCP 2025-11-25 transports, session management)
package enum SessionNotEnded: ProblemKind {
    package static let name = "session-not-ended"
    package static let severity = Problem.Severity.notice

    package static func find(in facts: SessionFacts) -> [Problem] {
        guard let session = facts.session, session.endReason == .abandoned, session.dialect == .streamable,
            session.wireID != nil,
            // A server that refuses DELETE leaves the client no way to end it.
            !facts.exchanges.contains(where: { $0.request.method == "DELETE" })
        else { return [] }
        return [
            problem(
                facts, at: session.endedNs ?? session.startedNs,
                "the client left without ending the session (DELETE): the server keeps it until it expires")
        ]
    }
}
