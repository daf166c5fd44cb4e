import NIOCore
import NIOPosix

/// A listener whose requests something other than an ``MCPServer`` answers, each by itself: what serves a recording
/// stands on it. Connections, framing, limits and slow readers are handled as in ``SSEServerTransport``; heartbeats are
/// up to what answers.
package struct HTTPListener: Sendable {
    private let host: String
    private let port: Int
    private let responder: any HTTPResponder
    private let limits = SSEServerTransport.Limits()

    /// - Parameter port: 0 lets the system choose one.
    package init(host: String, port: Int, responder: any HTTPResponder) {
        self.host = host
        self.port = port
        self.responder = responder
    }

    /// Listens until the task is cancelled, which is its normal end; then closes all connections.
    ///
    /// - Parameter onListening: Called once, with the port that was bound.
    /// - Throws: what keeps the address from being bound.
    package func run(onListening: @escaping @Sendable (_ port: Int) -> Void) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            try await listen(on: group, onListening)
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }

    private func listen(
        on group: MultiThreadedEventLoopGroup, _ onListening: @escaping @Sendable (_ port: Int) -> Void
    ) async throws {
        let connections = ConnectionTable(limit: limits.connections)
        let settings = ConnectionHandler.Settings(
            limits: limits, timeouts: SSEServerTransport.Timeouts(), heartbeat: .none,
            slowReaders: SlowReaders(limit: limits.outboundBytes, logger: SSEServerTransport.silentLogger),
            now: UTCTime.wallClock)
        let listener = try await ServerBootstrap(group: group).answering(responder, settings, connections, nil)
            .bind(host: host, port: port).get()
        if let port = listener.localAddress?.port { onListening(port) }
        await withTaskCancellationHandler {
            try? await listener.closeFuture.get()
        } onCancel: {
            listener.close(promise: nil)
        }
        // The task is cancelled, which must not cut short what ends things in order.
        await Task { await connections.close() }.value
    }
}
