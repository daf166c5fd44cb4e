import NIOCore
import NIOPosix

/// One end of a TCP connection on loopback, read and written in bytes by the task that holds it.
struct Wire {
    struct Ended: Error {}

    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var rest: [UInt8] = []

    fileprivate init(
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>, _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.inbound = inbound.makeAsyncIterator()
        self.outbound = outbound
    }

    func send(_ bytes: [UInt8]) async throws { try await outbound.write(ByteBuffer(bytes: bytes)) }
    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    /// At least one byte; nil when the peer has ended, in order or not.
    mutating func receive() async throws -> [UInt8]? {
        if !rest.isEmpty {
            defer { rest = [] }
            return rest
        }
        do {
            guard let buffer = try await inbound.next() else { return nil }
            return Array(buffer.readableBytesView)
        } catch is IOError {
            return nil
        }
    }

    mutating func receive(exactly count: Int) async throws -> [UInt8] {
        while rest.count < count {
            guard let more = try await more() else { throw Ended() }
            rest += more
        }
        defer { rest.removeFirst(count) }
        return Array(rest[..<count])
    }

    /// Up to and with the blank line that ends a head; nil when the peer ended before it began one.
    mutating func receiveHead() async throws -> [UInt8]? {
        while true {
            if let end = rest.firstRange(of: [13, 10, 13, 10]) { return try await receive(exactly: end.upperBound) }
            guard let more = try await more() else {
                if rest.isEmpty { return nil }
                throw Ended()
            }
            rest += more
        }
    }

    mutating func receiveAll() async throws -> [UInt8] {
        while let more = try await more() { rest += more }
        defer { rest = [] }
        return rest
    }

    private mutating func more() async throws -> [UInt8]? {
        let held = rest
        rest = []
        defer { rest = held + rest }
        return try await receive()
    }
}

/// Loopback sockets with scripts at their ends.
enum Loopback {
    private typealias Bytes = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// Serves each connection with `script` while `body` runs.
    static func serve<Result: Sendable>(
        _ script: @escaping @Sendable (inout Wire) async throws -> Void,
        while body: (_ port: Int) async throws -> Result
    ) async throws -> Result {
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 1024)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture { try Bytes(wrappingChannelSynchronously: channel) }
            }
        let port = server.channel.localAddress?.port ?? 0
        let serving = Task {
            try await withThrowingDiscardingTaskGroup { group in
                try await server.executeThenClose { connections in
                    for try await connection in connections {
                        group.addTask { try? await run(connection, script) }
                    }
                }
            }
        }
        defer { serving.cancel() }
        return try await body(port)
    }

    /// Connects, runs `script` and closes.
    static func connect<Result: Sendable>(
        _ port: Int, _ script: @Sendable (inout Wire) async throws -> Result
    ) async throws -> Result {
        let connection = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture { try Bytes(wrappingChannelSynchronously: channel) }
            }
        return try await run(connection, script)
    }

    /// A port that nobody listens on.
    static func unusedPort() async throws -> Int { try await serve({ _ in }, while: { $0 }) }

    private static func run<Result: Sendable>(
        _ connection: Bytes, _ script: @Sendable (inout Wire) async throws -> Result
    ) async throws -> Result {
        try await connection.executeThenClose { inbound, outbound in
            var wire = Wire(inbound, outbound)
            return try await script(&wire)
        }
    }
}
