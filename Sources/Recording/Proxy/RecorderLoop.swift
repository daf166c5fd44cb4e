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

    /// How long items are gathered before they are committed together.
    private static let gatherMilliseconds = 20
    /// Entries after which a commit is due, so that no transaction takes long.
    private static let entriesPerCommit = 3000

    init(recorder: TrafficRecorder, commits: Committing) {
        self.recorder = recorder
        self.commits = commits
    }

    var summary: RecorderThread.Summary { commits.summary }

    func run(queue: TapQueue, clock: RecordingClock) {
        while queue.mayGiveMore {
            if commits.isIdle, !queue.waitForMore() { break }
            if queue.isLossless, commits.isFull, !queue.isClosed {
                usleep(UInt32(Self.gatherMilliseconds) * 1000)
                commits.commit(&recorder)
            } else {
                queue.gather(milliseconds: max(Self.gatherMilliseconds, commits.pauseMilliseconds))
                feed(queue.take())
            }
        }
        // One time for both: deriving again takes the end from the recording's row.
        let ended = clock.now
        recorder.finish(at: ended)
        commits.finish(&recorder, at: ended)
    }

    private func feed(_ batch: TapQueue.Batch) {
        var sinceCommit = 0
        var index = 0
        for run in batch.runs {
            for entry in batch.entries[index..<index + run.count] {
                feed(entry, at: run.at)
                sinceCommit += 1
                guard sinceCommit >= Self.entriesPerCommit else { continue }
                commits.commit(&recorder)
                sinceCommit = 0
            }
            index += run.count
        }
        commits.commit(&recorder)
    }

    private func feed(_ entry: TapQueue.Entry, at: Int64) {
        switch entry {
        case .item(let item): decoding.feed(item, at: at, to: &recorder)
        case .gap(let connection, let exchange, let bytes):
            recorder.feed(
                .gap(bytes: bytes, reason: "recorder could not keep up"), connection: connection, exchange: exchange,
                at: at, bytes: RawSpan())
        }
    }
}
