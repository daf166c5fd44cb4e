import Logging
import NIOCore
import NIOPosix
import NIOSSL

extension SSEServerTransport {
    /// Serves until the task is cancelled or ``stop()`` is called. Then it takes no connections and begins no calls, lets
    /// those that run come to their end for as long as ``Timeouts/drain``, ends all streams and sessions, and closes all
    /// connections.
    ///
    /// - Throws: ``ConfigurationError`` when the configuration cannot be served or the transport has run before; what
    ///   keeps the address from being bound. Cancellation is a normal end and throws nothing.
    public func run() async throws {
        try configuration.validate(server: switchboard.server)
        try running.withLock { running in
            guard case .not = running else {
                throw ConfigurationError(description: "A server transport runs once; make another one to serve again.")
            }
            running = .starting
        }
        defer { running.withLock { $0 = .over } }
        let tls = try configuration.tls?.context()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: configuration.eventLoops)
        do {
            try await serve(on: group, tls)
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }

    /// Lets ``run()`` come to its end, as if its task was cancelled. Does nothing when it does not listen.
    public func stop() {
        guard case .listening(let listener) = running.withLock({ $0 }) else { return }
        listener.close(promise: nil)
    }

    private func serve(on group: MultiThreadedEventLoopGroup, _ tls: NIOSSLContext?) async throws {
        let connections = ConnectionTable(limit: configuration.limits.connections)
        let listener = try await bootstrap(group, connections, tls)
            .bind(host: configuration.host, port: configuration.port).get()
        running.withLock { $0 = .listening(listener) }
        if let address = listener.localAddress {
            switchboard.logger.info("listening", metadata: ["address": "\(address)"])
            await onListening(address)
        }
        await withTaskCancellationHandler {
            await withTaskGroup(of: Void.self) { tasks in
                tasks.addTask { await self.endIdleSessions() }
                try? await listener.closeFuture.get()
                tasks.cancelAll()
            }
        } onCancel: {
            listener.close(promise: nil)
        }
        // The task may be cancelled, which must not cut short what ends things in order.
        await Task { [switchboard] in
            await switchboard.close()
            await connections.close()
        }.value
        switchboard.logger.info("stopped")
    }

    private func bootstrap(
        _ group: MultiThreadedEventLoopGroup, _ connections: ConnectionTable, _ tls: NIOSSLContext?
    ) -> ServerBootstrap {
        let settings = ConnectionHandler.Settings(
            limits: configuration.limits, timeouts: configuration.timeouts, heartbeat: configuration.heartbeat,
            slowReaders: switchboard.slowReaders, now: UTCTime.wallClock)
        return ServerBootstrap(group: group).answering(Endpoint(switchboard), settings, connections, tls)
    }

    private func endIdleSessions() async {
        let limit = configuration.timeouts.idleSession
        while (try? await Task.sleep(for: limit / 4)) != nil { switchboard.sessions.endIdle(longerThan: limit) }
    }
}
