/// An answer whose id no waiting request has: the answer to a request that the capture does not have, a wrong id, or a
/// second, different answer. Clients ignore it or break. Errors without an id are none of these, nor is what a stream says
/// to all listeners.
package enum UnexpectedAnswer: ProblemKind {
    package static let name = "answer-unexpected"
    package static let severity = Problem.Severity.warning

    package static func find(in facts: SessionFacts) -> [Problem] {
        let shared = Set(
            facts.exchanges.filter { $0.attribution?.dialect == .broadcast && $0.request.method == "GET" }.map(\.id))
        return facts.messages.compactMap { message in
            guard message.kind == .response || message.kind == .error, message.answersID == nil,
                message.duplicateOf == nil, !(message.exchangeID.map(shared.contains) ?? false), let id = message.rpcID,
                id != "null", id != "\"server-error\""
            else { return nil }
            let whose = message.direction == .serverToClient ? "server" : "client"
            return problem(
                facts, at: message.atNs, exchange: message.exchangeID,
                "the \(whose) answered a request with id \(id) that nobody waited for: look for a wrong or repeated id")
        }
    }
}
