import Logging
import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Serves an ``MCPServer`` over HTTP, in all dialects from one listener.
///
/// ```swift
/// let host = SSEServerTransport(server: server, configuration: .init(port: 8080))
/// try await host.run()
/// ```
public struct SSEServerTransport: Sendable {
    /// What is served.
    public let server: MCPServer
    /// Where and how.
    public let configuration: Configuration
    private let logger: Logger
    private let onListening: @Sendable (SocketAddress) async -> Void

    /// A host, which does nothing until ``run()``.
    ///
    /// - Parameter onListening: Called once when connections are taken, with the address that was bound, so that port 0
    ///   can be used.
    public init(
        server: MCPServer, configuration: Configuration = Configuration(),
        logger: Logger = Logger(label: "mcp-transports.server", factory: { _ in SwiftLogNoOpLogHandler() }),
        onListening: @escaping @Sendable (SocketAddress) async -> Void = { _ in }
    ) {
        self.server = server
        self.configuration = configuration
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until the task is cancelled, then ends all sessions, waits for their handlers, and closes all connections.
    ///
    /// - Throws: what keeps the address from being bound. Cancellation is the normal end and throws nothing.
    public func run() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: configuration.eventLoops)
        do {
            try await serve(on: group)
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }

    private func serve(on group: MultiThreadedEventLoopGroup) async throws {
        let sessions = SessionTable(limit: configuration.limits.sessions)
        let connections = ConnectionTable(limit: configuration.limits.connections)
        let listener = try await bootstrap(group, sessions, connections)
            .bind(host: configuration.host, port: configuration.port).get()
        if let address = listener.localAddress {
            logger.info("listening", metadata: ["address": "\(address)"])
            await onListening(address)
        }
        await withTaskCancellationHandler {
            await withTaskGroup(of: Void.self) { tasks in
                tasks.addTask { await endIdleSessions(sessions) }
                try? await listener.closeFuture.get()
                tasks.cancelAll()
            }
        } onCancel: {
            listener.close(promise: nil)
        }
        await sessions.close()
        await connections.close()
        logger.info("stopped")
    }

    private func bootstrap(
        _ group: MultiThreadedEventLoopGroup, _ sessions: SessionTable, _ connections: ConnectionTable
    ) -> ServerBootstrap {
        let endpoint = Endpoint(
            router: Router(
                dialects: configuration.dialects, paths: configuration.paths,
                access: AccessGuard(access: configuration.access, listeningHost: configuration.host)),
            server: server, configuration: configuration, sessions: sessions, makeSessionID: Self.randomID)
        let settings = ConnectionHandler.Settings(
            limits: configuration.limits, timeouts: configuration.timeouts, now: Self.wallClock)
        return ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: false)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard connections.insert(channel) else { throw ChannelError.ioOnClosedChannel }
                    let handler = ConnectionHandler(settings: settings, responder: endpoint)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
    }

    private func endIdleSessions(_ sessions: SessionTable) async {
        let limit = configuration.timeouts.idleSession
        while (try? await Task.sleep(for: limit / 4)) != nil { sessions.endIdle(longerThan: limit) }
    }

    /// 128 random bits as 32 hexadecimal digits, unguessable because the system's generator is.
    private static let randomID: @Sendable () -> String = {
        var generator = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let digits = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    private static let wallClock: @Sendable () -> UTCTime = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UTCTime(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}
