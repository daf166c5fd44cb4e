import NIOCore
import Synchronization

/// The one timer of an event loop, which all its connections share. It runs only while a connection waits for something.
///
/// A timer for each connection would cost each an object or two and the loop a heap of thousands.
final class LoopClock {
    private let eventLoop: any EventLoop
    private let tick: TimeAmount
    private var wheel = DeadlineWheel<ConnectionHandler>()
    private var ticking: RepeatedTask?

    init(eventLoop: any EventLoop, tick: TimeAmount) {
        self.eventLoop = eventLoop
        self.tick = tick
    }

    /// Sets the only deadline of a connection: it comes as late as a tick after the time, never before it.
    func wake(_ handler: ConnectionHandler, after delay: TimeAmount) {
        eventLoop.preconditionInEventLoop()
        wheel.set(handler, after: Int((delay.nanoseconds + tick.nanoseconds - 1) / tick.nanoseconds) + 1)
        guard ticking == nil else { return }
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        ticking = eventLoop.scheduleRepeatedTask(initialDelay: tick, delay: tick) { _ in bound.value.advance() }
    }

    /// Takes the deadline of a connection back.
    func forget(_ handler: ConnectionHandler) {
        wheel.remove(handler)
    }

    private func advance() {
        for handler in wheel.advance() { handler.deadlineCame() }
        guard wheel.isEmpty else { return }
        ticking?.cancel()
        ticking = nil
    }
}

/// The clocks of the event loops.
final class LoopClocks: Sendable {
    private let tick: TimeAmount
    private let clocks = Mutex<[ObjectIdentifier: NIOLoopBound<LoopClock>]>([:])

    /// - Parameter shortest: The shortest time that anything waits; a quarter of it is the tick, within bounds.
    init(shortest: TimeAmount) {
        tick = .nanoseconds(min(max(shortest.nanoseconds / 4, 1_000_000), 250_000_000))
    }

    /// The clock of a loop, on that loop.
    func clock(of eventLoop: any EventLoop) -> LoopClock {
        clocks.withLock { clocks in
            let key = ObjectIdentifier(eventLoop)
            if let clock = clocks[key] { return clock }
            let clock = NIOLoopBound(LoopClock(eventLoop: eventLoop, tick: tick), eventLoop: eventLoop)
            clocks[key] = clock
            return clock
        }.value
    }
}
