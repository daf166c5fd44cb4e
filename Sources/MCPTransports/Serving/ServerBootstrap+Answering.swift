import NIOCore
import NIOPosix
import NIOSSL

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

extension ServerBootstrap {
    /// Has every connection's requests answered by `responder`.
    func answering(
        _ responder: any HTTPResponder, _ settings: ConnectionHandler.Settings, _ connections: ConnectionTable,
        _ tls: NIOSSLContext?
    ) -> ServerBootstrap {
        let timeouts = settings.timeouts
        let shortest = [timeouts.heartbeat, timeouts.idleConnection, timeouts.request].map(TimeAmount.init).min()
        let clocks = LoopClocks(shortest: min(shortest ?? ConnectionHandler.lingerTime, ConnectionHandler.lingerTime))
        return serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: false)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard connections.insert(channel) else { throw ChannelError.ioOnClosedChannel }
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
                    }
                    let handler = ConnectionHandler(
                        settings: settings, clock: clocks.clock(of: channel.eventLoop), responder: responder)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
    }
}

extension UTCTime {
    static let wallClock: @Sendable () -> UTCTime = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UTCTime(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}
