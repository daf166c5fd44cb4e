import Synchronization
import WireFormats

/// One session at work: drives its ``SessionMachine``, runs the handlers, and puts events on exchanges.
///
/// The lock guards machine and bookkeeping together, and the machine's actions are carried out under it, so that what is
/// said in a row arrives in that order whatever thread says it. Only cancelling waits until the lock is free, because a
/// cancelled task may call back at once.
final class Session: Sendable {
    struct State {
        var machine: SessionMachine
        var exchanges: [ExchangeID: any SessionExchange] = [:]
        var handlers: [CallToken: Task<Void, Never>] = [:]
        var waiting: [Int: CheckedContinuation<JSONValue, any Error>] = [:]
        var lastExchange = 0
        var lastUse: ContinuousClock.Instant
        var isGone = false
    }

    let id: String
    /// Whom it belongs to: nobody else may use it.
    let principal: Principal?
    let dialect: HTTPDialect
    let switchboard: Switchboard
    let requestTimeout: Duration
    let now: @Sendable () -> ContinuousClock.Instant
    let state: Mutex<State>
    /// Called once when the session has ended and its last handler too.
    let onGone: @Sendable () -> Void

    init(
        id: String, principal: Principal? = nil, switchboard: Switchboard, rules: SessionRules,
        requestTimeout: Duration,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        onGone: @escaping @Sendable () -> Void = {}
    ) {
        self.id = id
        self.principal = principal
        self.switchboard = switchboard
        dialect = rules.dialect
        self.requestTimeout = requestTimeout
        self.now = now
        self.onGone = onGone
        state = Mutex(State(machine: SessionMachine(rules: rules), lastUse: now()))
    }

    /// How long nothing has happened; zero while an exchange or a handler is at work.
    var idleTime: Duration {
        state.withLock { $0.machine.isIdle ? now() - $0.lastUse : .zero }
    }

    /// Gives an exchange to the machine, which answers it now or later.
    func take(_ exchange: any SessionExchange, _ body: (inout SessionMachine, ExchangeID) -> [SessionAction]) {
        var id = ExchangeID(number: 0)
        act { state in
            state.lastExchange += 1
            id = ExchangeID(number: state.lastExchange)
            state.exchanges[id] = exchange
            return body(&state.machine, id)
        }
        let taken = id
        guard state.withLock({ $0.exchanges[taken] != nil }) else { return }
        exchange.onWaiting { [weak self] in self?.act { $0.machine.streamIfWaiting(taken) } }
        exchange.onClose { [weak self] in
            self?.act { state in
                state.exchanges[taken] = nil
                return state.machine.exchangeClosed(taken)
            }
        }
    }

    /// What there is to know of it; nil when it has ended.
    var info: SSEServerTransport.SessionInfo? {
        let idleTime = idleTime
        return state.withLock { state in
            guard state.machine.phase != .ended else { return nil }
            return .init(
                id: id, dialect: dialect, revision: state.machine.phase == .open ? state.machine.revision : nil,
                client: state.machine.client, principal: principal, idleTime: idleTime)
        }
    }

    /// Says something to the client outside of any call. False when nothing carries it.
    func say(_ message: JSONRPCMessage) -> Bool {
        var isCarried = false
        act { state in
            let (carried, actions) = state.machine.say(message)
            isCarried = carried
            return actions
        }
        return isCarried
    }

    /// Tells the client of a change, if it wants to hear of it. False when it does not, or nothing carries it.
    func announce(_ change: ServerChange, _ message: JSONRPCMessage) -> Bool {
        guard state.withLock({ $0.machine.wantsToHear(of: change) }) else { return false }
        return say(message)
    }

    /// The handlers that run.
    var handlers: [Task<Void, Never>] { state.withLock { Array($0.handlers.values) } }

    /// Ends the session and gives the handlers that still run, all of them cancelled.
    @discardableResult
    func terminate() -> [Task<Void, Never>] {
        let handlers = state.withLock { Array($0.handlers.values) }
        act { $0.machine.terminate() }
        return handlers
    }

    /// Lets the machine do something and carries out what it says.
    func act(_ body: (inout State) -> [SessionAction]) {
        let (cancelled, isGone) = state.withLock { state in
            let actions = body(&state)
            state.lastUse = now()
            var cancelled: [Task<Void, Never>] = []
            for action in actions {
                if let handler = perform(action, &state) { cancelled.append(handler) }
            }
            let isGone = state.machine.phase == .ended && state.handlers.isEmpty && !state.isGone
            if isGone { state.isGone = true }
            return (cancelled, isGone)
        }
        for handler in cancelled { handler.cancel() }
        if isGone { onGone() }
    }

    /// Carries out one action. Gives the handler to cancel, if that is the action.
    private func perform(_ action: SessionAction, _ state: inout State) -> Task<Void, Never>? {
        switch action {
        case .answer(let id, let answer):
            state.exchanges.removeValue(forKey: id)?.respond(response(answer, state.machine.rules.dialect))
        case .openStream(let id, let opensSession):
            state.exchanges[id]?.openStream(fields: opensSession ? [sessionField] : [], carriesRequests: true)
        case .send(let id, let event):
            state.exchanges[id]?.send(event)
        case .finish(let id):
            state.exchanges.removeValue(forKey: id)?.finishStream()
        case .start(let call):
            state.handlers[call.token] = start(call, state.machine)
        case .cancel(let token):
            return state.handlers[token]
        case .resolve(let number, let result):
            state.waiting.removeValue(forKey: number)?.resume(with: result.mapError { $0 as any Error })
        }
        return nil
    }

    private var sessionField: HTTPRequest.Field { .init(name: "Mcp-Session-Id", value: id) }

    private func response(_ answer: SessionAnswer, _ dialect: HTTPDialect) -> HTTPResponse {
        switch answer {
        case .json(let value, let opensSession):
            .json(200, value, fields: opensSession ? [sessionField] : [])
        case .accepted:
            dialect == .httpSSE ? .text(202, "Accepted") : HTTPResponse(status: 202)
        case .rejected(let status, let error):
            .error(status, error)
        }
    }
}

extension OutboundEvent {
    /// The event as an event stream has it.
    func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity((data?.count ?? 0) + 64)
        let encoder = EventStreamEncoder()
        do {
            if let data {
                try encoder.encode(type: type, id: id, retry: retry, data: data.span.bytes, into: &bytes)
            } else {
                try encoder.encode(type: type, id: id, retry: retry, into: &bytes)
            }
        } catch {
            preconditionFailure("Types and ids of events are made here, and of one line: \(error)")
        }
        return bytes
    }
}
