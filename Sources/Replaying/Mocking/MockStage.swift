import MCPTransports
import Scenario
import Synchronization
import WireFormats

/// Brings each request of live clients to the conversation that it belongs to. This is the mock server without its
/// listener.
final class MockStage: HTTPResponder {
    private struct State: Sendable {
        var casting: Casting
        /// Conversations by the id that the wire gives them.
        var conversations: [String: MockConversation] = [:]
        /// How many have been opened.
        var opened = 0
        /// Their ids, oldest first.
        var order: [String] = []
        /// Conversations that no id tells apart.
        var ambient: [MockConversation] = []
        var refusals: Refusals
    }

    private let access: AccessGuard
    private let settings: MockSettings
    private let notice: @Sendable (MockNotice) -> Void
    private let state: Mutex<State>
    private let scores: [Score]
    /// Those and what was refused outside of any session.
    private let refusing: [Score]

    init(
        scores: [Score], unplaced: [Score] = [], settings: MockSettings, access: AccessGuard,
        notice: @escaping @Sendable (MockNotice) -> Void
    ) {
        self.scores = scores
        refusing = scores + unplaced
        self.settings = settings
        self.access = access
        self.notice = notice
        state = Mutex(State(casting: Casting(scores), refusals: Refusals(scores + unplaced)))
    }

    func refusal(of request: HTTPRequest) -> HTTPResponse? {
        access.refusal(host: request["host"], origin: request["origin"])
    }

    func respond(to request: HTTPRequest, body: [UInt8], on exchange: HTTPExchange) {
        let message = request.method == "POST" ? JSONTree(body).flatMap { $0.isMessage ? $0 : nil } : nil
        let trait = RequestTrait(httpMethod: request.method, message: message) { request[$0] }
        let visit = MockVisit(request: request, body: body, message: message, trait: trait, exchange: exchange)
        let isRefused = state.withLock { $0.refusals.hasExact(visit.refusable) }
        guard !isRefused, let found = conversation(for: visit) else { return refuse(visit) }
        take(visit, found)
    }

    private func take(_ visit: MockVisit, _ conversation: MockConversation) {
        if let message = visit.message {
            return conversation.receive(message, at: visit.path, visit.trait, on: visit.exchange)
        }
        if visit.request.method == "DELETE", conversation.id == visit.sessionID {
            conversation.end(on: visit.exchange, at: visit.path, visit.trait)
            return forget(conversation)
        }
        if visit.request.method == "GET", let event = visit.request["last-event-id"], !event.isEmpty,
            conversation.resume(after: event, on: visit.exchange)
        {
            return
        }
        let isTaken = conversation.receive(
            httpMethod: visit.request.method, path: visit.path, body: visit.body, visit.trait,
            on: visit.exchange)
        if !isTaken { refuse(visit) }
    }

    private func forget(_ conversation: MockConversation) {
        state.withLock { state in
            state.conversations[conversation.id] = nil
            state.order.removeAll { $0 == conversation.id }
            state.ambient.removeAll { $0 === conversation }
        }
    }

    /// The conversation that a request belongs to, a new one where it opens one; nil where it belongs to none.
    private func conversation(for visit: MockVisit) -> MockConversation? {
        if let id = visit.sessionID {
            return state.withLock { state in
                if let known = state.conversations[id] { return known.isOver ? nil : known }
                guard let index = state.casting.score(namedByClient: id) else { return MockConversation?.none }
                let named = MockConversation(score: scores[index], id: id, settings: settings, notice: notice)
                state.conversations[id] = named
                return named
            }
        }
        if visit.request.method == "GET",
            scores.contains(where: { $0.dialect == .httpSSE && $0.listens(at: visit.path) })
        {
            return open(nil, visit)
        }
        guard let message = visit.message else {
            return ambient.last ?? (visit.request.method == "GET" ? open(nil, visit) : nil)
        }
        return conversation(of: message, visit)
    }

    /// Conversations without an id on the wire, oldest first.
    private var ambient: [MockConversation] {
        state.withLock { state in
            state.ambient.removeAll(where: \.isOver)
            return state.ambient
        }
    }

    /// The conversation that a message without a session belongs to: one of the same client that has not said it so
    /// far, a new one from a recorded session that began so, and where all has been said one that says it again.
    private func conversation(of message: JSONTree, _ visit: MockVisit) -> MockConversation? {
        let ambient = ambient
        let name = message.clientName
        let own = ambient.filter { $0.score.clientName == name }
        let expecting = { (one: MockConversation) in one.expects(message, at: visit.path, visit.trait) }
        if let one = own.last(where: expecting) { return entered(one, message) }
        let hasFree = state.withLock { $0.casting.hasFree(openedBy: message, path: visit.path, name: name) }
        if hasFree, let new = open(message, visit) { return new }
        if let one = ambient.last(where: expecting) { return entered(one, message) }
        let isOpening = ["initialize", "server/discover"].contains(message["method"]?.string)
        if !isOpening,
            let one = (own.reversed() + ambient.reversed()).first(where: {
                $0.knows(message, at: visit.path, visit.trait)
            })
        {
            return one
        }
        return open(message, visit) ?? own.last ?? ambient.last
    }

