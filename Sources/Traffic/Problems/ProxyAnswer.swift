/// The recording proxy answered a request itself, because it could not reach the server, or because the request must
/// not be passed on. The server never saw that request.
package enum ProxyAnswer: ProblemKind {
    package static let name = "proxy-answer"
    package static let severity = Problem.Severity.error

    package static func find(in facts: SessionFacts) -> [Problem] {
        facts.exchanges.compactMap { exchange in
            guard var answer = exchange.ownAnswer else { return nil }
            if answer.hasSuffix(".") { answer.removeLast() }
            let status = answer.prefix { $0 != " " }
            let advice =
                status.hasPrefix("5")
                ? ": check that the server runs and that --target names it"
                : ": the request was not fit to be passed on"
            // An answer that names an option or asks something says what to do itself.
            let isEnough = answer.contains(" --") || answer.hasSuffix("?")
            return problem(
                facts, at: exchange.requestStartNs, exchange: exchange.id,
                "the proxy itself answered \(exchange.label) with \(answer)\(isEnough ? "" : advice)")
        }
    }
}
