/// The server answered 404 to the session's id: it no longer knows the session. A client must then begin a new one
/// without the id (MCP 2025-11-25 transports, session management); one that goes on with the old id will get no answer
/// any more, which makes it an error.
package enum ExpiredSession: ProblemKind {
    package static let name = "session-expired"
    package static let severity = Problem.Severity.error

    package static func find(in facts: SessionFacts) -> [Problem] {
        guard let session = facts.session, session.endReason == .expired, let at = session.endedNs else { return [] }
        let later = facts.exchanges.filter { $0.requestStartNs > at }.count
        guard later > 0 else {
            return [
                problem(
                    facts, at: at, severity: .warning,
                    "the server forgot the session (404): the client must initialize again to go on")
            ]
        }
        let times = later == 1 ? "once" : "\(later) times"
        return [
            problem(
                facts, at: at,
                "the server forgot the session (404), and the client used its id \(times) more instead of "
                    + "initializing anew"
            )
        ]
    }
}
