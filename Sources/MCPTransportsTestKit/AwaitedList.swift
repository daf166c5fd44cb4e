import NIOCore
import NIOPosix
import Synchronization

/// A list that grows, each element of which can be awaited up to a deadline, before or after it is there.
///
/// Waiting is a suspended task and a timer of an event loop, so that neither a thread nor a polling loop is held up.
final class AwaitedList<Element: Sendable>: Sendable {
    private struct Waiter {
        let index: Int
        let continuation: CheckedContinuation<Element?, Never>
        var timer: Scheduled<Void>?
    }

    private struct State {
        var elements: [Element] = []
        var waiters: [Int: Waiter] = [:]
        var lastWaiter = 0
    }

    private let state = Mutex(State())

    /// What is there so far.
    var elements: [Element] { state.withLock { $0.elements } }

    /// Adds an element and wakes who waits for it.
    func append(_ element: Element) {
        let woken = state.withLock { state in
            let index = state.elements.count
            state.elements.append(element)
            let numbers = state.waiters.filter { $0.value.index == index }.keys
            return numbers.compactMap { state.waiters.removeValue(forKey: $0) }
        }
        for waiter in woken {
            waiter.timer?.cancel()
            waiter.continuation.resume(returning: element)
        }
    }

    /// Adds an element if the list is empty. Tells whether it was.
    @discardableResult
    func setFirst(_ element: Element) -> Bool {
        guard elements.isEmpty else { return false }
        append(element)
        return true
    }

    /// The element at `index` as soon as it is there; nil when that takes longer than `limit`, or the task is cancelled.
    func element(at index: Int, within limit: Duration) async -> Element? {
        let number = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let found = state.withLock { state -> Element?? in
                    if index < state.elements.count { return .some(state.elements[index]) }
                    if Task.isCancelled { return .some(nil) }
                    state.waiters[number] = Waiter(index: index, continuation: continuation)
                    return nil
                }
                if let found { return continuation.resume(returning: found) }
                arm(number, limit)
            }
        } onCancel: {
            giveUp(number)
        }
    }

    private func arm(_ number: Int, _ limit: Duration) {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let timer = loop.scheduleTask(in: TimeAmount(limit)) { self.giveUp(number) }
        let isWaiting = state.withLock { state in
            state.waiters[number]?.timer = timer
            return state.waiters[number] != nil
        }
        if !isWaiting { timer.cancel() }
    }

    private func giveUp(_ number: Int) {
        let waiter = state.withLock { $0.waiters.removeValue(forKey: number) }
        waiter?.timer?.cancel()
        waiter?.continuation.resume(returning: nil)
    }
}
