import Synchronization

/// The number of a question to the client, which the asking task learns only after its cancellation handler may have run.
final class Question: Sendable {
    private enum State {
        case unasked
        case asked(Int)
        case cancelled
    }

    private let state = Mutex(State.unasked)

    /// The question was asked under `number`. False when it was cancelled before.
    func put(_ number: Int) -> Bool {
        state.withLock { state in
            if case .cancelled = state { return false }
            state = .asked(number)
            return true
        }
    }

    /// The question is cancelled. Its number, if it was asked.
    func cancel() -> Int? {
        state.withLock { state in
            defer { state = .cancelled }
            guard case .asked(let number) = state else { return nil }
            return number
        }
    }
}
