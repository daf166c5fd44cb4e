import Forwarding
import NIOCore
import Synchronization
import Testing
import Traffic

@testable import Recording

/// The thread with a store that fails as told.
@Suite(.timeLimit(.minutes(2)))
struct RecorderThreadTests {
    private static let locked = StoreFailure(.locked, "locked")
    private static let clock = RecordingClock()

    private static func thread(
        _ sink: ScriptedSink, _ queue: TapQueue, unsavedLimit: Int = TapQueue.defaultLimit,
        observer: RecorderThread.Observer? = nil
    ) -> RecorderThread {
        RecorderThread(
            queue: queue, recorder: TrafficRecorder(recordingID: 1, name: nil, redactor: nil), sink: sink, clock: clock,
            unsavedLimit: unsavedLimit, observer: observer)
    }

    /// Ids of the exchanges that ended, as the store was given them.
    private static func ended(_ sink: ScriptedSink) -> [Int64] {
        sink.exchanges.filter { $0.endedBy != nil }.map { $0.id & 0xFFFF_FFFF }
    }

    @Test func `what came is committed, shown and counted`() {
        let sink = ScriptedSink()
        let queue = TapQueue(clock: Self.clock)
        let shown = Mutex(0)
        let thread = Self.thread(sink, queue) { batch, _ in shown.withLock { $0 += batch.exchanges.count } }
        queue.add([.opened(1)] + TapItem.exchange(1, 1) + TapItem.exchange(1, 2) + [.closed(1)])
        let summary = thread.finish()
        #expect(summary.exchanges == 2 && summary.isComplete && summary.failure == nil)
        #expect(Self.ended(sink) == [1, 2] && sink.isClosed)
        #expect(shown.withLock { $0 } == sink.exchanges.count)
    }

    @Test func `what comes is committed while the recording runs`() async {
        let sink = ScriptedSink()
        let queue = TapQueue(clock: Self.clock)
        let thread = Self.thread(sink, queue)
        queue.add([.opened(1)] + TapItem.exchange(1, 1))
        await eventually { Self.ended(sink) == [1] }
        queue.add(TapItem.exchange(1, 2))
        await eventually { Self.ended(sink) == [1, 2] }
        #expect(thread.finish().exchanges == 2)
    }

    @Test(arguments: [StoreFailure.Code.locked, .io, .full])
    func `a store that fails some times is given every row in order`(code: StoreFailure.Code) async {
        let sink = ScriptedSink { $0 < 4 ? StoreFailure(code, "no") : nil }
        let queue = TapQueue(clock: Self.clock)
        let thread = Self.thread(sink, queue)
        for exchange in 1...20 as ClosedRange<UInt32> {
            queue.add(TapItem.exchange(1, exchange))
            if exchange % 5 == 0 { await eventually { sink.attempts >= min(4, Int(exchange) / 5) } }
        }
        await eventually { Self.ended(sink).count == 20 }
        let summary = thread.finish()
        #expect(Self.ended(sink) == Array(1...20))
        #expect(summary.isComplete && summary.exchanges == 20)
        #expect(sink.gaps.isEmpty)
    }

    @Test func `rows beyond the bound are one gap as soon as the store takes rows again`() async {
        let sink = ScriptedSink { _ in StoreFailure(.full, "no space") }
        let queue = TapQueue(clock: Self.clock)
        let thread = Self.thread(sink, queue, unsavedLimit: 20_000)
        for exchange in 1...200 as ClosedRange<UInt32> {
            let before = sink.attempts
            queue.add(TapItem.exchange(1, exchange))
            if exchange % 20 == 0 { await eventually { sink.attempts > before } }
        }
        await eventually { queue.isEmpty }
        sink.fail { _ in nil }
        await eventually { !sink.gaps.isEmpty }
        queue.add(TapItem.exchange(1, 201))
        let summary = thread.finish()
        #expect(sink.gaps.map(\.reason) == ["store failed: no space"])
        #expect(summary.gaps == 1 && summary.gapBytes == sink.gaps.first?.bytes && summary.unsavedRows == 0)
        #expect(!summary.isComplete)
        let ended = Self.ended(sink)
        #expect(ended.last == 201 && ended == ended.sorted() && ended.count < 201)
    }

    @Test(arguments: [StoreFailure.Code.io, .query])
    func `a store that fails for ever does not keep the recording from ending`(code: StoreFailure.Code) {
        let sink = ScriptedSink { _ in StoreFailure(code, "broken") }
        let queue = TapQueue(clock: Self.clock)
        let thread = Self.thread(sink, queue)
        queue.add([.opened(1)] + TapItem.exchange(1, 1))
        let summary = thread.finish()
        #expect(!summary.isComplete && summary.unsavedRows > 1 && summary.exchanges == 0)
        #expect(summary.failure == "broken")
        #expect(sink.isClosed)
    }

