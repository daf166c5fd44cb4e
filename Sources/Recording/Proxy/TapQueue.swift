import Dispatch
import Forwarding
import NIOCore
import Synchronization

/// Stands between the forwarder's event loops and the recorder's thread, bounded in bytes.
///
/// Gives every read cycle its time under one lock, so times never decrease in the order of the queue. When it is full,
/// content is dropped and counted in a gap that stands where the bytes are missing; of exchanges that begin then
/// nothing is kept. What tells the end of something is always kept: it costs little, and without it the recorder would
/// wait for ever. With `isLossless` nothing is dropped and the traffic is held instead.
package final class TapQueue: ForwardingTap {
    package enum Entry: Sendable {
        case item(TapItem)
        /// Bytes that did not fit, where they would have stood.
        case gap(connection: UInt32, exchange: UInt32, bytes: Int64)
    }

    /// What one call of `take` gives.
    package struct Batch: Sendable {
        package var entries: [Entry] = []
        /// How many entries came at a time, in their order.
        var runs: [(count: Int, at: Int64)] = []
        var bytes = 0
    }

    private struct GapKey: Hashable {
        let connection: UInt32
        let exchange: UInt32
    }

    private struct State: Sendable {
        var batch = Batch()
        /// Gaps of the batch by what they are about.
        var gaps: [GapKey: Int] = [:]
        /// Exchanges whose beginning was dropped.
        var lost: Set<UInt32> = []
        var isHolding = false
        var isSleeping = false
        var isClosed = false
        var resume: (@Sendable () -> Void)?
    }

    private let limit: Int
    private let isLossless: Bool
    private let clock: RecordingClock
    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)

    /// What an item costs beside its bytes.
    private static let itemCost = 160
    package static let defaultLimit = 64 << 20

    package init(clock: RecordingClock, limit: Int = TapQueue.defaultLimit, isLossless: Bool = false) {
        self.clock = clock
        self.limit = limit
        self.isLossless = isLossless
    }

    package func attach(resume: @escaping @Sendable () -> Void) {
        state.withLock { $0.resume = resume }
    }

    package func record(_ items: inout [TapItem]) -> Bool {
        let (goOn, isSleeping) = state.withLock { state in
            let at = clock.now
            let before = state.batch.entries.count
            for item in items { add(item, to: &state) }
            let count = state.batch.entries.count - before
            if count > 0 { state.batch.runs.append((count, at)) }
            if isLossless, state.batch.bytes > limit { state.isHolding = true }
            // A full quarter is worth waking up for before the recorder's own time comes.
            let wakes = state.isSleeping && (before == 0 || state.batch.bytes > limit / 4)
            if wakes { state.isSleeping = false }
            return (!state.isHolding, wakes)
        }
        items.removeAll(keepingCapacity: true)
        if isSleeping { wake.signal() }
        return goOn
    }

    private func add(_ item: TapItem, to state: inout State) {
        let isFull = !isLossless && state.batch.bytes > limit
        switch item.part {
        case .requestHead where isFull:
            state.lost.insert(item.exchange)
            return drop(item, exchange: 0, in: &state)
        case .exchangeEnded:
            if state.lost.remove(item.exchange) != nil { return }
        case _ where item.exchange != 0 && state.lost.contains(item.exchange):
            return drop(item, exchange: 0, in: &state)
        case .requestBody where isFull, .responseBody where isFull:
            return drop(item, exchange: item.exchange, in: &state)
        default: break
        }
        state.batch.bytes += Int(item.pinnedBytes) + Self.itemCost
        state.batch.entries.append(.item(item))
    }

    private func drop(_ item: TapItem, exchange: UInt32, in state: inout State) {
        let bytes = Int64(item.bytes?.readableBytes ?? 0)
        let key = GapKey(connection: item.connection, exchange: exchange)
        if let index = state.gaps[key], case .gap(_, _, let before) = state.batch.entries[index] {
            state.batch.entries[index] = .gap(connection: item.connection, exchange: exchange, bytes: before + bytes)
            return
        }
        state.gaps[key] = state.batch.entries.count
        state.batch.entries.append(.gap(connection: item.connection, exchange: exchange, bytes: bytes))
    }

    /// Hands over what has come. Called by the recorder's thread alone.
    package func take() -> Batch {
        let (batch, resume) = state.withLock { state -> (Batch, (@Sendable () -> Void)?) in
            let batch = state.batch
            state.batch = Batch()
            state.gaps.removeAll(keepingCapacity: true)
            defer { state.isHolding = false }
            return (batch, state.isHolding ? state.resume : nil)
        }
        resume?()
        return batch
    }

    /// Sleeps until something has come or the queue is closed. Returns whether more may come.
    package func waitForMore() -> Bool {
        let mustSleep = state.withLock { state -> Bool in
            guard state.batch.entries.isEmpty, !state.isClosed else { return false }
            state.isSleeping = true
            return true
        }
        if mustSleep { wake.wait() }
        return state.withLock { !$0.isClosed || !$0.batch.entries.isEmpty }
    }

    /// Sleeps for the time in which further items are gathered, less where the queue fills or is closed.
    package func gather(milliseconds: Int) {
        let mustSleep = state.withLock { state -> Bool in
            guard state.batch.bytes <= limit / 4, !state.isClosed else { return false }
            state.isSleeping = true
            return true
        }
        guard mustSleep else { return }
        if wake.wait(timeout: .now() + .milliseconds(milliseconds)) == .timedOut {
            let wasSignalled = state.withLock { state in
                defer { state.isSleeping = false }
                return !state.isSleeping
            }
            // Signalled between the time-out and the lock: the signal must not be left for later.
            if wasSignalled { wake.wait() }
        }
    }

    /// Whether anything is queued, or may come yet.
    package var mayGiveMore: Bool { state.withLock { !$0.isClosed || !$0.batch.entries.isEmpty } }

    /// Nothing comes any more.
    package func close() {
        let isSleeping = state.withLock { state in
            state.isClosed = true
            defer { state.isSleeping = false }
            return state.isSleeping
        }
        if isSleeping { wake.signal() }
    }
}
