import MCPTransports
import Scenario
import WireFormats

/// What a performance needs of its conversation.
extension MockConversation {
    /// Asks the client a recorded question again: its id in this conversation, of the kind that the recorded one had,
    /// whole numbers counted on from the first.
    func ask(_ question: Int64, recorded id: JSONTree) -> JSONTree {
        state.with { [prefix = self.id.eventPrefix] state in
            let next = state.nextQuestion ?? id.int ?? 1
            state.nextQuestion = next + 1
            let live: JSONTree
            if case .string = id {
                live = .string("\(prefix)-\(next)")
            } else {
                live = .number(JSONNumber(next))
            }
            state.asked[live] = question
            return live
        }
    }

    /// The stream that a performance's response opens. A listening stream is found again by what is said on it later.
    func openStream(for performance: Performance) -> MockStream {
        let cue = performance.cue
        let names = performance.names
        return state.with { [score, prefix = id.eventPrefix] state in
            let isGET = cue.httpMethod == "GET"
            if isGET, let awaited = state.listening.first(where: { $0.cue == cue.index }) { return awaited }
            let stream = MockStream(
                cue: cue.index, prefix: prefix, isShared: isGET && score.dialect == .broadcast,
                names: names)
            if cue.isListening {
                state.listening.append(stream)
            } else {
                state.answering.append(stream)
                if state.answering.count > Self.kept { state.answering.removeFirst() }
            }
            return stream
        }
    }

    /// How many streams of answers a client may come back to.
    private static let kept = 64

    /// The data of the recorded `endpoint` event, for this session and this server.
    func endpoint(_ data: [UInt8]) -> [UInt8] {
        var text = String(decoding: data, as: UTF8.self)
        if let scheme = text.firstRange(of: "://") {
            let rest = text[scheme.upperBound...]
            text = rest.firstIndex(of: "/").map { String(rest[$0...]) } ?? "/"
        }
        if let wireID = score.wireID { text = text.replacing(wireID, with: id) }
        return Array(text.utf8)
    }

    /// A whole response with a JSON value.
    func json(_ status: Int, _ value: JSONTree) -> HTTPResponse {
        var fields = [HTTPRequest.Field(name: "Content-Type", value: "application/json")]
        if score.dialect == .streamable, score.hasWireID { fields.append(.init(name: "Mcp-Session-Id", value: id)) }
        return HTTPResponse(status: status, fields: fields, body: value.serialized())
    }

    /// The error that a fault puts in place of the answer to a cue.
    func failure(_ cue: Cue, _ names: LiveNames) -> JSONTree {
        let recorded = cue.message?["id"]
        let id = recorded.flatMap { names.requests[$0] } ?? recorded ?? .null
        return .rpcError(id: id, code: -32603, message: "This answer was replaced by a fault on purpose")
    }
}

extension JSONTree {
    /// A JSON-RPC error message.
    static func rpcError(id: JSONTree, code: Int, message: String, data: JSONTree? = nil) -> JSONTree {
        var error: [Member] = [
            Member("code", JSONTree(Array(String(code).utf8)) ?? .null),
            Member("message", .string(message)),
        ]
        if let data { error.append(Member("data", data)) }
        return .object([
            Member("jsonrpc", .string("2.0")), Member("id", id),
            Member("error", .object(error)),
        ])
    }
}
