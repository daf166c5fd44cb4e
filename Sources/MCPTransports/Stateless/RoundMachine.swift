/// One stateless call on the way to its answer, over one POST or several: what its handler and its client do goes in,
/// what to do comes out.
///
/// A question of the handler ends the round: the client gets it as the result of the POST and comes back with the answers
/// in a POST of its own (MCP 2026-07-28 basic/patterns/mrtr). An ended call causes nothing more.
struct RoundMachine: Sendable {
    /// What the response of the present POST is.
    enum Carrier: Sendable, Hashable {
        /// Not begun: it may still become JSON.
        case undecided
        /// An event stream.
        case open
    }

    struct Question: Sendable, Hashable {
        let number: Int
        /// What names the question towards the client.
        let key: String
        let method: String
        let params: JSONValue?
    }

    let form: AnswerForm
    let dressing: ResultDressing
    private(set) var request: StatelessRequest
    /// Nil between rounds.
    private(set) var carrier: Carrier? = .undecided
    private(set) var questions: [Question] = []
    private(set) var isEnded = false
    /// What the client answered under names that no question has had yet.
    private var unread: JSONObject
    private var rounds = 1
    private var lastQuestion = 0
    private var actions: [RoundAction] = []

    init(request: StatelessRequest, form: AnswerForm, dressing: ResultDressing) {
        self.request = request
        self.form = form
        self.dressing = dressing
        unread = request.params["inputResponses"]?.objectValue ?? [:]
    }

    /// Whether the client has told nothing on the way, so that the result may be good for others.
    private var isFresh: Bool { rounds == 1 && request.params["inputResponses"] == nil }

    /// Whether the round must end because the handler waits for the client.
    var mustAsk: Bool { carrier != nil && !questions.isEmpty }

    private mutating func takeActions() -> [RoundAction] {
        defer { actions = [] }
        return actions
    }

    /// A round begins: the form may be an event stream from the start.
    mutating func begin() -> [RoundAction] {
        if form == .eventStream { openIfUndecided() }
        return takeActions()
    }

    /// The POST has been waiting for long: an event stream lets heartbeats hold the connection.
    mutating func streamIfWaiting() -> [RoundAction] {
        if form == .automatic { openIfUndecided() }
        return takeActions()
    }

    /// The handler has something to tell. It is lost between rounds, and where the form is JSON.
    mutating func notify(method: String, params: JSONValue?) -> [RoundAction] {
        guard carrier != nil, form != .json else { return [] }
        openIfUndecided()
        actions.append(.send(.notification(method: method, params: params)))
        return takeActions()
    }

    /// The handler reports progress, which the client of each round wants under a token of its own, or not at all.
    mutating func progress(_ params: JSONValue?) -> [RoundAction] {
        guard let token = request.progressToken, var object = params?.objectValue else { return [] }
        object["progressToken"] = token
        return notify(method: "notifications/progress", params: .object(object))
    }

    /// The handler has something to log, which the client of each round wants from some severity on, or not at all
    /// (MCP 2026-07-28 server/utilities/logging).
    mutating func log(level: LogLevel, data: JSONValue, logger: String?) -> [RoundAction] {
        guard let minimum = request.logLevel, level >= minimum else { return [] }
        var params: JSONObject = ["level": .string(level.rawValue)]
        params["logger"] = logger.map(JSONValue.string)
        params["data"] = data
        return notify(method: "notifications/message", params: .object(params))
    }

    /// The handler asks; nil when nobody will ever answer. What the client answered along with its first request comes
    /// from ``takeAnswers()``.
    mutating func ask(_ posed: [PosedQuestion]) -> [Int]? {
        guard !isEnded else { return nil }
        return posed.map { question in
            lastQuestion += 1
            var key = question.key ?? "q\(lastQuestion)"
            while questions.contains(where: { $0.key == key }) { key += "_" }
            questions.append(
                Question(number: lastQuestion, key: key, method: question.method, params: question.params))
            return lastQuestion
        }
    }

