/// A request was answered with a status of 400 and more, or with a redirect. Not told: attempts that a client makes to
/// find out how a server talks, once it got through, a GET or DELETE that the server does not offer (405), and a status
/// that stands beside a JSON-RPC error as it must.
package enum HTTPError: ProblemKind {
    package static let name = "http-error"
    package static let severity = Problem.Severity.error

    package static func find(in facts: SessionFacts) -> [Problem] {
        let attempts = facts.gotThrough ? facts.attempts : []
        let toldByError = facts.toldByError
        let errors = facts.errorsByExchange
        let isExpired = facts.session?.endReason == .expired
        return facts.exchanges.compactMap { exchange in
            guard facts.session != nil, let status = exchange.response?.status, status >= 300,
                exchange.ownAnswer == nil,
                !attempts.contains(exchange.id), !toldByError.contains(exchange.id), !(isExpired && status == 404)
            else { return nil }
            let isPost = exchange.request.method == "POST"
            guard isPost || status != 405 else { return nil }
            return problem(
                facts, at: exchange.responseStartNs ?? exchange.requestStartNs, exchange: exchange.id,
                severity: status >= 400 ? .error : .notice,
                "\(exchange.label) was answered \(status)\(facts.quote(of: exchange, errors: errors)): \(meaning(status))"
            )
        }
    }

    private static func meaning(_ status: Int) -> String {
        switch status {
        case 300..<400: "a redirect, so that the client has to send it again; give it the final URL"
        case 401: "the server wants credentials, or others than it was given"
        case 403: "the server refuses it; look at Origin and at the rights of the credentials"
        case 404: "the server knows neither such a path nor such a session"
        case 406: "the Accept header must list application/json and text/event-stream"
        case 409: "the session has another stream open already"
        case 415: "the Content-Type must be application/json"
        case 421: "the server refuses the Host header"
        case 429: "the client sends more than the server takes"
        case 400..<500: "the server says that the request is wrong"
        case 502, 503, 504: "something before the server could not reach it"
        default: "the server failed; look into its log"
        }
    }
}
