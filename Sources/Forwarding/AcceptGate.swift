import NIOCore
import NIOPosix
import Synchronization

/// Bounds how many client connections are open: at the limit nothing is accepted until one closes.
///
/// Where descriptors run out all the same, NIO's own back-off waits a second and accepts again.
final class AcceptGate: Sendable {
    private struct State {
        var open = 0
        var isWaiting = false
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
    }

    /// Two descriptors a connection, and some for everything else in the process.
    static func limitByDescriptors() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 400 }
        return max(1, (Int(clamping: limit.rlim_cur) - 64) / 2)
    }

    /// Starts to accept.
    func open(_ listener: any Channel) async throws {
        try await listener.setOption(.autoRead, value: true).get()
    }

    /// One more is open.
    func enter() { state.withLock { $0.open += 1 } }

    /// One is closed; true: the listener waits for it.
    func leave() -> Bool {
        state.withLock { state in
            state.open -= 1
            defer { state.isWaiting = false }
            return state.isWaiting
        }
    }

    /// May more be accepted? When not, `leave` will say so.
    func mayAccept() -> Bool {
        state.withLock { state in
            state.isWaiting = state.open >= limit
            return !state.isWaiting
        }
    }
}

/// The gate in the pipeline of the listening channel.
final class AcceptGateHandler: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = Never

    private let gate: AcceptGate

    init(gate: AcceptGate) {
        self.gate = gate
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let accepted = unwrapInboundIn(data)
        gate.enter()
        let listener = context.channel
        let gate = gate
        accepted.closeFuture.whenComplete { _ in
            if gate.leave() { listener.read() }
        }
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        if gate.mayAccept() { context.read() }
    }
}

/// The states of all event loops, known once the forwarder listens.
final class Loops: Sendable {
    private let states = Mutex<[NIOLoopBound<LoopState>]>([])

    func set(_ states: [NIOLoopBound<LoopState>]) { self.states.withLock { $0 = states } }

    /// The state of the loop that is running.
    func state(of eventLoop: any EventLoop) -> LoopState? {
        let bound = states.withLock { $0.first { $0.eventLoop === eventLoop } }
        return bound?.value
    }
}
