import MCPTransports
import Scenario
import WireFormats

/// What the live client says.
extension MockConversation {
    /// Takes a POST that holds a message.
    func receive(_ message: JSONTree, at path: String, _ trait: RequestTrait, on exchange: HTTPExchange) {
        let answers = (message.elements ?? [message]).filter { $0["method"] == nil && $0["id"] != nil }
        if !answers.isEmpty, !message.isRequest { return takeAnswers(answers, on: exchange) }
        if message["method"]?.string == "initialize" {
            state.with { $0.capabilities = message["params"]?["capabilities"] }
        }
        let isRequest = message.isRequest
        let recorded = isRequest ? message : underRecordedNames(message)
        guard let match = state.with({ $0.matcher.match(recorded, at: path, trait) }) else {
            if isRequest { return miss(message, on: exchange) }
            if message.isCancellation { cancel(message) }
            return exchange.respond(accepted())
        }
        if message.isCancellation, !cueCancels(match.cue) { cancel(message) }
        play(score.cues[match.cue], message, on: exchange)
    }

    /// Takes a request that is no message, or opens a stream; false where the recording has none like it.
    func receive(
        httpMethod: String, path: String, body: [UInt8], _ trait: RequestTrait, on exchange: HTTPExchange
    ) -> Bool {
        let match = state.with { state in
            state.matcher.match(httpMethod: httpMethod, path: path, body: body, trait)
        }
        guard let match else { return false }
        play(score.cues[match.cue], nil, on: exchange)
        return true
    }

    /// The client ends the session, which is answered as it was then, else as usual.
    func end(on exchange: HTTPExchange, at path: String, _ trait: RequestTrait) {
        let match = state.with { $0.matcher.match(httpMethod: "DELETE", path: path, body: [], trait) }
        if let match {
            if let response = firstResponse(score.cues[match.cue]) {
                exchange.respond(response)
            } else {
                exchange.abort()
            }
        } else {
            exchange.respond(HTTPResponse(status: 200))
        }
        end()
    }

    /// Goes on with a stream behind one of its events; false where there is no such event.
    func resume(after event: String, on exchange: HTTPExchange) -> Bool {
        guard let stream = stream(holding: event) else { return false }
        let cue = score.cues[stream.cue]
        let segment = state.with { $0.connections[stream.cue] ?? 1 }
        let heads = cue.acts.compactMap { act -> (Act.Place, Act.Head)? in
            guard case .open(let head) = act.what else { return nil }
            return (act.place, head)
        }
        let recorded = heads.first { $0.0 == .own(segment: segment) } ?? heads.first
        guard let recorded else { return false }
        stream.attach(exchange, head: head(recorded.1), after: event, pulse: cue.pulse)
        state.with { $0.connections[stream.cue, default: 1] += 1 }
        return true
    }

    func play(_ cue: Cue, _ message: JSONTree?, on exchange: HTTPExchange) {
        let performance = Performance(self, cue, message: message, on: exchange, fault: fault(for: cue, message))
        let number = state.with { state in
            state.lastPerformance += 1
            state.performances[state.lastPerformance] = performance
            if performance.fault == nil {
                state.next[cue.index, default: [:]][state.lastPerformance] = Upcoming(position: 0)
            }
            state.met.insert(cue.index)
            return state.lastPerformance
        }
        performance.start(as: number)
        // Where no id of an event brings a client back, one that hangs up has given up (MCP 2026-07-28 streamable HTTP,
        // cancellation).
        guard score.dialect == .stateless || cue.httpMethod == "GET" && score.dialect == .httpSSE else { return }
        exchange.onClose { [weak self, weak performance] in
            performance?.task?.cancel()
            if self?.score.dialect == .httpSSE { self?.end() }
        }
    }

    private func fault(for cue: Cue, _ message: JSONTree?) -> MockFault? {
        guard cue.kind == .request, let method = message?["method"]?.string else { return nil }
        let name = message?["params"]?["name"]?.string
        let ordinal = state.with { state in
            state.ordinals["\(method) \(name ?? "")", default: 0] += 1
            return state.ordinals["\(method) \(name ?? "")"] ?? 1
        }
        let fault = settings.faults.fault(method: method, name: name, ordinal: ordinal, conversation: number)
        if let fault { notice(.faulted(fault, method: name.map { "\(method) \($0)" } ?? method)) }
        return fault
    }

    /// The client answers questions; the recorded server took that as it did then.
    private func takeAnswers(_ answers: [JSONTree], on exchange: HTTPExchange) {
        let taken = answers.map { takeAnswer($0) }
        exchange.respond(taken.compactMap { $0.cue.flatMap(firstResponse) }.first ?? accepted())
        state.with { state in
            for (question, cue) in taken {
                if let question { state.answered.insert(question) }
                if let cue { state.met.insert(cue.index) }
            }
        }
    }

    /// Which recorded question an answer is to, and where that was answered.
    private func takeAnswer(_ message: JSONTree) -> (question: Int64?, cue: Cue?) {
        guard let id = message["id"] else { return (nil, nil) }
        if let live = state.with({ $0.liveQuestions.removeValue(forKey: id) }) {
            live.with { $0 = message }
            return (nil, nil)
        }
        guard let question = state.with({ $0.asked.removeValue(forKey: id) }) else { return (nil, nil) }
        let cue = score.cues.first { cue in
            guard case .answer(let questions) = cue.kind else { return false }
            return questions.contains(question)
        }
        return (question, cue)
    }

    private func firstResponse(_ cue: Cue) -> HTTPResponse? {
        for act in cue.acts {
            guard case .respond(let head, let body) = act.what else { continue }
            var response = self.head(head)
            response.body = body
            return response
        }
        return nil
    }

    /// How the recorded server took what needs no answer, else as the protocol has it.
    func accepted() -> HTTPResponse {
        let usual = score.cues.first { $0.kind == .notification && $0.status.map { $0 < 300 } ?? false }
        return usual.flatMap(firstResponse) ?? HTTPResponse(status: 202)
    }

    /// A notification that names a live request, as the recorded client would have named it.
    private func underRecordedNames(_ message: JSONTree) -> JSONTree {
        guard message.isCancellation, let id = message["params"]?["requestId"] else { return message }
        let performances = state.with { Array($0.performances.values) }
        for performance in performances {
            guard let recorded = performance.names.requests.first(where: { $0.value == id })?.key else { continue }
            return message.setting(["params", "requestId"], to: recorded)
        }
        return message
    }

    /// Whether the recorded server reacted to this cancellation, so that what it did is played.
    private func cueCancels(_ cue: Int) -> Bool { score.cues[cue].kind == .notification }

    private func cancel(_ message: JSONTree) {
        guard let id = message["params"]?["requestId"] else { return }
        let (performances, forwarded) = state.with { (Array($0.performances.values), $0.forwarded[id]) }
        forwarded?.cancel()
        for performance in performances where performance.names.requests.values.contains(id) {
            performance.task?.cancel()
        }
    }
}

extension JSONTree {
    /// Whether it is a request, or an array with one.
    var isRequest: Bool {
        if case .array(let elements) = self { return elements.contains(where: \.isRequest) }
        return self["method"] != nil && self["id"] != nil
    }

    var isCancellation: Bool { self["method"]?.string == "notifications/cancelled" }
}
