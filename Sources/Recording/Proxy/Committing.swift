import Glibc
import Traffic

/// Puts the recorder's rows into the store in their order, and keeps what it does not take.
///
/// After a failure the next attempt waits as long as the failed one took, and 50 ms at least; a store that others kept
/// locked is tried again as soon as the queue has been emptied. Rows that the store rejects, as opposed to those that it
/// cannot take now, are given up at once, because those behind them would wait for ever.
struct Committing {
    private enum Outcome { case taken, rejected, failed }

    private let sink: any TrafficSink
    private let observer: RecorderThread.Observer?
    private let givesUpExcess: Bool
    private var unsaved: UnsavedBatches
    /// Given up, and not told in a gap yet.
    private var lost = UnsavedBatches.Lost()
    /// Not tried again before; nil while the store takes what it is offered.
    private var retryAt: ContinuousClock.Instant?
    private var isLocked = false
    private(set) var summary = RecorderThread.Summary()

    private static let shortestPause = Duration.milliseconds(50)
    private static let longestPause = Duration.seconds(1)
    /// Whoever writes into the same file is done soon; the queue is emptied meanwhile.
    private static let lockedPause = Duration.milliseconds(10)
    /// Rows that waited are written for so long at a time before the queue has its turn.
    private static let longestTurn = Duration.milliseconds(200)
    /// How long a locked store is waited for at the end.
    private static let lastPatience = Duration.seconds(3)

    /// Without `givesUpExcess` nothing is given up for the limit: the caller then feeds no more while `isFull`.
    init(sink: any TrafficSink, unsavedLimit: Int, givesUpExcess: Bool, observer: RecorderThread.Observer?) {
        self.sink = sink
        self.observer = observer
        self.givesUpExcess = givesUpExcess
        unsaved = UnsavedBatches(limit: unsavedLimit)
    }

    /// Nothing is left to be done before more comes.
    var isIdle: Bool { unsaved.isEmpty && lost.isEmpty }
    var isFull: Bool { unsaved.isOverLimit }

    /// How long there is nothing to attempt, in milliseconds.
    var pauseMilliseconds: Int {
        guard let retryAt else { return 0 }
        let left = retryAt - ContinuousClock.now
        return left > .zero ? Int(left / .milliseconds(1)) + 1 : 0
    }

    /// Offers the store what the recorder has for it, unless it failed just now.
    mutating func commit(_ recorder: inout TrafficRecorder) {
        unsaved.append(recorder.drain())
        if pauseMilliseconds == 0 {
            if unsaved.isEmpty, !lost.isEmpty { tellLoss(&recorder) }
            let deadline = ContinuousClock.now + Self.longestTurn
            repeat {
                guard offerFirst(&recorder) != .failed else { break }
            } while !unsaved.isEmpty && ContinuousClock.now < deadline
        }
        if givesUpExcess { lost.add(unsaved.trim()) }
    }

    /// Offers all that is left, waits a little for a locked store, and closes it. What fails here has no later chance.
    mutating func finish(_ recorder: inout TrafficRecorder, at: Int64) {
        unsaved.append(recorder.drain())
        let deadline = ContinuousClock.now + Self.lastPatience
        while !unsaved.isEmpty, offerFirst(&recorder) != .failed || waitsForLock(until: deadline) {}
        if unsaved.isEmpty, !lost.isEmpty {
            let untold = lost
            tellLoss(&recorder)
            if offerFirst(&recorder) != .taken { lost.add(untold) }
        }
        summary.unsavedRows = unsaved.rows + lost.rows
        do {
            try sink.close(endedNs: at)
        } catch {
            summary.failure = error.message
            summary.isFileLost = [.missing, .corrupt, .notACapture].contains(error.code)
            summary.unsavedRows = max(summary.unsavedRows, 1)
        }
    }

    private func waitsForLock(until deadline: ContinuousClock.Instant) -> Bool {
        guard isLocked, ContinuousClock.now < deadline else { return false }
        usleep(50_000)
        return true
    }

    private mutating func offerFirst(_ recorder: inout TrafficRecorder) -> Outcome {
        guard let batch = unsaved.first else { return .taken }
        let began = ContinuousClock.now
        do {
            let names = try sink.commit(batch)
            unsaved.removeFirst()
            retryAt = nil
            count(batch)
            summary.commits = sink.commitTimes
            observer?(batch, names)
            if !lost.isEmpty { tellLoss(&recorder) }
            return .taken
        } catch {
            summary.failure = error.message
            isLocked = error.code == .locked
            guard error.code != .query else {
                lost.add(unsaved.loseFirst())
                return .rejected
            }
            let ended = ContinuousClock.now
            let pause = isLocked ? Self.lockedPause : max(ended - began, Self.shortestPause)
            retryAt = ended + min(pause, Self.longestPause)
            return .failed
        }
    }

    /// Puts a gap for what was given up behind what waits.
    private mutating func tellLoss(_ recorder: inout TrafficRecorder) {
        let reason = "store failed: \(summary.failure ?? "unknown")"
        recorder.feed(.gap(bytes: lost.bytes, reason: reason), connection: 0, exchange: 0, at: 0, bytes: RawSpan())
        lost = UnsavedBatches.Lost()
        unsaved.append(recorder.drain())
    }

    private mutating func count(_ batch: RowBatch) {
        for index in batch.exchanges.indices where batch.exchanges[index].endedBy != nil { summary.exchanges += 1 }
        summary.streamEvents += batch.streamEvents.count
        summary.messages += batch.messages.count
        summary.sessions.formUnion(batch.sessions.lazy.map(\.id))
        summary.gaps += batch.gaps.count
        summary.gapBytes += batch.gaps.reduce(0) { $0 + $1.bytes }
    }
}