    /// A conversation that began without an id has one from its handshake on, where sessions have ids.
    private func entered(_ conversation: MockConversation, _ message: JSONTree) -> MockConversation {
        if message["method"]?.string == "initialize", conversation.score.hasWireID {
            state.withLock { $0.ambient.removeAll { $0 === conversation } }
        }
        return conversation
    }

    private func open(_ message: JSONTree?, _ visit: MockVisit) -> MockConversation? {
        opened(by: message, at: visit.path)
    }

    /// How many conversations there are.
    var sessions: Int { state.withLock { $0.conversations.count } }

    /// A conversation from the next recorded session that begins so.
    func opened(by message: JSONTree?, at path: String) -> MockConversation? {
        let (opened, excess) = state.withLock { state -> (MockConversation?, MockConversation?) in
            guard let index = state.casting.take(openedBy: message, path: path) else { return (nil, nil) }
            let score = scores[index]
            state.opened += 1
            let conversation = MockConversation(
                score: score, id: MockID.make(like: score.wireID), number: state.opened, settings: settings,
                notice: notice)
            state.conversations[conversation.id] = conversation
            let hasID = score.dialect == .httpSSE || score.hasWireID && message?["method"]?.string == "initialize"
            if !hasID { state.ambient.append(conversation) }
            if state.ambient.count > Self.kept { state.ambient.removeFirst() }
            state.order.append(conversation.id)
            let isFull = state.order.count > Self.limit
            return (conversation, isFull ? state.conversations.removeValue(forKey: state.order.removeFirst()) : nil)
        }
        excess?.end()
        if let opened { notice(.opened(session: opened.score.name ?? String(opened.score.session))) }
        return opened
    }

    /// How many conversations there are at a time; a further one takes the place of the oldest, which few clients end.
    static let limit = 4096
    /// How many conversations without an id are kept apart.
    private static let kept = 64

    /// Answers what belongs to no conversation: as the recorded server refused the like, where it did.
    private func refuse(_ visit: MockVisit) {
        let place = state.withLock { $0.refusals.match(visit.refusable) }
        guard let place else {
            return visit.exchange.respond(visit.isUnreadable ? unreadable(visit) : nothingHere(visit))
        }
        let score = refusing[place.score]
        let id = visit.sessionID.flatMap { $0.isVisible ? $0 : nil } ?? MockID.make(like: score.wireID)
        MockConversation(score: score, id: id, settings: settings, notice: notice)
            .play(score.cues[place.cue], visit.message, on: visit.exchange)
    }

    /// The response to a POST that holds no message (JSON-RPC 2.0 §5.1).
    private func unreadable(_ visit: MockVisit) -> HTTPResponse {
        let error =
            JSONTree(visit.body) == nil
            ? JSONTree.rpcError(id: .null, code: -32700, message: "Parse error: the body is not JSON")
            : JSONTree.rpcError(id: .null, code: -32600, message: "Invalid request: the body is no JSON-RPC message")
        return HTTPResponse(
            status: 400, fields: [.init(name: "Content-Type", value: "application/json")], body: error.serialized())
    }

    /// The response to what the recording has nothing like.
    private func nothingHere(_ visit: MockVisit) -> HTTPResponse {
        let cues = refusing.flatMap(\.cues).filter { $0.isAt(visit.path) }
        guard !cues.isEmpty else {
            let places = scores.flatMap(\.places).map { "\($0.httpMethod) \($0.path)" }
            return .text(404, "Nothing is here. The recording has \(Set(places).sorted().joined(separator: ", ")).")
        }
        guard cues.contains(where: { $0.httpMethod == visit.request.method }) || visit.request.method == "DELETE" else {
            let methods = Set(cues.map(\.httpMethod)).sorted().joined(separator: ", ")
            return .text(405, "The recording has only \(methods) here.", fields: [.init(name: "Allow", value: methods)])
        }
        if visit.sessionID != nil {
            let body = JSONTree.rpcError(id: .null, code: -32600, message: "Session not found").serialized()
            return HTTPResponse(
                status: 404, fields: [.init(name: "Content-Type", value: "application/json")],
                body: body)
        }
        if visit.request.method == "DELETE" { return .text(405, "There is no session to end.") }
        return .text(400, "The recording has no request like this one.")
    }

    /// Ends all conversations.
    func close() {
        let all = state.withLock { state in
            defer { state.conversations = [:] }
            return Array(state.conversations.values)
        }
        for conversation in all { conversation.end() }
    }
}
