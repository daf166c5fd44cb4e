import Foundation
import Synchronization
import Traffic

/// The thread that turns what the tap saw into rows and commits them.
///
/// Commits at least every 50 ms while anything comes. A store that fails is offered its rows again, in their order;
/// what it does not take before they fill `TapQueue.defaultLimit` is dropped and stands in the capture as a gap, as
/// soon as the store takes rows again.
package final class RecorderThread: Sendable {
    /// What a recording came to.
    package struct Summary: Sendable, Hashable {
        package var exchanges = 0
        package var streamEvents = 0
        package var messages = 0
        package var sessions: Set<Int64> = []
        package var gaps = 0
        package var gapBytes: Int64 = 0
        /// Rows that the store did not take and that no gap in the capture stands for.
        package var unsavedRows = 0
        /// Why the store failed last, where rows were lost by it.
        package var failure: String?

        package init() {}

        package var isComplete: Bool { gaps == 0 && unsavedRows == 0 }
    }

    /// Called on the recorder's thread after each commit, with redacted rows and the names that sessions got.
    package typealias Observer = @Sendable (RowBatch, [Int64: String]) -> Void

    private let queue: TapQueue
    private let clock: RecordingClock
    private let finished = DispatchSemaphore(value: 0)
    private let summary = Mutex(Summary())

    /// Starts the thread; `sink` is used by it alone from then on.
    package init(
        queue: TapQueue, recorder: TrafficRecorder, sink: sending any TrafficSink, clock: RecordingClock,
        observer: Observer?
    ) {
        self.queue = queue
        self.clock = clock
        let loop = RecorderLoop(recorder: recorder, sink: sink, observer: observer)
        let thread = Thread { [self] in
            loop.run(queue: queue, clock: clock)
            summary.withLock { $0 = loop.summary }
            finished.signal()
        }
        thread.name = "recorder"
        thread.stackSize = 1 << 20
        thread.start()
    }

    /// Takes in what is still queued, ends the recording and returns what it came to. Blocks meanwhile; call it once,
    /// and after the forwarder stopped.
    package func finish() -> Summary {
        queue.close()
        finished.wait()
        return summary.withLock { $0 }
    }
}

/// The recorder's own state.
///
/// Unchecked: it is made before its thread starts, used by that thread alone, and read again only after the thread
/// signalled its end.
final class RecorderLoop: @unchecked Sendable {
    private var recorder: TrafficRecorder
    private let sink: any TrafficSink
    private let observer: RecorderThread.Observer?
    private var decoding = TapDecoding()
    private var unsaved = UnsavedBatches(limit: TapQueue.defaultLimit)
    private(set) var summary = RecorderThread.Summary()

    /// How long items are gathered before they are committed together.
    private static let gatherMilliseconds = 20
    /// Entries after which a commit is due, so that no transaction takes long.
    private static let entriesPerCommit = 1500

    init(recorder: TrafficRecorder, sink: any TrafficSink, observer: RecorderThread.Observer?) {
        self.recorder = recorder
        self.sink = sink
        self.observer = observer
    }

    func run(queue: TapQueue, clock: RecordingClock) {
        while true {
            if unsaved.isEmpty {
                guard queue.waitForMore() else { break }
            }
            queue.gather(milliseconds: Self.gatherMilliseconds)
            let batch = queue.take()
            feed(batch, clock: clock)
            if batch.entries.isEmpty, !queue.mayGiveMore { break }
        }
        finish(at: clock.now)
    }

    private func feed(_ batch: TapQueue.Batch, clock: RecordingClock) {
        var sinceCommit = 0
        var index = 0
        for run in batch.runs {
            for entry in batch.entries[index..<index + run.count] {
                take(entry, at: run.at)
                sinceCommit += 1
                guard sinceCommit >= Self.entriesPerCommit else { continue }
                commit()
                sinceCommit = 0
            }
            index += run.count
        }
        commit()
    }

    private func take(_ entry: TapQueue.Entry, at: Int64) {
        switch entry {
        case .item(let item): decoding.feed(item, at: at, to: &recorder)
        case .gap(let connection, let exchange, let bytes):
            recorder.feed(
                .gap(bytes: bytes, reason: "recorder could not keep up"), connection: connection, exchange: exchange,
                at: at, bytes: RawSpan())
        }
    }

    private func commit() {
        unsaved.append(recorder.drain())
        while let batch = unsaved.first {
            do {
                let names = try sink.commit(batch)
                unsaved.removeFirst()
                count(batch)
                observer?(batch, names)
            } catch {
                summary.failure = error.message
                break
            }
        }
        if let lost = unsaved.trim() {
            summary.unsavedRows += lost.rows
            let reason = "store failed: \(summary.failure ?? "unknown")"
            recorder.feed(
                .gap(bytes: lost.bytes, reason: reason), connection: 0, exchange: 0, at: 0, bytes: RawSpan())
        }
    }

    private func count(_ batch: RowBatch) {
        for exchange in batch.exchanges where exchange.endedBy != nil { summary.exchanges += 1 }
        summary.streamEvents += batch.streamEvents.count
        summary.messages += batch.messages.count
        summary.sessions.formUnion(batch.sessions.lazy.map(\.id))
        summary.gaps += batch.gaps.count
        summary.gapBytes += batch.gaps.reduce(0) { $0 + $1.bytes }
    }

    /// What fails here has no later chance.
    private func finish(at: Int64) {
        recorder.finish(at: at)
        commit()
        summary.unsavedRows += unsaved.rows
        do {
            try sink.close(endedNs: at)
        } catch {
            summary.failure = error.message
            summary.unsavedRows = max(summary.unsavedRows, 1)
        }
    }
}
