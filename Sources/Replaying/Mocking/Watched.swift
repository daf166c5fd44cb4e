import Synchronization

/// A value that tasks can wait on.
final class Watched<Value: Sendable>: Sendable {
    private struct Waiter: Sendable {
        let condition: @Sendable (Value) -> Bool
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State: Sendable {
        var value: Value
        var waiters: [Int: Waiter] = [:]
        /// Those that were cancelled before they had begun to wait.
        var withdrawn: Set<Int> = []
        var last = 0
    }

    private let state: Mutex<State>

    init(_ value: Value) {
        state = Mutex(State(value: value))
    }

    /// Reads or changes the value; whoever waited for what it is now goes on.
    @discardableResult
    func with<Result: Sendable>(_ body: @Sendable (inout Value) -> Result) -> Result {
        let (result, ready) = state.withLock { state in
            let result = body(&state.value)
            var ready: [CheckedContinuation<Bool, Never>] = []
            for (number, waiter) in state.waiters where waiter.condition(state.value) {
                state.waiters[number] = nil
                ready.append(waiter.continuation)
            }
            return (result, ready)
        }
        for continuation in ready { continuation.resume(returning: true) }
        return result
    }

    /// Waits until the condition holds, at most for so long; nil: for ever. False where it did not, or the task was
    /// cancelled.
    func wait(atMost patience: Duration?, until condition: @escaping @Sendable (Value) -> Bool) async -> Bool {
        let number = state.withLock { state in
            state.last += 1
            return state.last
        }
        let clock = patience.map { patience in
            Task {
                guard (try? await Task.sleep(for: patience)) != nil else { return }
                self.withdraw(number)
            }
        }
        defer { clock?.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let outcome: Bool? = state.withLock { state in
                    if condition(state.value) { return true }
                    if state.withdrawn.remove(number) != nil { return false }
                    state.waiters[number] = Waiter(condition: condition, continuation: continuation)
                    return nil
                }
                if let outcome { continuation.resume(returning: outcome) }
            }
        } onCancel: {
            withdraw(number)
        }
    }

    private func withdraw(_ number: Int) {
        let waiter = state.withLock { state in
            let waiter = state.waiters.removeValue(forKey: number)
            if waiter == nil { state.withdrawn.insert(number) }
            return waiter
        }
        waiter?.continuation.resume(returning: false)
    }
}
