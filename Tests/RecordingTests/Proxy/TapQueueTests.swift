import Forwarding
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Recording

@Suite(.timeLimit(.minutes(2)))
struct TapQueueTests {
    private static let clock = RecordingClock()

    @Test func `times never decrease, whichever event loop an item came from`() async {
        let queue = TapQueue(clock: Self.clock)
        await withTaskGroup(of: Void.self) { group in
            for loop in 1...4 as ClosedRange<UInt32> {
                group.addTask { for _ in 0..<500 { _ = queue.add(.request(loop, loop), .ended(loop, loop)) } }
            }
        }
        let batch = queue.take()
        #expect(batch.entries.count == 4000)
        #expect(batch.runs.reduce(0) { $0 + $1.count } == 4000)
        #expect(zip(batch.runs, batch.runs.dropFirst()).allSatisfy { $0.at <= $1.at })
    }

    @Test func `traffic goes on when it is full`() {
        let queue = TapQueue(clock: Self.clock, limit: 1000)
        #expect(queue.add(.item(.responseBody, 1, 1, "x", pinned: 5000)))
        #expect(queue.add(.item(.responseBody, 1, 1, "yz")))
        #expect(queue.take().lines == ["responseBody 1 1", "gap 1 1: 2"])
    }

    @Test func `a lossless one holds the traffic, and lets it go on once it was taken`() {
        let queue = TapQueue(clock: Self.clock, limit: 1000, isLossless: true)
        let resumed = Mutex(0)
        queue.attach { resumed.withLock { $0 += 1 } }
        #expect(queue.add(.item(.responseBody, 1, 1, "x", pinned: 500)))
        #expect(!queue.add(.item(.responseBody, 1, 1, "x", pinned: 500)))
        #expect(!queue.add(.closed(2)))
        #expect(queue.take().entries.count == 3)
        #expect(resumed.withLock { $0 } == 1)
        #expect(queue.add(.closed(3)))
        _ = queue.take()
        #expect(resumed.withLock { $0 } == 1)
    }

    @Test func `the one that sleeps is woken up by the first item, and by the end`() async {
        let queue = TapQueue(clock: Self.clock)
        let taken = Mutex<[String]>([])
        let thread = RunningThread {
            while queue.waitForMore() { taken.withLock { $0 += queue.take().lines } }
        }
        _ = queue.add(.closed(1))
        await eventually { taken.withLock { $0 } == ["closed 1 0"] }
        queue.close()
        await thread.join()
        #expect(queue.isClosed && !queue.mayGiveMore)
    }

    @Test func `gathering ends before its time when the queue fills or is closed`() async {
        let queue = TapQueue(clock: Self.clock, limit: 4000)
        let gathered = Mutex(0)
        let thread = RunningThread {
            for _ in 0..<2 {
                queue.gather(milliseconds: 1_000_000)
                gathered.withLock { $0 += 1 }
                _ = queue.take()
            }
        }
        _ = queue.add(.closed(1))
        _ = queue.add(.item(.responseBody, 1, 1, "x", pinned: 2000))
        await eventually { gathered.withLock { $0 } == 1 }
        queue.close()
        await thread.join()
        #expect(gathered.withLock { $0 } == 2)
    }

    /// Time-outs, signals and the end race with each other: nothing is left behind, and nobody sleeps for ever.
    @Test(arguments: 0..<20) func `everything that was given is taken before the end`(seed: Int) async {
        let queue = TapQueue(clock: Self.clock, limit: 8000, isLossless: true)
        let taken = Mutex(0)
        let thread = RunningThread {
            var random = SeededGenerator(seed)
            while queue.waitForMore() {
                queue.gather(milliseconds: random.below(2))
                let count = queue.take().entries.count
                taken.withLock { $0 += count }
            }
        }
        await withTaskGroup(of: Void.self) { group in
            for loop in 1...3 as ClosedRange<UInt32> {
                group.addTask {
                    var random = SeededGenerator(seed * 10 + Int(loop))
                    for _ in 0..<300 {
                        _ = queue.add(.item(.responseBody, loop, loop, "x", pinned: UInt32(random.below(3000))))
                        if random.chance(10) { await Task.yield() }
                    }
                }
            }
        }
        queue.close()
        await thread.join()
        #expect(taken.withLock { $0 } == 900)
    }
}

/// A thread of a test's own.
final class RunningThread: Sendable {
    private let (ended, source) = AsyncStream.makeStream(of: Void.self)

    init(_ body: @escaping @Sendable () -> Void) {
        Thread.detachNewThread { [source] in
            body()
            source.finish()
        }
    }

    func join() async { for await _ in ended {} }
}

/// Waits for the condition; fails the test when it does not hold in twenty seconds.
func eventually(sourceLocation: SourceLocation = #_sourceLocation, _ condition: @Sendable () -> Bool) async {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
        if condition() { return }
        try? await Task.sleep(for: .milliseconds(2))
    }
    Issue.record("what was awaited did not come", sourceLocation: sourceLocation)
}
