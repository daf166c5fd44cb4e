import MCPTransports
import Synchronization

/// One of two connected ends that carry messages within the process: a client without sockets, for tests.
///
/// ```swift
/// let (client, server) = InMemoryTransport.pair()
/// ```
///
/// Messages arrive in the order of their ``send(_:)``. Each direction holds a bounded number of messages; a full one makes
/// the sender wait, so a test that nobody reads for does not grow.
public final class InMemoryTransport: MCPTransport {
    private let inbound: InMemoryPipe
    private let outbound: InMemoryPipe
    private let isReceiving = Mutex(false)

    private init(inbound: InMemoryPipe, outbound: InMemoryPipe) {
        self.inbound = inbound
        self.outbound = outbound
    }

    /// Two connected ends: what one sends the other receives.
    ///
    /// - Parameter capacity: How many messages each direction holds before its sender waits; below 1 it counts as 1.
    public static func pair(capacity: Int = 64) -> (client: InMemoryTransport, server: InMemoryTransport) {
        let toServer = InMemoryPipe(capacity: capacity)
        let toClient = InMemoryPipe(capacity: capacity)
        return (
            InMemoryTransport(inbound: toClient, outbound: toServer),
            InMemoryTransport(inbound: toServer, outbound: toClient)
        )
    }

    /// Does nothing: the two ends are connected from the start.
    public func connect() async throws {}

    /// Ends both directions. What this end had sent still arrives, then the other end's ``receive()`` ends; what it had
    /// not received yet is lost.
    public func disconnect() async {
        inbound.end(dropped: true)
        outbound.end()
    }

    /// Ends both directions as a broken connection does: both ends' ``receive()`` throw `failure` behind what has arrived.
    public func fail(_ failure: any Error) {
        inbound.end(throwing: failure)
        outbound.end(throwing: failure)
    }

    /// Gives a message to the other end; waits while it has too many that it did not receive.
    ///
    /// - Throws: `MCPError.connectionClosed` when either end has disconnected, `CancellationError`.
    public func send(_ message: [UInt8]) async throws {
        try await outbound.send(message)
    }

    /// What the other end sends. A second call gives a sequence that throws at once.
    public func receive() -> AsyncThrowingStream<[UInt8], any Error> {
        let isFirst = isReceiving.withLock { isReceiving in
            defer { isReceiving = true }
            return !isReceiving
        }
        guard isFirst else {
            return AsyncThrowingStream { $0.finish(throwing: MCPError.invalidRequest("receive() was called before")) }
        }
        let inbound = inbound
        return AsyncThrowingStream(unfolding: { try await inbound.next() })
    }
}
