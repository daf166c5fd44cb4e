import MCPTransports
import Scenario
import WireFormats

/// One live client's conversation with a mock server, played from one recorded session.
final class MockConversation: Sendable {
    struct State: Sendable {
        var matcher: CueMatcher
        /// Cues that have come, and those that are not waited for any longer.
        var met: Set<Int> = []
        var givenUp: Set<Int> = []
        /// Live ids of questions to the client, with the messages that they repeat.
        var asked: [JSONTree: Int64] = [:]
        var answered: Set<Int64> = []
        /// What a live server that stands in for the recording has asked, by live id.
        var liveQuestions: [JSONTree: Watched<JSONTree?>] = [:]
        /// Calls to that server whose client has to come back with an answer, by what it then brings.
        var parked: [String: ForwardedCall] = [:]
        /// Calls to that server by the client's id.
        var forwarded: [JSONTree: Task<Void, Never>] = [:]
        /// What the client says it can do.
        var capabilities: JSONTree?
        /// The id of the next question, once one was asked.
        var nextQuestion: Int?
        /// Streams that are not only an answer's, in the order in which they were opened.
        var listening: [MockStream] = []
        /// Streams of answers that a client may come back to.
        var answering: [MockStream] = []
        /// How many connections carried the stream of a cue, one after the other.
        var connections: [Int: Int] = [:]
        var performances: [Int: Performance] = [:]
        /// What the performances of each cue say next, under their numbers.
        var next: [Int: [Int: Upcoming]] = [:]
        /// When what was said last of each cue was said.
        var said: [Act.Spot: ContinuousClock.Instant] = [:]
        var lastPerformance = 0
        var isOver = false
        /// How often each method and name was asked for.
        var ordinals: [String: Int] = [:]
    }

    let score: Score
    /// The id that the wire gives it.
    let id: String
    /// The how manieth conversation of the server it is.
    let number: Int
    let settings: MockSettings
    let notice: @Sendable (MockNotice) -> Void
    let state: Watched<State>

    init(
        score: Score, id: String, number: Int = 1, settings: MockSettings,
        notice: @escaping @Sendable (MockNotice) -> Void
    ) {
        self.score = score
        self.id = id
        self.number = number
        self.settings = settings
        self.notice = notice
        state = Watched(State(matcher: CueMatcher(score)))
    }

    var isOver: Bool { state.with { $0.isOver } }

    /// Whether the message repeats one of the recorded session that was not asked for so far.
    func expects(_ message: JSONTree, at path: String, _ trait: RequestTrait) -> Bool {
        state.with { $0.matcher.hasUnused(message, at: path, trait) }
    }

    /// Whether the message repeats any of the recorded session.
    func knows(_ message: JSONTree, at path: String, _ trait: RequestTrait) -> Bool {
        state.with { $0.matcher.knows(message, at: path, trait) }
    }

    /// Ends it: nothing more is said, streams end.
    func end() {
        let (streams, tasks) = state.with { state in
            defer {
                state.isOver = true
                state.performances = [:]
                state.next = [:]
                state.listening = []
                state.forwarded = [:]
            }
            return (state.listening, state.performances.values.compactMap(\.task) + state.forwarded.values)
        }
        for task in tasks { task.cancel() }
        for stream in streams { stream.close(isAbrupt: false) }
        if case .forward(let forwarding) = settings.miss { forwarding.leave(id) }
    }

    /// The streams on which something is said that the recorded server said on the stream of a cue. A stream that is
    /// not there yet takes it until it is opened.
    func streams(of cue: Int) -> [MockStream] {
        state.with { [score, id] state in
            let exact = state.listening.filter { $0.cue == cue }
            if !exact.isEmpty { return exact }
            guard score.cues[cue].httpMethod == "GET" else { return [] }
            if let open = state.listening.last(where: { score.cues[$0.cue].httpMethod == "GET" }) { return [open] }
            let awaited = MockStream(cue: cue, prefix: id.eventPrefix, isShared: score.dialect == .broadcast)
            state.listening.append(awaited)
            return [awaited]
        }
    }

    /// The stream that holds the event of this id.
    func stream(holding event: String) -> MockStream? {
        state.with { state in (state.listening + state.answering).last { $0.holds(event) } }
    }

    /// Status and fields of a response of this conversation.
    func head(_ recorded: Act.Head) -> HTTPResponse {
        var fields: [HTTPRequest.Field] = []
        for field in recorded.fields {
            switch field.name.lowercased() {
            case "transfer-encoding", "content-encoding", "connection", "keep-alive", "date",
                "trailer", "upgrade":
                continue
            case "mcp-session-id":
                // Some servers give one away with every refusal.
                let isOwn = recorded.status < 400 || field.value == score.wireID
                fields.append(.init(name: field.name, value: isOwn ? id : MockID.make(like: field.value)))
            default: fields.append(.init(name: field.name, value: field.value))
            }
        }
        return HTTPResponse(status: recorded.status, fields: fields)
    }
}

extension String {
    /// Event ids of different conversations are different.
    var eventPrefix: String { String(prefix(8)) }
}
