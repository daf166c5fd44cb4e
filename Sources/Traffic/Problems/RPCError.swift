/// A request was answered with a JSON-RPC error, with the HTTP status of success or one that says the same. A client's refusal of a server's
/// request is a notice only. Not told: attempts that a client makes to find out how a server talks, once it got
/// through.
package enum RPCError: ProblemKind {
    package static let name = "rpc-error"
    package static let severity = Problem.Severity.warning

    package static func find(in facts: SessionFacts) -> [Problem] {
        let failed = Set(facts.exchanges.filter { ($0.response?.status ?? 0) >= 300 }.map(\.id))
            .subtracting(facts.toldByError)
        let refusals = facts.unsupportedRevisions
        let codes = Dictionary(facts.messages.map { ($0.id, $0.errorCode) }) { first, _ in first }
        return facts.calls.compactMap { call in
            guard call.status == .rpcError, !refusals.contains(call.id), !(facts.gotThrough && call.isAttempt),
                !(call.responseExchangeID.map(failed.contains) ?? false)
            else { return nil }
            let code = call.responseID.flatMap { codes[$0] ?? nil }
            let isServers = call.direction == .serverToClient
            let error = (code.map(String.init) ?? "of unknown code") + facts.quote(of: call)
            return problem(
                facts, call, severity: isServers ? .notice : .warning,
                "\(call.label) was answered with error \(error)\(meaning(code).map { ": \($0)" } ?? "")")
        }
    }

    /// What the protocol says of the code.
    private static func meaning(_ code: Int64?) -> String? {
        switch code {
        case -32700: "what was sent is no JSON"
        case -32600: "what was sent is no request, or not in this state"
        case -32601: "there is no such method"
        case -32602: "its parameters are wrong, or the name is unknown"
        case -32603: "an internal error; look into the log of the one who answered"
        case -32020: "its header fields lack something or differ from its content"
        case -32021: "the client does not declare a capability that is needed for it"
        default: nil
        }
    }
}
