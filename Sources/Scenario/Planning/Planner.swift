import Traffic
import WireFormats

/// Makes a plan of a recorded session: reads its messages once, in the order in which they were seen, into drafts of
/// steps, and then puts those into their order.
struct Planner {
    let recorded: RecordedSession
    let dialect: Dialect

    var identity = ScenarioPlan.Identity()
    /// When the client had been answered that the conversation is open.
    var openedNs: Int64?
    var isOpened = false
    var drafts: [Draft] = []
    /// Places among the drafts, by the row ids of calls.
    var places: [Int64: Int] = [:]
    var exchanges: [Int64: ExchangeFacts] = [:]
    /// Calls of either side, by their row ids.
    let calls: [Int64: CallRow]
    /// The newest call of the client by the JSON text of its id.
    var callsByID: [String: Int64] = [:]
    var inFlight: Set<Int64> = []
    /// The first call of the client that an exchange carries.
    var callsByExchange: [Int64: Int64] = [:]
    var progressTokens: [Int64: JSONTree] = [:]
    /// How many messages of the server came in an exchange, and how many told of a progress token.
    var heardIn: [Int64: Int] = [:]
    var heardOf: [JSONTree: Int] = [:]
    /// When the server told what the client may have acted upon.
    var tellings: [Int64] = []
    var questions: [QuestionDraft] = []
    /// Places among the questions, by the messages that asked.
    var asked: [Int64: Int] = [:]
    /// Places of those that the next round of a call answers.
    var awaited: [Int64: [Int]] = [:]
    /// Places of those of tasks, by task and key.
    var taskQuestions: [String: [String: Int]] = [:]
    var questionCounts: [String: Int] = [:]
    /// Tools, and whether the recorded list says that they destroy.
    var tools: [String: Bool] = [:]
    var flow = ValueFlow()
    var notes = PlanNotes()

    struct QuestionDraft {
        var question: RecordedQuestion
        var call: Int64?
        var askedNs: Int64
    }

    init(_ recorded: RecordedSession) {
        self.recorded = recorded
        let row = recorded.session.row
        dialect =
            row.dialect ?? recorded.exchanges.lazy.compactMap { $0.attribution?.dialect }.first ?? .streamable
        calls = Dictionary(recorded.calls.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        for exchange in recorded.exchanges { exchanges[exchange.id] = ExchangeFacts(exchange) }
    }
}

extension ScenarioPlan {
    /// Throws what reading throws.
    package init(session: Int64, in archive: any TrafficArchive) throws(StoreFailure) {
        try self.init(of: RecordedSession(session, in: archive), in: archive)
    }

    /// `archive`: asked only for the ids of events, and only where the client left a stream and came back.
    package init(of recorded: RecordedSession, in archive: any TrafficArchive) throws(StoreFailure) {
        var planner = Planner(recorded)
        planner.readMessages()
        planner.joinPolls()
        try planner.findCuts(in: archive)
        planner.findClosedResponses()
        self = planner.assemble()
    }
}

extension ExchangeFacts {
    init(_ row: ExchangeRow) {
        id = row.id
        method = row.request.method
        target = row.request.target
        lastEventID = row.lastEventID
        start = row.requestStartNs
        opened = row.responseStartNs
        end = row.responseEndNs
        isLeftByClient = row.endedBy == .client
        isStream = row.isStream
        status = row.response?.status
    }
}
