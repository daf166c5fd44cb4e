import Synchronization

/// One request of a client between its sending and its answer. The first outcome counts; later ones are ignored.
final class PendingCall: Sendable {
    private struct State {
        var outcome: Result<JSONValue, any Error>?
        var continuation: CheckedContinuation<JSONValue, any Error>?
        /// When it has been silent for too long; nil when it may be silent for ever.
        var deadline: Duration?
        var sending: Task<Void, any Error>?
        var timer: Task<Void, Never>?
    }

    let id: Int64
    let method: String
    let onProgress: (@Sendable (ProgressUpdate) -> Void)?
    private let timeout: RequestTimeout
    private let start: Duration
    private let state: Mutex<State>

    init(
        id: Int64, method: String, timeout: RequestTimeout, start: Duration,
        onProgress: (@Sendable (ProgressUpdate) -> Void)?
    ) {
        self.id = id
        self.method = method
        self.timeout = timeout
        self.start = start
        self.onProgress = onProgress
        let deadlines = [timeout.limit, timeout.total].compactMap { $0 }.map { start + $0 }
        state = Mutex(State(deadline: deadlines.min()))
    }

    /// When it has been silent for too long.
    var deadline: Duration? { state.withLock { $0.deadline } }

    /// The task that gives the message to the transport.
    var sending: Task<Void, any Error>? { state.withLock { $0.sending } }

    /// The server said how far it is.
    func progressed(at now: Duration) {
        guard timeout.isResetByProgress, let limit = timeout.limit else { return }
        state.withLock { $0.deadline = min(now + limit, timeout.total.map { start + $0 } ?? now + limit) }
    }

    /// Keeps the task that gives the message to the transport.
    func began(sending: Task<Void, any Error>) {
        state.withLock { $0.sending = sending }
    }

    /// Keeps the task that waits for the deadline; it ends with the call.
    func timed(by timer: Task<Void, Never>) {
        let isOver = state.withLock { state in
            state.timer = timer
            return state.outcome != nil
        }
        if isOver { timer.cancel() }
    }

    /// Ends the call.
    func resolve(_ outcome: Result<JSONValue, any Error>) {
        let (continuation, timer) = state.withLock { state in
            guard state.outcome == nil else {
                return (nil as CheckedContinuation<JSONValue, any Error>?, nil as Task<Void, Never>?)
            }
            state.outcome = outcome
            defer { state.continuation = nil }
            return (state.continuation, state.timer)
        }
        timer?.cancel()
        continuation?.resume(with: outcome)
    }

    /// The outcome, as soon as there is one. Awaited once.
    var value: JSONValue {
        get async throws {
            try await withCheckedThrowingContinuation { continuation in
                let outcome = state.withLock { state in
                    if state.outcome == nil { state.continuation = continuation }
                    return state.outcome
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        }
    }
}
