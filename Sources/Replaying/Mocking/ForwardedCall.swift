import MCPTransports
import Scenario
import Synchronization
import WireFormats

/// A request that a live server answers, seen from the client that made it: what the server says until then travels as
/// the recorded dialect has it.
final class ForwardedCall: MissAsker {
    private struct State: Sendable {
        var exchange: HTTPExchange
        var id: JSONTree
        var isStreaming = false
        var isOver = false
        /// The open question, where the client answers by asking again (MCP 2026-07-28 basic/patterns/mrtr).
        var question: Watched<JSONTree?>?
    }

    private let conversation: MockConversation
    private let state: Mutex<State>

    init(_ conversation: MockConversation, id: JSONTree, on exchange: HTTPExchange) {
        self.conversation = conversation
        state = Mutex(State(exchange: exchange, id: id))
    }

    func tell(_ notification: JSONTree, isOfCall: Bool) {
        switch conversation.score.dialect {
        case .streamable where isOfCall, .stateless where isOfCall: send(notification)
        case .stateless: return
        default: conversation.say(notification)
        }
    }

    func ask(_ method: String, _ params: JSONTree?) async -> MissAnswer {
        switch conversation.score.dialect {
        case .stateless: return await askForInput(method, params)
        case .broadcast: return .failure(-32601, "Clients of this dialect cannot be asked")
        default: break
        }
        let answer = Watched<JSONTree?>(nil)
        let id = conversation.expect(answer)
        var members: [JSONTree.Member] = [
            .init("jsonrpc", .string("2.0")), .init("id", id), .init("method", .string(method)),
        ]
        if let params { members.append(.init("params", params)) }
        if conversation.score.dialect == .httpSSE {
            conversation.say(.object(members))
        } else {
            send(.object(members))
        }
        let isAnswered = await answer.wait(atMost: Self.patience) { $0 != nil }
        conversation.state.with { $0.liveQuestions[id] = nil }
        return isAnswered ? answer.with { $0.flatMap(MissAnswer.init) } ?? Self.unanswered : Self.unanswered
    }

    /// Gives the answer, once.
    func give(_ answer: MissAnswer) {
        let given = state.withLock { state -> (HTTPExchange, JSONTree, isStreaming: Bool)? in
            guard !state.isOver else { return nil }
            state.isOver = true
            return (state.exchange, state.id, state.isStreaming)
        }
        guard let (exchange, id, isStreaming) = given else { return }
        let message = JSONTree.object([
            .init("jsonrpc", .string("2.0")), .init("id", id), Self.dressed(answer, for: conversation.score).member,
        ])
        // There the request was taken when it came.
        if conversation.score.dialect == .httpSSE { return conversation.say(message) }
        guard isStreaming else { return conversation.give(message, isError: message["error"] != nil, on: exchange) }
        exchange.send(conversation.event(message).encoded())
        exchange.finishStream()
    }

    /// How long a person may take to answer.
    private static let patience = Duration.seconds(600)
    private static let unanswered = MissAnswer.failure(-32000, "The client did not answer")

    /// Results of MCP 2026-07-28 say what kind they are of.
    private static func dressed(_ answer: MissAnswer, for score: Score) -> MissAnswer {
        guard score.dialect == .stateless, case .result(.object(var members)) = answer,
            !members.contains(where: { $0.key == "resultType" })
        else { return answer }
        members.append(.init("resultType", .string("complete")))
        return .result(.object(members))
    }

    /// Says something on the response to the call, which becomes an event stream with it.
    private func send(_ message: JSONTree) {
        let event = conversation.event(message).encoded()
        state.withLock { state in
            guard !state.isOver else { return }
            if !state.isStreaming { state.exchange.openStream(head: conversation.streamHead) }
            state.isStreaming = true
            state.exchange.send(event)
        }
    }
}

// Rounds of input.
extension ForwardedCall {
    private static let key = "input"

    /// Ends the response with the question; the client makes the request again, with its answer.
    private func askForInput(_ method: String, _ params: JSONTree?) async -> MissAnswer {
        let ticket = MockID.make(like: nil)
        let answer = Watched<JSONTree?>(nil)
        var request: [JSONTree.Member] = [.init("method", .string(method))]
        if let params { request.append(.init("params", params)) }
        let result = JSONTree.object([
            .init("resultType", .string("input_required")),
            .init("inputRequests", .object([.init(Self.key, .object(request))])),
            .init("requestState", .string(ticket)),
        ])
        conversation.state.with { $0.parked[ticket] = self }
        let open = state.withLock { state -> (HTTPExchange, JSONTree, isStreaming: Bool)? in
            guard !state.isOver, state.question == nil else { return nil }
            state.question = answer
            defer { state.isStreaming = false }
            return (state.exchange, state.id, state.isStreaming)
        }
        defer {
            conversation.state.with { $0.parked[ticket] = nil }
            state.withLock { $0.question = nil }
        }
        guard let (exchange, id, isStreaming) = open else {
            return .failure(-32000, "The client is being asked something else")
        }
        let message = JSONTree.object([
            .init("jsonrpc", .string("2.0")), .init("id", id), .init("result", result),
        ])
        if isStreaming {
            exchange.send(conversation.event(message).encoded())
            exchange.finishStream()
        } else {
            conversation.give(message, isError: false, on: exchange)
        }
        guard await answer.wait(atMost: Self.patience, until: { $0 != nil }) else { return Self.unanswered }
        return .result(answer.with { $0 } ?? .null)
    }

    /// The client has come back with its answer.
    func goOn(with message: JSONTree, on exchange: HTTPExchange) {
        let question = state.withLock { state in
            state.exchange = exchange
            state.id = message["id"] ?? .null
            return state.question
        }
        question?.with { $0 = message["params"]?["inputResponses"]?[Self.key] ?? .null }
    }
}
