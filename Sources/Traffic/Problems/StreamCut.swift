/// A stream was ended by the server or the network before its time: a GET stream while the session went on, or a POST
/// stream before its answer. A client that closes its own stream does nothing wrong, nor does a server whose stream is
/// resumed. Calls that had no answer for it are told as such.
package enum StreamCut: ProblemKind {
    package static let name = "stream-cut"
    package static let severity = Problem.Severity.warning

    package static func find(in facts: SessionFacts) -> [Problem] {
        let lost = Set(facts.calls.filter { $0.status == .unanswered }.compactMap(\.exchangeID))
        let resumptions = facts.exchanges.filter { $0.lastEventID != nil }.map(\.requestStartNs)
        return facts.exchanges.compactMap { exchange in
            guard exchange.isStream, let ended = exchange.responseEndNs, isCut(exchange),
                !endsWithSession(ended, facts), !isFinishedResumption(exchange),
                !resumptions.contains(where: { $0 > ended })
            else { return nil }
            let isGet = exchange.request.method == "GET"
            let isWaited = facts.calls.contains { $0.exchangeID == exchange.id && $0.responseExchangeID != exchange.id }
            guard isGet ? facts.session != nil : isWaited && !lost.contains(exchange.id) else { return nil }
            let age = Self.age(from: exchange.responseStartNs ?? ended, to: ended)
            return problem(
                facts, at: ended, exchange: exchange.id,
                "the stream of \(exchange.label) was ended from the server's side (\(how(exchange))) after \(age): "
                    + "what the server had to say after that is lost unless the client resumes")
        }
    }

    /// By its framing a stream of a POST that has its answer may end; a GET stream is to stay.
    private static func isCut(_ exchange: ExchangeRow) -> Bool {
        guard exchange.endedBy == .server || exchange.endedBy == .unknown else { return false }
        return exchange.endReason != .shutdown && (exchange.request.method == "GET" || exchange.endReason != .complete)
    }

    /// Servers end the stream as soon as they read the DELETE, so that the end may come before the DELETE's answer.
    private static func endsWithSession(_ ended: Int64, _ facts: SessionFacts) -> Bool {
        guard facts.session?.endReason == .deleted else { return false }
        return (facts.session?.endedNs ?? .max) <= ended
            || facts.exchanges.contains { $0.request.method == "DELETE" && $0.requestStartNs <= ended }
    }

    /// A resumed stream has said what it had to say when it ends in order.
    private static func isFinishedResumption(_ exchange: ExchangeRow) -> Bool {
        exchange.lastEventID != nil && exchange.endReason == .complete
    }

    private static func age(from: Int64, to: Int64) -> String {
        let milliseconds = (to - from) / 1_000_000
        return milliseconds < 1000 ? "\(milliseconds) ms" : "\(milliseconds / 1000) s"
    }

    private static func how(_ exchange: ExchangeRow) -> String {
        switch exchange.endReason {
        case .rst: "reset"
        case .timeout: "timeout"
        case .complete: "ended in order"
        case .fin, .httpError, .shutdown, nil: "closed"
        }
    }
}
