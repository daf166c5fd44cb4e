import Foundation
import Synchronization
import Traffic

/// The thread that turns what the tap saw into rows and commits them.
///
/// Commits within 50 ms of anything that comes, while the store takes what it is offered. A store that fails is
/// offered its rows again, in their order, and the queue is emptied meanwhile; what it does not take before its rows
/// fill the limit is given up, oldest first, and stands in the capture as one gap as soon as the store takes rows
/// again. A lossless queue is not emptied then: its traffic waits for the store.
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
        /// The file is not what was recorded into, so that nothing can be said of what is in it; `failure` says it.
        package var isFileLost = false

        /// The longest time from when something passed until it was committed.
        package var longestDelay = Duration.zero
        package var commits = CommitTimes()

        package init() {}

        package var isComplete: Bool { gaps == 0 && unsavedRows == 0 }
    }

    /// Called on the recorder's thread after each commit, with redacted rows and the names that sessions got.
    package typealias Observer = @Sendable (RowBatch, [Int64: String]) -> Void

    /// Enough for a forwarding thread to go first, not so much that a busy machine leaves the recorder behind.
    private static let niceness: Int32 = 5

    private let queue: TapQueue
    private let clock: RecordingClock
    private let finished = DispatchSemaphore(value: 0)
    private let summary = Mutex(Summary())

    /// Starts the thread; `sink` is used by it alone from then on. `unsavedLimit` bounds, in bytes, the rows that wait
    /// for a store that fails.
    package init(
        queue: TapQueue, recorder: TrafficRecorder, sink: sending any TrafficSink, clock: RecordingClock,
        unsavedLimit: Int = TapQueue.defaultLimit, observer: Observer?
    ) {
        self.queue = queue
        self.clock = clock
        let commits = Committing(
            sink: sink, unsavedLimit: unsavedLimit, givesUpExcess: !queue.isLossless, observer: observer)
        let loop = RecorderLoop(recorder: recorder, commits: commits)
        let thread = Thread { [self] in
            // The name that `top -H` shows; `Thread.name` stays within Foundation. (proc(5))
            try? Data("recorder".utf8).write(to: URL(filePath: "/proc/thread-self/comm"))
            // Traffic goes first: what the recorder does in one go must not hold up the threads that forward. For the
            // kernel 0 is the calling thread. (setpriority(2))
            _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness)
            loop.run(queue: queue, clock: clock)
            summary.withLock { $0 = loop.summary }
            finished.signal()
        }
        thread.stackSize = 1 << 20
        thread.start()
    }

    /// Takes in what is still queued, ends the recording and returns what it came to. Blocks meanwhile, a few seconds
    /// at most where the store is locked; call it once, and after the forwarder stopped.
    package func finish() -> Summary {
        queue.close()
        finished.wait()
        return summary.withLock { $0 }
    }
}
