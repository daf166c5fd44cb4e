import Forwarding
import Glibc
import Traffic

/// What the recorder's thread does: take, decode and fold, commit, until the queue is closed and empty.
///
/// Unchecked: it is made before its thread starts, used by that thread alone, and read again only after the thread
/// signalled its end.
final class RecorderLoop: @unchecked Sendable {
    private var recorder: TrafficRecorder
    private var commits: Committing
    private var decoding = TapDecoding()
    /// When the oldest of what is not committed yet passed.
    private var oldest: Int64?
    private var longestDelay: Int64 = 0

    /// Events taken in since the last commit, and when the first of them was.
    private var sinceCommit = 0
    private var firstTaken = ContinuousClock.now

    /// How long items are gathered before they are taken in together: while they are fresh in the processor's caches.
    private static let gatherMilliseconds = 5
    /// How long what was taken in waits for more to be committed with it.
    private static let commitInterval = Duration.milliseconds(20)
    /// Events after which a commit is due, so that no transaction takes long.
    private static let eventsPerCommit = 3000

    init(recorder: TrafficRecorder, commits: Committing) {
        self.recorder = recorder
        self.commits = commits
    }

    var summary: RecorderThread.Summary {
        var summary = commits.summary
        summary.longestDelay = .nanoseconds(longestDelay)
        return summary
    }

    func run(queue: TapQueue, clock: RecordingClock) {
        while queue.mayGiveMore {
            if commits.isIdle, sinceCommit == 0, !queue.waitForMore() { break }
            if queue.isLossless, commits.isFull, !queue.isClosed {
                usleep(UInt32(Self.gatherMilliseconds) * 1000)
                commit(clock)
            } else {
                queue.gather(milliseconds: max(Self.gatherMilliseconds, commits.pauseMilliseconds))
                var batch = queue.take()
                feed(batch, clock)
                queue.giveBack(&batch)
            }
        }
        // One time for both: deriving again takes the end from the recording's row.
        let ended = clock.now
        recorder.finish(at: ended)
        commits.finish(&recorder, at: ended)
    }

    private func feed(_ batch: TapQueue.Batch, _ clock: RecordingClock) {
        var index = 0
        for run in batch.runs {
            for place in index..<index + run.count { feed(batch.entries[place], at: run.at, clock) }
            index += run.count
        }
        if sinceCommit == 0 || isCommitDue { commit(clock) }
    }

    private var isCommitDue: Bool { ContinuousClock.now - firstTaken >= Self.commitInterval }

    private func commit(_ clock: RecordingClock) {
        sinceCommit = 0
        commits.commit(&recorder)
        guard commits.isIdle, let passed = oldest else { return }
        longestDelay = max(longestDelay, clock.now - passed)
        oldest = nil
    }

    private func feed(_ entry: TapQueue.Entry, at: Int64, _ clock: RecordingClock) {
        switch entry {
        case .item(let item): slice(item, at: at, clock)
        case .gap(let connection, let exchange, let bytes):
            recorder.feed(
                .gap(bytes: bytes, reason: "recorder could not keep up"), connection: connection, exchange: exchange,
                at: at, bytes: RawSpan())
            took(at: at, clock)
        }
    }

    /// Takes an item in by slices, so that whatever its content becomes is committed in time and not held in memory.
    private func slice(_ item: TapItem, at: Int64, _ clock: RecordingClock) {
        let slices = ContentSlices(of: item, isEncoded: recorder.isEncoded(item.exchange))
        guard slices.count > 1 else {
            decoding.feed(item, at: at, to: &recorder)
            return took(at: at, clock)
        }
        for slice in slices {
            decoding.feed(slice, at: at, to: &recorder)
            took(at: at, clock)
            if isCommitDue { commit(clock) }
        }
    }

    private func took(at: Int64, _ clock: RecordingClock) {
        if sinceCommit == 0 { firstTaken = .now }
        sinceCommit = max(sinceCommit + 1, recorder.pendingEvents)
        oldest = oldest ?? at
        if sinceCommit >= Self.eventsPerCommit { commit(clock) }
    }
}
