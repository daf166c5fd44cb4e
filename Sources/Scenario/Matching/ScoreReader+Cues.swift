import Traffic
import WireFormats

/// What the client did.
extension ScoreReader {
    mutating func makeCues() {
        var carriers: [String: (root: Int, segment: Int)] = [:]
        var segments: [Int: Int] = [:]
        for exchange in exchanges {
            let messages = sent[exchange.id] ?? []
            var kind = self.kind(of: exchange, messages)
            if let last = exchange.lastEventID, exchange.request.method == "GET", let carrier = carriers[last] {
                segments[carrier.root, default: 0] += 1
                kind = .resume(cue: carrier.root, segment: segments[carrier.root] ?? 1)
            }
            let cue = makeCue(exchange, kind, messages)
            cueOfExchange[exchange.id] = cue.index
            for message in messages { cueOfMessage[message.id] = cue.index }
            let root = self.root(of: cue)
            for event in events[exchange.id] ?? [] {
                if let id = event.block.block.id { carriers[id] = (root.cue, root.segment) }
            }
            cues.append(cue)
        }
    }

    /// The cue that began the stream which the response to this one carries, and its place among the connections.
    func root(of cue: Cue) -> (cue: Int, segment: Int) {
        if case .resume(let root, let segment) = cue.kind { return (root, segment) }
        return (cue.index, 0)
    }

    private func makeCue(_ exchange: ExchangeRow, _ kind: Cue.Kind, _ messages: [MessageRow]) -> Cue {
        let body = exchange.requestBody ?? []
        let message = exchange.request.method == "POST" ? JSONTree(body) : nil
        let trait = RequestTrait(httpMethod: exchange.request.method, message: message) {
            exchange.request.fields.first($0)
        }
        var cue = Cue(
            index: cues.count, exchange: exchange.id, kind: kind, httpMethod: exchange.request.method,
            target: exchange.request.target, message: message, body: body, trait: trait,
            atNs: exchange.requestEndNs ?? exchange.requestStartNs, status: exchange.response?.status,
            isListening: kind == .listen || messages.contains { $0.method == "subscriptions/listen" })
        if case .resume(let root, _) = kind { cue.isListening = cues[root].isListening }
        cue.pulse = pulse(of: exchange)
        let target = RequestTarget(exchange.request.target)
        cue.sessionID =
            exchange.request.fields.first("mcp-session-id")
            ?? Cue.sessionArguments.lazy.compactMap { target.queryValue($0) }.first
        return cue
    }

    private func kind(of exchange: ExchangeRow, _ messages: [MessageRow]) -> Cue.Kind {
        switch exchange.request.method {
        case "POST":
            if messages.contains(where: { $0.kind == .request }) { return .request }
            let answers = messages.compactMap(\.answersID)
            if !answers.isEmpty { return .answer(answers) }
            return messages.contains { $0.kind == .notification } ? .notification : .other
        case "GET" where exchange.isStream: return .listen
        case "DELETE": return .end
        default: return .other
        }
    }

    /// The usual pause between comments, if there were any.
    private func pulse(of exchange: ExchangeRow) -> Pulse? {
        let comments = (events[exchange.id] ?? []).filter { $0.block.block.kind == .comment }
        guard let text = comments.first?.block.block.comment, let start = exchange.responseStartNs else { return nil }
        var gaps: [Int64] = []
        var last = start
        for comment in comments {
            gaps.append(comment.block.firstByteAt - last)
            last = comment.block.firstByteAt
        }
        let usual = gaps.sorted()[gaps.count / 2]
        let comment = String(decoding: text, as: UTF8.self)
        return Pulse(
            intervalNs: max(usual, 100_000_000), comment: comment.hasPrefix(" ") ? String(comment.dropFirst()) : comment
        )
    }
}