    @Test func `a store that is locked at the end is waited for`() {
        let sink = ScriptedSink { $0 < 5 ? Self.locked : nil }
        let queue = TapQueue(clock: Self.clock)
        queue.add(TapItem.exchange(1, 1))
        let summary = Self.thread(sink, queue).finish()
        #expect(summary.isComplete && summary.exchanges == 1)
    }

    @Test func `rows that the store rejects do not keep back those behind them`() {
        let sink = ScriptedSink { $0 == 0 ? StoreFailure(.query, "constraint") : nil }
        let queue = TapQueue(clock: Self.clock)
        let thread = Self.thread(sink, queue)
        queue.add(TapItem.exchange(1, 1))
        let summary = thread.finish()
        #expect(summary.gaps == 1 && summary.unsavedRows == 0 && !summary.isComplete)
        #expect(sink.gaps.map(\.reason) == ["store failed: constraint"])
    }

    @Test func `the queue is emptied while the store fails`() async {
        let sink = ScriptedSink { _ in Self.locked }
        let queue = TapQueue(clock: Self.clock, limit: 100_000)
        let thread = Self.thread(sink, queue)
        for exchange in 1...2000 as ClosedRange<UInt32> {
            queue.add(TapItem.exchange(1, exchange))
            if exchange % 50 == 0 { await eventually { queue.isEmpty } }
        }
        sink.fail { _ in nil }
        let summary = thread.finish()
        #expect(summary.isComplete && Self.ended(sink) == Array(1...2000))
    }

    @Test func `lossless traffic waits for a store that fails, and nothing is given up`() async {
        let sink = ScriptedSink { _ in Self.locked }
        let queue = TapQueue(clock: Self.clock, limit: 20_000, isLossless: true)
        let mayGo = Mutex(true)
        queue.attach { mayGo.withLock { $0 = true } }
        let thread = Self.thread(sink, queue, unsavedLimit: 20_000)
        let sent = Mutex<UInt32>(0)
        let source = Task {
            for exchange in 1...500 as ClosedRange<UInt32> {
                while !mayGo.withLock({ $0 }) { try? await Task.sleep(for: .milliseconds(1)) }
                mayGo.withLock { $0 = false }
                if queue.add(TapItem.exchange(1, exchange)) { mayGo.withLock { $0 = true } }
                sent.withLock { $0 = exchange }
            }
        }
        await eventually { sink.attempts > 3 && !mayGo.withLock { $0 } }
        #expect(sent.withLock { $0 } < 500)
        sink.fail { _ in nil }
        await source.value
        let summary = thread.finish()
        #expect(summary.isComplete && Self.ended(sink) == Array(1...500))
    }

    @Test func `what did not fit into the queue is a gap in the capture and in the summary`() {
        let sink = ScriptedSink()
        let queue = TapQueue(clock: Self.clock, limit: 1000)
        queue.add([.opened(1), .item(.requestHead, 1, 1, "GET / HTTP/1.1\r\n\r\n", pinned: 5000)])
        queue.add([.item(.responseBody, 1, 1, "1234"), .ended(1, 1)])
        let summary = Self.thread(sink, queue).finish()
        #expect(summary.gaps == 1 && summary.gapBytes == 4 && !summary.isComplete)
        #expect(sink.gaps.map(\.exchangeID) == [1 << 32 | 1])
        #expect(sink.gaps.map(\.reason) == ["recorder could not keep up"])
    }
}

/// Little that becomes a lot of rows.
@Suite(.timeLimit(.minutes(2)))
struct RecorderLoopTests {
    private static let event = "data: 1\n\n"
    private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"

    /// How many events each commit had, of one item of so many.
    private static func commits(of events: Int, isEncoded: Bool) -> [Int] {
        let sink = ScriptedSink()
        let clock = RecordingClock()
        let queue = TapQueue(clock: clock)
        let thread = RecorderThread(
            queue: queue,
            recorder: TrafficRecorder(recordingID: 1, name: nil, redactor: nil, inflater: ZlibInflater.self),
            sink: sink, clock: clock, observer: nil)
        let text = Array(String(repeating: event, count: events).utf8)
        let content = isEncoded ? Deflating.whole(text, .gzip) : text
        queue.add([
            .request(1, 1), .item(.responseHead, 1, 1, head + (isEncoded ? "Content-Encoding: gzip\r\n\r\n" : "\r\n")),
            TapItem(connection: 1, exchange: 1, part: .responseBody, bytes: ByteBuffer(bytes: content)), .ended(1, 1),
        ])
        #expect(thread.finish().streamEvents == events)
        return sink.batches.map(\.streamEvents.count)
    }

    @Test(arguments: [false, true])
    func `one item that is many events is committed piece by piece`(_ isEncoded: Bool) {
        let commits = Self.commits(of: 40_000, isEncoded: isEncoded)
        #expect(commits.reduce(0, +) == 40_000)
        // 3,000 and what one slice more can be: 16 KiB, or 256 bytes that deflate to 1,032 times as many.
        #expect((commits.max() ?? .max) < 3000 + 256 * 1032 / Self.event.utf8.count)
        #expect(commits.count >= 2)
    }
}
