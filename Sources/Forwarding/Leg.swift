import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS

/// The side of a relay that a channel is.
enum Side { case client, upstream }

/// One channel of a relay: passes what happens on it to the relay, and knows how it may be closed.
///
/// Over TLS its farewell (`close_notify`, `RFC 8446 §6.1`) stands for FIN, and comes with one; a FIN without it is a
/// cut.
final class Leg: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// How a peer's side of a connection ended.
    enum End {
        case fin
        /// TLS was cut: FIN without its farewell.
        case cut
        case rst
    }

    /// How ours is to end.
    enum Farewell {
        /// FIN; over TLS with its farewell.
        case clean
        /// As the other leg was cut: FIN; over TLS without its farewell.
        case cut
        /// The same where nothing but the end tells the peer that it has not all: without TLS by RST.
        case cutShort
    }

    let side: Side
    /// What stands below; nil: no TLS.
    let tls: TLSBelow?
    private let relay: Relay
    private var context: ChannelHandlerContext?
    /// NIO asked to read while the relay did not want it.
    private var isReadDue = false
    /// The handshake of TLS is over; until then everything is read and nothing written.
    private var isReady: Bool
    /// The peer sent FIN.
    private(set) var isInputClosed = false
    /// We sent FIN, or will behind what is being written.
    private(set) var isOutputClosed = false
    /// The peer sent RST, or the socket or TLS failed.
    private var hasFailed = false
    /// What it failed by, where that is known.
    private(set) var failure: (any Error)?
    /// The peer sent FIN without TLS's farewell.
    private var isCut = false
    private var isClosing = false
    /// We sent RST.
    private var wasReset = false

    init(side: Side, relay: Relay, tls: TLSBelow?) {
        self.side = side
        self.relay = relay
        self.tls = tls
        isReady = tls == nil
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
    func closeOutput(_ farewell: Farewell = .clean) {
        guard !isOutputClosed, let context else { return }
        isOutputClosed = true
        if isInputClosed || farewell == .cutShort && tls == nil {
            closeWhenWritten(context, farewell)
        } else if farewell != .clean, let tls {
            context.flush()
            tls.floor.closeOutput()
        } else {
            context.close(mode: .output, promise: nil)
        }
    }

    /// Closes without waiting for the peer's FIN, behind what was written.
    func close(_ farewell: Farewell = .clean) {
        guard let context, !isClosing else { return }
        guard isReady else { return abandon() }
        isOutputClosed = true
        closeWhenWritten(context, farewell)
    }

    /// Closes at once and drops what waits to be written; the peer sees an RST.
    func reset() {
        guard let context else { return }
        isClosing = true
        isOutputClosed = true
        askForRST(context)
        closeSocket(context)
    }

    /// Closes at once; what waits to be written is dropped.
    func abandon() {
        guard let context else { return }
        isClosing = true
        isOutputClosed = true
        if tls != nil, isReady { context.close(mode: .output, promise: nil) }
        closeSocket(context)
    }

    private func closeWhenWritten(_ context: ChannelHandlerContext, _ farewell: Farewell) {
        guard !isClosing else { return }
        isClosing = true
        // NIO drops pending writes of a full close, so it has to wait for them.
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolatedUnsafeUnchecked().whenComplete { _ in self.closeWritten(farewell) }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: written)
    }

    private func closeWritten(_ farewell: Farewell) {
        guard let context else { return }
        if farewell == .cutShort, tls == nil { askForRST(context) }
        guard tls != nil, farewell == .clean else { return closeSocket(context) }
        let said = context.eventLoop.makePromise(of: Void.self)
        said.futureResult.assumeIsolatedUnsafeUnchecked().whenComplete { _ in
            if let context = self.context { self.closeSocket(context) }
        }
        context.close(mode: .output, promise: said)
    }

    private func askForRST(_ context: ChannelHandlerContext) {
        wasReset = true
        guard let options = context.channel as? any SocketOptionProvider else { return }
        // On its own event loop the option is set before the call returns.
        _ = options.setSoLinger(linger(l_onoff: 1, l_linger: 0))
    }

    /// Closes at once, without a word of TLS.
    private func closeSocket(_ context: ChannelHandlerContext) {
        if let tls { tls.floor.close() } else { context.close(mode: .all, promise: nil) }
    }
}

// MARK: What NIO tells

extension Leg {
    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { isConnected() }
    }

    func channelActive(context: ChannelHandlerContext) { isConnected() }

    private func isConnected() {
        if isReady { relay.legIsActive(self) } else { relay.handshakeBegins(self) }
    }

    func read(context: ChannelHandlerContext) {
        if !isReady || relay.mayRead(side) { context.read() } else { isReadDue = true }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        relay.received(unwrapInboundIn(data), from: side)
    }

    func channelReadComplete(context: ChannelHandlerContext) { relay.readCycleEnded(side) }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { relay.resumeReads() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent {
            if event == .inputClosed { inputClosed() }
        } else if case .handshakeCompleted? = event as? TLSUserEvent, self.context != nil, !isClosing {
            isReady = true
            relay.legIsActive(self)
        }
    }

    private func inputClosed() {
        guard context != nil, isReady else { return }
        isInputClosed = true
        // TLS closes by itself now.
        if tls != nil, isOutputClosed { isClosing = true }
        relay.inputClosed(side, isCut ? .cut : .fin)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if isReady, error as? NIOSSLError == .uncleanShutdown {
            isCut = true
        } else {
            hasFailed = true
            if failure == nil { failure = error }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.context = nil
        guard isReady else { return relay.handshakeFailed(self) }
        // NIO gives no error for a failed write, nor for an RST behind a FIN; it gives no event for the second FIN.
        let isFIN = isClosing || (!hasFailed && isOutputClosed && !isInputClosed)
        relay.legIsGone(self, wasReset || !isFIN ? .rst : isCut && !isClosing ? .cut : .fin)
    }
}
