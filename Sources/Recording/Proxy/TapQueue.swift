import Dispatch
import Forwarding
import NIOCore
import Synchronization

/// Stands between the forwarder's event loops and the recorder's thread, bounded in bytes as `TapBacklog` says.
///
/// Gives every read cycle its time under one lock, so times never decrease in the order of the queue. With
/// `isLossless` nothing is dropped and the traffic is held instead.
package final class TapQueue: ForwardingTap {
    package enum Entry: Sendable {
        case item(TapItem)
        /// Bytes that did not fit, where they would have stood. 0 stands for no exchange, or no connection that is
        /// known.
        case gap(connection: UInt32, exchange: UInt32, bytes: Int64)
    }

    /// What one call of `take` gives.
    package struct Batch: Sendable {
        package var entries: [Entry] = []
        /// How many entries came at a time, in their order.
        var runs: [(count: Int, at: Int64)] = []
        var bytes = 0

        /// Keeps its room.
        mutating func empty() {
            entries.removeAll(keepingCapacity: true)
            runs.removeAll(keepingCapacity: true)
            bytes = 0
        }
    }

    /// What the recorder's thread sleeps for.
    private enum Sleep { case none, untilAnything, untilFilling }

    private struct State {
        var backlog: TapBacklog
        var isHolding = false
        var sleep = Sleep.none
        var isClosed = false
        var resume: (@Sendable () -> Void)?

        /// Whether the thread is to be woken up; each sleep is ended by one signal at most.
        mutating func wakes() -> Bool {
            let wakes =
                switch sleep {
                case .none: false
                case .untilAnything: isClosed || !backlog.batch.entries.isEmpty
                case .untilFilling: isClosed || backlog.isFilling
                }
            if wakes { sleep = .none }
            return wakes
        }
    }

    package let isLossless: Bool
    private let clock: RecordingClock
    private let state: Mutex<State>
    private let wake = DispatchSemaphore(value: 0)

    package static let defaultLimit = 64 << 20

    package init(clock: RecordingClock, limit: Int = TapQueue.defaultLimit, isLossless: Bool = false) {
        self.clock = clock
        self.isLossless = isLossless
        state = Mutex(State(backlog: TapBacklog(limit: limit, isLossless: isLossless)))
    }

    package func attach(resume: @escaping @Sendable () -> Void) {
        state.withLock { $0.resume = resume }
    }

    package func record(_ items: inout [TapItem]) -> Bool {
        let (goesOn, wakes) = state.withLock { state in
            state.backlog.add(items, at: clock.now)
            if isLossless, state.backlog.isOverLimit { state.isHolding = true }
            return (!state.isHolding, state.wakes())
        }
        items.removeAll(keepingCapacity: true)
        if wakes { wake.signal() }
        return goesOn
    }

    /// Hands over what has come, and lets held traffic go on. Called by the recorder's thread alone.
    ///
    /// To be given back with `giveBack`, so that the next one has its room.
    package func take() -> Batch {
        let (batch, resume) = state.withLock { state -> (Batch, (@Sendable () -> Void)?) in
            defer { state.isHolding = false }
            return (state.backlog.take(), state.isHolding ? state.resume : nil)
        }
        resume?()
        return batch
    }

    /// Takes back what `take` gave, emptied, unless it had to be far larger than usual.
    func giveBack(_ batch: inout Batch) {
        batch.empty()
        guard batch.entries.capacity <= Self.spareEntries else { return }
        state.withLock { swap(&$0.backlog.spare, &batch) }
    }

    private static let spareEntries = 16_384

    /// Sleeps until something has come or the queue is closed. Returns whether there is or may come more.
    package func waitForMore() -> Bool {
        if startsSleep(.untilAnything) { wake.wait() }
        return mayGiveMore
    }

    /// Sleeps for the time in which further items are gathered, less where the queue fills or is closed.
    package func gather(milliseconds: Int) {
        guard startsSleep(.untilFilling) else { return }
        if wake.wait(timeout: .now() + .milliseconds(milliseconds)) == .success { return }
        let wasSignalled = state.withLock { state in
            defer { state.sleep = .none }
            return state.sleep == .none
        }
        // Signalled between the time-out and the lock: the signal must not be left for a later sleep.
        if wasSignalled { wake.wait() }
    }

    private func startsSleep(_ sleep: Sleep) -> Bool {
        state.withLock { state in
            state.sleep = sleep
            return !state.wakes()
        }
    }

    /// Whether anything is queued, or may come yet.
    package var mayGiveMore: Bool { state.withLock { !$0.isClosed || !$0.backlog.batch.entries.isEmpty } }

    /// Whether everything that came was taken.
    package var isEmpty: Bool { state.withLock { $0.backlog.batch.entries.isEmpty } }

    package var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Nothing comes any more.
    package func close() {
        let wakes = state.withLock { state in
            state.isClosed = true
            return state.wakes()
        }
        if wakes { wake.signal() }
    }
}
