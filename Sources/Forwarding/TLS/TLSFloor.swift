import NIOCore
import NIOSSL
import NIOTLS

/// The handler between the socket and TLS: it ends the socket without TLS's farewell where a cut is mirrored, lets
/// what TLS wrote last (its farewell, an alert) go out before TLS closes, and gives receive buffers back.
final class TLSFloor: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let pool: ReceivePool
    private var context: ChannelHandlerContext?
    private var isClosing = false

    init(pool: ReceivePool) {
        self.pool = pool
    }

    /// Closes the socket at once; what waits to be written is dropped.
    func close() {
        isClosing = true
        context?.close(mode: .all, promise: nil)
    }

    /// Sends FIN, and no farewell of TLS before it, behind what was written.
    func closeOutput() { context?.close(mode: .output, promise: nil) }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.fireChannelRead(data)
        pool.give(unwrapInboundIn(data))
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .all, !isClosing else { return context.close(mode: mode, promise: promise) }
        isClosing = true
        // NIO drops pending writes of a full close, so it has to wait for them.
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolatedUnsafeUnchecked().whenComplete { _ in
            context.close(mode: .all, promise: promise)
        }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: written)
    }
}

/// What stands below a leg that speaks TLS.
final class TLSBelow {
    let floor: TLSFloor
    private let handler: NIOSSLHandler
    /// The name that the one who connected asked for (SNI, RFC 6066 §3).
    private(set) var serverName: String?
    /// Where the socket was connected from and to, also when it is gone.
    private(set) var addresses = (client: "", server: "")

    private init(floor: TLSFloor, handler: NIOSSLHandler, serverName: String?) {
        self.floor = floor
        self.handler = handler
        self.serverName = serverName
    }

    var version: String? {
        switch handler.tlsVersion {
        case .tlsv13: "TLSv1.3"
        case .tlsv12: "TLSv1.2"
        case .tlsv11: "TLSv1.1"
        case .tlsv1: "TLSv1"
        case nil: nil
        }
    }

    func noteAddresses(of channel: any Channel, on side: Side) {
        let (local, remote) = (channel.localAddress?.authority ?? "", channel.remoteAddress?.authority ?? "")
        addresses = side == .client ? (remote, local) : (local, remote)
    }

    /// Fills a fresh channel: the leg alone, or with TLS below it where that side speaks it.
    static func addLeg(_ side: Side, of relay: Relay, to channel: any Channel) throws {
        let pipeline = channel.pipeline.syncOperations
        let contexts = relay.state.tls
        guard let context = contexts.context(of: side) else {
            return try pipeline.addHandler(Leg(side: side, relay: relay, tls: nil))
        }
        let floor = TLSFloor(pool: relay.state.pool)
        try pipeline.addHandler(floor)
        let below: TLSBelow
        switch side {
        case .client:
            let handler = NIOSSLServerHandler(context: context)
            below = TLSBelow(floor: floor, handler: handler, serverName: nil)
            let loop = channel.eventLoop
            let listener = SNIHandler { result in
                if case .hostname(let name) = result { below.serverName = name }
                return loop.makeSucceededVoidFuture()
            }
            try pipeline.addHandler(ByteToMessageHandler(listener))
            try pipeline.addHandler(handler)
        case .upstream:
            let handler = try NIOSSLClientHandler(context: context, serverHostname: contexts.upstreamName)
            below = TLSBelow(floor: floor, handler: handler, serverName: contexts.upstreamName)
            try pipeline.addHandler(handler)
        }
        try pipeline.addHandler(Leg(side: side, relay: relay, tls: below))
    }
}
