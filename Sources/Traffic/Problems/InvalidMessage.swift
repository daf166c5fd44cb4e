/// Something that stands where a message must be is no JSON-RPC 2.0. Clients log it, or break.
package enum InvalidMessage: ProblemKind {
    package static let name = "message-invalid"
    package static let severity = Problem.Severity.warning

    package static func find(in facts: SessionFacts) -> [Problem] {
        facts.messages.filter { $0.kind == .invalid }.map { message in
            let whose = message.direction == .serverToClient ? "server" : "client"
            return problem(
                facts, at: message.atNs, exchange: message.exchangeID,
                "the \(whose) sent \(message.bytes) bytes that are no JSON-RPC 2.0 message where one must be")
        }
    }
}
