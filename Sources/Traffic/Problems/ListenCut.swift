/// A subscription's stream ended without the result that a server gives when it ends one on purpose: cut by the server, or
/// by something between that does not bear silence. A client that closes it ends it as it should.
/// (MCP 2026-07-28 subscriptions)
package enum ListenCut: ProblemKind {
    package static let name = "listen-cut"
    package static let severity = Problem.Severity.warning

    package static func find(in facts: SessionFacts) -> [Problem] {
        facts.calls.filter { $0.isListening && $0.status == .unanswered }.map { call in
            problem(
                facts, call,
                "the stream of \(call.label) \(how(call)): what changes after that the client does not hear until it "
                    + "listens again")
        }
    }

    private static func how(_ call: CallRow) -> String {
        switch call.reason {
        case .streamCut: "was cut on the server's side; look for a timeout of the server or of something before it"
        case .gap: "lacks bytes in the capture where its result may be"
        default: "was ended by the server without a result, so that the client cannot tell whether on purpose"
        }
    }
}
