import Synchronization
import Traffic

/// A store that fails as told and keeps what it took.
final class ScriptedSink: TrafficSink, Sendable {
    struct State {
        var batches: [RowBatch] = []
        var attempts = 0
        var isClosed = false
        var failure: @Sendable (_ attempt: Int) -> StoreFailure?
    }

    let state: Mutex<State>

    /// `failure` says what an attempt, counted from 0, fails with.
    init(failing failure: @escaping @Sendable (_ attempt: Int) -> StoreFailure? = { _ in nil }) {
        state = Mutex(State(failure: failure))
    }

    func commit(_ batch: RowBatch) throws(StoreFailure) -> [Int64: String] {
        let failure = state.withLock { state -> StoreFailure? in
            defer { state.attempts += 1 }
            if let failure = state.failure(state.attempts) { return failure }
            state.batches.append(batch)
            return nil
        }
        if let failure { throw failure }
        return [:]
    }

    func close(endedNs: Int64) throws(StoreFailure) { state.withLock { $0.isClosed = true } }

    var batches: [RowBatch] { state.withLock { $0.batches } }
    var attempts: Int { state.withLock { $0.attempts } }
    var isClosed: Bool { state.withLock { $0.isClosed } }
    var exchanges: [ExchangeRow] { batches.flatMap(\.exchanges) }
    var gaps: [GapRow] { batches.flatMap(\.gaps) }

    func fail(with failure: @escaping @Sendable (_ attempt: Int) -> StoreFailure?) {
        state.withLock { $0.failure = failure }
    }
}
