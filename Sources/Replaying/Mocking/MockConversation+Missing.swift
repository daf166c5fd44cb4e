import MCPTransports
import Scenario
import WireFormats

/// Requests that the recording does not answer.
extension MockConversation {
    func miss(_ message: JSONTree, on exchange: HTTPExchange) {
        if let ticket = message["params"]?["requestState"]?.string, let parked = state.with({ $0.parked[ticket] }) {
            return parked.goOn(with: message, on: exchange)
        }
        let closest = ClosestCue(message, in: [score])
        notice(.missed(closest.text))
        switch settings.miss {
        case .notFound:
            exchange.respond(.text(404, closest.text))
        case .error:
            let code = closest.number == nil ? -32601 : -32602
            give(Self.refusal(of: message, code: code, closest.text), isError: true, on: exchange)
        case .forward(let forwarding):
            // A subscription outlives what can be waited for.
            guard let method = message["method"]?.string, let id = message["id"], method != "subscriptions/listen"
            else {
                return give(Self.refusal(of: message, code: -32600, closest.text), isError: true, on: exchange)
            }
            forward(method, message, id, to: forwarding, on: exchange)
        }
    }

    private func forward(
        _ method: String, _ message: JSONTree, _ id: JSONTree, to forwarding: any MissForwarding,
        on exchange: HTTPExchange
    ) {
        let stated = message["params"]?["_meta"]?["io.modelcontextprotocol/clientCapabilities"]
        let request = MissedRequest(
            conversation: self.id, dialect: score.dialect, method: method, params: message["params"],
            capabilities: stated ?? state.with { $0.capabilities })
        let call = ForwardedCall(self, id: id, on: exchange)
        if score.dialect == .httpSSE { exchange.respond(accepted()) }
        let task = state.with { state in
            let task = Task {
                call.give(await forwarding.answer(request, for: call))
                self.state.with { $0.forwarded[id] = nil }
            }
            state.forwarded[id] = task
            return task
        }
        // One that hangs up has given up, where it could not come back (MCP 2026-07-28 streamable HTTP, cancellation).
        if score.dialect == .stateless { exchange.onClose { task.cancel() } }
    }

    /// Each request of a batch is refused by itself.
    private static func refusal(of message: JSONTree, code: Int, _ text: String) -> JSONTree {
        guard case .array(let elements) = message else {
            return .rpcError(id: message["id"] ?? .null, code: code, message: text)
        }
        return .array(elements.filter(\.isRequest).map { refusal(of: $0, code: code, text) })
    }

    /// Gives an answer of this mock's own the way that the dialect has for answers.
    func give(_ answer: JSONTree, isError: Bool, on exchange: HTTPExchange) {
        guard score.dialect == .httpSSE else {
            // MCP 2026-07-28 streamable HTTP, protocol version header: unknown methods are not found.
            let isUnknown = isError && score.dialect == .stateless && answer["error"]?["code"]?.text == "-32601"
            return exchange.respond(json(isUnknown ? 404 : 200, answer))
        }
        exchange.respond(accepted())
        say(answer)
    }

    /// Says something on the streams that are not an answer's.
    func say(_ message: JSONTree) {
        let event = event(message)
        for stream in state.with({ $0.listening }) { stream.send(event) }
    }

    /// A message as an event, with line ends as the recorded server wrote them.
    func event(_ message: JSONTree) -> Act.Event {
        Act.Event(type: "message", data: message.serialized(), usesCRLF: score.usesCRLF, isMessage: true)
    }

    /// The head of an event stream of this mock's own.
    var streamHead: HTTPResponse {
        var response = json(200, .null)
        response.body = []
        response.fields = response.fields.filter { $0.name != "Content-Type" }
        response.fields.append(.init(name: "Content-Type", value: "text/event-stream"))
        response.fields.append(.init(name: "Cache-Control", value: "no-cache"))
        return response
    }

    /// The id under which a question of a live server is asked, whose answer is put there.
    func expect(_ answer: Watched<JSONTree?>) -> JSONTree {
        state.with { state in
            let next = state.nextQuestion ?? 1
            state.nextQuestion = next + 1
            let id = JSONTree.number(JSONNumber(next))
            state.liveQuestions[id] = answer
            return id
        }
    }
}

extension JSONTree {
    /// Its JSON text.
    var text: String { String(decoding: serialized(), as: UTF8.self) }
}
