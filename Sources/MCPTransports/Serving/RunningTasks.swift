import Synchronization

/// Tasks that must have ended before their server has.
final class RunningTasks: Sendable {
    private struct State {
        var tasks: [Int: Task<Void, Never>] = [:]
        var last = 0
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Those that run.
    var all: [Task<Void, Never>] { state.withLock { Array($0.tasks.values) } }

    /// Runs something. False when no more is begun.
    func run(_ body: @escaping @Sendable () async -> Void) -> Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            state.last += 1
            let number = state.last
            state.tasks[number] = Task {
                await body()
                self.state.withLock { $0.tasks[number] = nil }
            }
            return true
        }
    }

    /// Cancels all and begins no more; returns when they have ended.
    func close() async {
        let tasks = state.withLock { state in
            state.isClosed = true
            return Array(state.tasks.values)
        }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }
}
