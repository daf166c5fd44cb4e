import NIOCore
import NIOPosix
import Synchronization

/// Stands between client and server, passes bytes on, and cuts the connection that carries one byte of all that the server
/// sends, right before that byte. Everything afterwards passes.
final class CuttingProxy: Sendable {
    enum Manner: Sendable, CaseIterable {
        /// The client sees an orderly end.
        case end
        /// The client sees a reset.
        case reset
    }

    let port: Int
    private let listener: any Channel
    private let state: CutState

    /// How many bytes of the server were passed on.
    var passed: Int { state.passed }
    /// Whether the cut was made.
    var hasCut: Bool { state.hasCut }

    private init(listener: any Channel, state: CutState) {
        self.listener = listener
        self.state = state
        port = listener.localAddress?.port ?? 0
    }

    static func start(before target: Int, cutAt offset: Int?, _ manner: Manner) async throws -> CuttingProxy {
        let state = CutState(offset: offset, manner: manner)
        let group = NIOSingletons.posixEventLoopGroup
        let listener = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { client in
                ClientBootstrap(group: client.eventLoop)
                    .channelOption(.allowRemoteHalfClosure, value: true)
                    .channelInitializer { server in
                        server.eventLoop.makeCompletedFuture {
                            try server.pipeline.syncOperations.addHandler(Passing(to: client, counting: state))
                        }
                    }
                    .connect(host: "127.0.0.1", port: target)
                    .flatMapThrowing { server in
                        // Nothing is read from the client before this future is complete.
                        try client.pipeline.syncOperations.addHandler(Passing(to: server, counting: nil))
                    }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return CuttingProxy(listener: listener, state: state)
    }

    func stop() async { try? await listener.close() }
}

/// Counts what the server sends, over all connections.
private final class CutState: Sendable {
    private let counted = Mutex(0)
    private let made = Mutex(false)
    private let offset: Int?
    let manner: CuttingProxy.Manner

    init(offset: Int?, manner: CuttingProxy.Manner) {
        self.offset = offset
        self.manner = manner
    }

    var passed: Int { counted.withLock { $0 } }
    var hasCut: Bool { made.withLock { $0 } }

    /// How many of the next bytes may pass; fewer than all when the cut is among them.
    func take(_ count: Int) -> Int {
        counted.withLock { passed in
            defer { passed += count }
            guard let offset, offset >= passed, offset < passed + count else { return count }
            made.withLock { $0 = true }
            return offset - passed
        }
    }
}

private final class Passing: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let peer: any Channel
    private let cut: CutState?

    init(to peer: any Channel, counting cut: CutState?) {
        self.peer = peer
        self.cut = cut
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        guard let cut else { return peer.writeAndFlush(bytes, promise: nil) }
        let count = bytes.readableBytes
        let passed = cut.take(count)
        guard passed < count else { return peer.writeAndFlush(bytes, promise: nil) }
        let own = context.channel
        let reset = cut.manner == .reset
        let part = bytes.readSlice(length: passed) ?? ByteBuffer()
        peer.writeAndFlush(part).whenComplete { [peer] _ in
            // With nothing to linger for, closing resets the connection.
            let option: EventLoopFuture<Void> =
                (reset ? (peer as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)) : nil)
                ?? peer.eventLoop.makeSucceededVoidFuture()
            option.whenComplete { _ in
                peer.close(promise: nil)
                own.close(promise: nil)
            }
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { peer.close(mode: .output, promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) { peer.close(promise: nil) }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
