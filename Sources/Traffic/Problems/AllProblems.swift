/// Every kind of problem; a new one is a file and a line here.
package enum AllProblems {
    package static let kinds: [any ProblemKind.Type] = [
        ProxyAnswer.self,
        TLSFailed.self,
        CallUnanswered.self,
        ListenCut.self,
        UnsupportedRevision.self,
        ExpiredSession.self,
        HTTPError.self,
        OAuthThroughProxy.self,
        RecordingInterrupted.self,
        MissedBytes.self,
        UnreadContent.self,
        StreamCut.self,
        LateAnswer.self,
        MisplacedAnswer.self,
        UnexpectedAnswer.self,
        InvalidMessage.self,
        RPCError.self,
        SessionNotEnded.self,
        CallPending.self,
        ToolError.self,
    ]

    /// All problems, worst first, then in the order of time.
    package static func find(in facts: SessionFacts) -> [Problem] {
        let found = kinds.flatMap { $0.find(in: facts) }
        return found.enumerated().sorted { left, right in
            (right.element.severity, left.element.at, left.offset) < (
                left.element.severity, right.element.at, right.offset
            )
        }.map(\.element)
    }
}
