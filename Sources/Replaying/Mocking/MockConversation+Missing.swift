import MCPTransports
import Scenario
import WireFormats

/// Requests that the recording does not answer.
extension MockConversation {
    func miss(_ message: JSONTree, on exchange: HTTPExchange) {
        let closest = ClosestCue(message, in: [score])
        notice(.missed(closest.text))
        let id = message["id"] ?? .null
        switch settings.miss {
        case .notFound:
            exchange.respond(.text(404, closest.text))
        case .error:
            let code = closest.number == nil ? -32601 : -32602
            give(.rpcError(id: id, code: code, message: closest.text), isError: true, on: exchange)
        case .forward(let forwarding):
            guard let method = message["method"]?.string else {
                return give(.rpcError(id: id, code: -32600, message: closest.text), isError: true, on: exchange)
            }
            let params = message["params"]?.serialized()
            Task {
                let member: JSONTree.Member
                switch await forwarding.answer(method: method, params: params) {
                case .result(let text): member = .init("result", JSONTree(text) ?? .null)
                case .error(let text): member = .init("error", JSONTree(text) ?? .null)
                }
                let answer = JSONTree.object([
                    .init("jsonrpc", .string("2.0")), .init("id", id), member,
                ])
                give(answer, isError: false, on: exchange)
            }
        }
    }

    /// Gives an answer of this mock's own the way that the dialect has for answers.
    private func give(_ answer: JSONTree, isError: Bool, on exchange: HTTPExchange) {
        guard score.dialect == .httpSSE else {
            // MCP 2026-07-28 streamable HTTP, protocol version header: unknown methods are not found.
            let isUnknown = isError && score.dialect == .stateless && answer["error"]?["code"]?.text == "-32601"
            return exchange.respond(json(isUnknown ? 404 : 200, answer))
        }
        exchange.respond(accepted())
        let usesCRLF = score.cues.contains { cue in
            cue.acts.contains { act in
                if case .event(let event) = act.what { return event.usesCRLF }
                return false
            }
        }
        let event = Act.Event(type: "message", data: answer.serialized(), usesCRLF: usesCRLF, isMessage: true)
        for stream in state.with({ $0.listening }) { stream.send(event) }
    }
}

extension JSONTree {
    /// Its JSON text.
    var text: String { String(decoding: serialized(), as: UTF8.self) }
}
