/// A request has no answer: the response ended without one, the stream was cut, the one who asked left, or bytes are
/// missing in the capture where it should be. Whether the work was done cannot be told from the traffic. One who left
/// by itself is a warning only.
package enum CallUnanswered: ProblemKind {
    package static let name = "call-unanswered"
    package static let severity = Problem.Severity.error

    package static func find(in facts: SessionFacts) -> [Problem] {
        facts.calls.filter { $0.status == .unanswered && !$0.isListening }.map { call in
            let isOwnDoing =
                call.reason == .clientLeft && call.direction == .clientToServer || call.reason == .inputRequired
            let isMild = isOwnDoing || call.reason == .gap || call.direction == .serverToClient
            return problem(
                facts, call, severity: isMild ? .warning : .error,
                "\(call.label) was never answered: \(why(call, facts))")
        }
    }

    private static func why(_ call: CallRow, _ facts: SessionFacts) -> String {
        switch call.reason {
        case .streamCut:
            return "the stream that would have carried the answer was cut on the server's side; look for a timeout "
                + "of the server or of something before it"
                + (facts.session?.dialect == .stateless
                    ? "; nothing brings it any more: the client has to send it again" : "")
        case .clientLeft:
            return call.direction == .clientToServer
                ? "the client closed before the answer came; look for a timeout of the client"
                : "the client ended the session without answering"
        case .gap:
            return "bytes are missing in the capture, or were not readable, where the answer should be"
        case .inputRequired:
            return "the server asked for input first, and the client did not come back with it"
        case .nothingSent where facts.session?.endReason == .expired:
            return "the server forgot the session"
        case .nothingSent, .answeredElsewhere, .late, nil:
            return "the \(call.answerer)'s response came to its end without an answer in it"
        }
    }
}
