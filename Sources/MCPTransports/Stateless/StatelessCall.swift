import Synchronization

/// One stateless call at work: drives its ``RoundMachine``, runs the handler, and puts what is said on the response of the
/// POST that the client has open.
///
/// The handler is written once for every dialect: when it asks the client, its task waits here until the client comes back
/// with the answers. So that state lives in this process, and a retry that reaches another one is refused.
/// The lock works as in ``Session``: actions are carried out under it, only cancelling waits until it is free.
final class StatelessCall: Sendable {
    private struct State {
        var machine: RoundMachine
        var exchange: HTTPExchange?
        var round = 0
        var handler: Task<Void, Never>?
        var batches: [QuestionBatch] = []
    }

    /// What a retry must repeat.
    let fingerprint: JSONObject
    /// Whom the call belongs to: nobody else may go on with it.
    let principal: Principal?
    private let table: StatelessTable
    private let state: Mutex<State>

    init(
        _ request: StatelessRequest, principal: Principal?, form: AnswerForm, dressing: ResultDressing,
        table: StatelessTable
    ) {
        self.principal = principal
        fingerprint = Self.fingerprint(of: request)
        self.table = table
        state = Mutex(State(machine: RoundMachine(request: request, form: form, dressing: dressing)))
    }

    /// The method and what it is called with, without what belongs to one POST only.
    static func fingerprint(of request: StatelessRequest) -> JSONObject {
        var object = request.params
        for key in ["_meta", "inputResponses", "requestState"] { object[key] = nil }
        object["method"] = .string(request.method)
        return object
    }

    /// Starts the handler; the response goes to `exchange`.
    func start(on exchange: HTTPExchange, _ handler: @escaping @Sendable () async -> Result<JSONValue, MCPError>) {
        take(exchange) { state in
            state.handler = Task {
                let result = await handler()
                act { $0.machine.finish(result) }
                table.end(self)
            }
            return state.machine.begin()
        }
    }

    /// Goes on with a retry; the response goes to `exchange`.
    func resume(_ request: StatelessRequest, on exchange: HTTPExchange) {
        take(exchange) { state in
            guard !state.machine.isEnded else {
                return [.answer(status: 400, .error(id: request.id, StatelessTable.unknownState))]
            }
            return state.machine.resume(request)
        }
    }

    /// Gives the machine the exchange of a round, then listens to what becomes of it.
    private func take(_ exchange: HTTPExchange, _ body: (inout State) -> [RoundAction]) {
        var round = 0
        act { state in
            state.exchange = exchange
            state.round += 1
            round = state.round
            return body(&state)
        }
        let taken = round
        exchange.onWaiting { [weak self] in self?.act { $0.round == taken ? $0.machine.streamIfWaiting() : [] } }
        exchange.onClose { [weak self] in self?.act { $0.round == taken ? $0.machine.connectionClosed() : [] } }
    }

    /// Ends the call. Gives the handler, which is cancelled, to wait for.
    func terminate() -> Task<Void, Never>? {
        act { $0.machine.terminate() }
        return handler
    }

    /// The task that answers, to wait for.
    var handler: Task<Void, Never>? { state.withLock { $0.handler } }
    /// Whether the handler waits for a client that has to come back.
    var isSuspended: Bool { state.withLock { !$0.machine.isEnded && $0.machine.carrier == nil } }

    private func act(_ body: (inout State) -> [RoundAction]) {
        let cancelled = state.withLock { state in
            var cancelled: Task<Void, Never>?
            for action in body(&state) + settle(&state) {
                if let handler = perform(action, &state) { cancelled = handler }
            }
            return cancelled
        }
        cancelled?.cancel()
    }

    /// Ends the round when the handler waits for the client, if there is room to remember it.
    private func settle(_ state: inout State) -> [RoundAction] {
        guard state.machine.mustAsk else { return [] }
        guard let key = table.suspend(self) else {
            return state.machine.failQuestions(.internalError("Too many calls wait for their clients"))
        }
        return state.machine.endRound(requestState: key)
    }

    /// Carries out one action. Gives the handler to cancel, if that is the action.
    private func perform(_ action: RoundAction, _ state: inout State) -> Task<Void, Never>? {
        switch action {
        case .answer(let status, let message):
            state.exchange?.respond(.json(status, message.json))
            state.exchange = nil
        case .openStream: state.exchange?.openStream(carriesRequests: false)
        case .send(let message): state.exchange?.send(message.event)
        case .finish:
            state.exchange?.finishStream()
            state.exchange = nil
        case .cancel: return state.handler
        case .resolve(let number, let result):
            resolve(number, result, &state)
        }
        return nil
    }
}

extension StatelessCall: ClientLink {
    /// What a client may be asked within a result (MCP 2026-07-28 basic/patterns/mrtr).
    private static let askable: Set<String> = ["elicitation/create", "sampling/createMessage", "roots/list"]

    func notify(method: String, params: JSONValue?) {
        act { state in
            method == "notifications/progress"
                ? state.machine.progress(params) : state.machine.notify(method: method, params: params)
        }
    }

    func log(level: LogLevel, data: JSONValue, logger: String?) {
        act { $0.machine.log(level: level, data: data, logger: logger) }
    }

    func request(_ questions: [PosedQuestion]) async throws -> [JSONValue] {
        if let question = questions.first(where: { !Self.askable.contains($0.method) }) {
            throw MCPError(code: -32601, message: "A client without a session cannot be asked for \(question.method)")
        }
        let batch = Question()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                var isCarried = false
                act { state in
                    guard let numbers = state.machine.ask(questions), let first = numbers.first else { return [] }
                    guard batch.put(first) else {
                        for number in numbers { state.machine.withdraw(number) }
                        return []
                    }
                    isCarried = true
                    state.batches.append(QuestionBatch(numbers: numbers, continuation: continuation))
                    return state.machine.takeAnswers()
                }
                if !isCarried {
                    continuation.resume(throwing: Task.isCancelled ? CancellationError() : MCPError.connectionClosed)
                }
            }
        } onCancel: {
            if let number = batch.cancel() { withdraw(number) }
        }
    }

    private func withdraw(_ number: Int) {
        act { state in
            fail(number, CancellationError(), &state)
            return []
        }
    }

    private func resolve(_ number: Int, _ result: Result<JSONValue, MCPError>, _ state: inout State) {
        guard let index = state.batches.firstIndex(where: { $0.numbers.contains(number) }) else { return }
        switch result {
        case .success(let answer):
            if state.batches[index].answer(number, answer) { state.batches.remove(at: index) }
        case .failure(let error):
            fail(number, error, &state)
        }
    }

    /// Gives up all questions that were asked together with this one.
    private func fail(_ number: Int, _ error: any Error, _ state: inout State) {
        guard let index = state.batches.firstIndex(where: { $0.numbers.contains(number) }) else { return }
        let batch = state.batches.remove(at: index)
        for number in batch.numbers { state.machine.withdraw(number) }
        batch.continuation.resume(throwing: error)
    }

    func closeStream(retry: Duration) -> Bool { false }
}

extension JSONRPCMessage {
    /// The message as an event of a stream.
    var event: [UInt8] { OutboundEvent(type: "message", data: json.serialized()).encoded() }
}
