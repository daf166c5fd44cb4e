import NIOCore
import NIOPosix

/// The side of a relay that a channel is.
enum Side { case client, upstream }

/// One channel of a relay: passes what happens on it to the relay, and knows how it may be closed.
final class Leg: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let side: Side
    private let relay: Relay
    private var context: ChannelHandlerContext?
    /// NIO asked to read while the relay did not want it.
    private var isReadDue = false
    /// The peer sent FIN.
    private(set) var isInputClosed = false
    /// We sent FIN, or will behind what is being written.
    private(set) var isOutputClosed = false
    /// The peer sent RST, or the socket failed.
    private var hasFailed = false
    private var isClosing = false
    /// We sent RST.
    private var wasReset = false

    init(side: Side, relay: Relay) {
        self.side = side
        self.relay = relay
    }

    // MARK: What the relay asks

    var isWritable: Bool { context?.channel.isWritable ?? false }
    var channel: (any Channel)? { context?.channel }

    func write(_ buffer: ByteBuffer) {
        guard !isOutputClosed else { return }
        context?.write(wrapOutboundOut(buffer), promise: nil)
    }

    func flush() { context?.flush() }

    /// Reads on when NIO wanted to.
    func resumeRead() {
        guard isReadDue, let context else { return }
        isReadDue = false
        context.read()
    }

    /// Sends FIN behind what was written; closes when the peer has sent its own.
    func closeOutput() {
        guard !isOutputClosed, let context else { return }
        isOutputClosed = true
        if isInputClosed { closeWhenWritten(context) } else { context.close(mode: .output, promise: nil) }
    }

    /// Closes without waiting for the peer's FIN, behind what was written.
    func close() {
        guard let context, !isClosing else { return }
        isOutputClosed = true
        closeWhenWritten(context)
    }

    /// Closes at once and drops what waits to be written; the peer sees an RST.
    func reset() {
        guard let context else { return }
        isClosing = true
        wasReset = true
        isOutputClosed = true
        if let options = context.channel as? any SocketOptionProvider {
            // On its own event loop the option is set before the call returns.
            _ = options.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        }
        context.close(mode: .all, promise: nil)
    }

    /// Closes at once; what waits to be written is dropped.
    func abandon() {
        guard let context else { return }
        isClosing = true
        isOutputClosed = true
        context.close(mode: .all, promise: nil)
    }

    private func closeWhenWritten(_ context: ChannelHandlerContext) {
        guard !isClosing else { return }
        isClosing = true
        // NIO drops pending writes of a full close, so it has to wait for them.
        let promise = context.eventLoop.makePromise(of: Void.self)
        let channel = context.channel
        promise.futureResult.whenComplete { _ in channel.close(mode: .all, promise: nil) }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: promise)
    }

    // MARK: What NIO tells

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { relay.legIsActive(self) }
    }

    func channelActive(context: ChannelHandlerContext) { relay.legIsActive(self) }

    func read(context: ChannelHandlerContext) {
        if relay.mayRead(side) { context.read() } else { isReadDue = true }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        relay.received(unwrapInboundIn(data), from: side)
    }

    func channelReadComplete(context: ChannelHandlerContext) { relay.readCycleEnded(side) }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { relay.resumeReads() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let event = event as? ChannelEvent, event == .inputClosed else { return }
        isInputClosed = true
        relay.inputClosed(side)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { hasFailed = true }

    func channelInactive(context: ChannelHandlerContext) {
        self.context = nil
        // NIO gives no error for a failed write, nor for an RST behind a FIN; it gives no event for the second FIN.
        let isFIN = isClosing || (!hasFailed && isOutputClosed && !isInputClosed)
        relay.legIsGone(self, isReset: wasReset || !isFIN)
    }
}