    /// Resolves the questions that the present request of the client answers. What is no object answers nothing.
    mutating func takeAnswers() -> [RoundAction] {
        for question in questions {
            guard let response = unread[question.key], response.objectValue != nil else { continue }
            unread[question.key] = nil
            questions.removeAll { $0.number == question.number }
            actions.append(.resolve(question.number, .success(response)))
        }
        return takeActions()
    }

    /// The handler does not wait for an answer any more.
    mutating func withdraw(_ number: Int) {
        questions.removeAll { $0.number == number }
    }

    /// Gives the open questions to the client, which comes back with `requestState`.
    mutating func endRound(requestState: String) -> [RoundAction] {
        guard carrier != nil else { return [] }
        var requests: JSONObject = [:]
        for question in questions {
            var request: JSONObject = ["method": .string(question.method)]
            request["params"] = question.params
            requests[question.key] = .object(request)
        }
        let result: JSONObject = [
            "resultType": "input_required", "inputRequests": .object(requests), "requestState": .string(requestState),
        ]
        reply(.response(id: request.id, result: dressing.signed(.object(result))), status: 200)
        return takeActions()
    }

    /// No client will be asked: all questions fail.
    mutating func failQuestions(_ error: MCPError) -> [RoundAction] {
        for question in questions { actions.append(.resolve(question.number, .failure(error))) }
        questions = []
        return takeActions()
    }

    /// The client came back. What it does not answer is asked again, what nobody asked for is dropped.
    mutating func resume(_ request: StatelessRequest) -> [RoundAction] {
        guard !isEnded else { return [] }
        self.request = request
        rounds += 1
        carrier = .undecided
        unread = request.params["inputResponses"]?.objectValue ?? [:]
        let answers = takeAnswers()
        unread = [:]
        return answers + begin()
    }

    /// The handler has come to its end.
    mutating func finish(_ result: Result<JSONValue, MCPError>) -> [RoundAction] {
        guard !isEnded else { return [] }
        isEnded = true
        switch result {
        case .success(let value):
            let complete = dressing.complete(value, of: request.method, isFresh: isFresh)
            reply(.response(id: request.id, result: complete), status: 200)
        case .failure(let error):
            let error = error.stateless
            reply(.error(id: request.id, error), status: error.statelessStatus)
        }
        return takeActions()
    }

    /// The client has gone, which cancels its call (MCP 2026-07-28 basic/patterns/cancellation).
    mutating func connectionClosed() -> [RoundAction] {
        guard !isEnded, carrier != nil else { return [] }
        isEnded = true
        carrier = nil
        return failQuestions(.connectionClosed) + [.cancel]
    }

    /// The server ends the call.
    mutating func terminate() -> [RoundAction] {
        guard !isEnded else { return [] }
        isEnded = true
        reply(.error(id: request.id, .connectionClosed), status: 503)
        return takeActions() + failQuestions(.connectionClosed) + [.cancel]
    }

    private mutating func openIfUndecided() {
        guard carrier == .undecided else { return }
        carrier = .open
        actions.append(.openStream)
    }

    /// Says the last word of a round.
    private mutating func reply(_ message: JSONRPCMessage, status: Int) {
        switch carrier {
        case .undecided: actions.append(.answer(status: status, message))
        case .open: actions += [.send(message), .finish]
        case nil: break
        }
        carrier = nil
    }
}

/// What the owner of a ``RoundMachine`` must do next, in order.
enum RoundAction: Sendable, Hashable {
    /// Give the whole response of the POST.
    case answer(status: Int, JSONRPCMessage)
    /// Begin the response of the POST as an event stream.
    case openStream
    /// Send a message on the stream.
    case send(JSONRPCMessage)
    /// End the stream.
    case finish
    /// Cancel the handler; its answer is not wanted any more.
    case cancel
    /// The client answered the question of this number, or never will.
    case resolve(Int, Result<JSONValue, MCPError>)
}
