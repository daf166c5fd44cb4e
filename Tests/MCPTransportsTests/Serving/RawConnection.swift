import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A TCP connection that says bytes and keeps all it hears, for tests that look at the wire.
final class RawConnection: Sendable {
    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        let received: Received

        init(_ received: Received) { self.received = received }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            received.append(String(buffer: unwrapInboundIn(data)))
        }

        func channelInactive(context: ChannelHandlerContext) { received.end() }
    }

    final class Received: Sendable {
        private let state = Mutex((text: "", isEnded: false))
        var text: String { state.withLock { $0.text } }
        var isEnded: Bool { state.withLock { $0.isEnded } }
        func append(_ more: String) { state.withLock { $0.text += more } }
        func end() { state.withLock { $0.isEnded = true } }
    }

    struct Missing: Error {
        let wanted: String
        let received: String
    }

    private let channel: any Channel
    private let received: Received

    /// - Parameter tls: Speaks TLS to `localhost` in this context.
    init(port: Int, tls: NIOSSLContext? = nil) async throws {
        let received = Received()
        self.received = received
        channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        let handler = try NIOSSLClientHandler(context: tls, serverHostname: "localhost")
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                    try channel.pipeline.syncOperations.addHandler(Collector(received))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
    }

    /// All that was heard so far.
    var text: String { received.text }

    /// Sends bytes.
    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    /// Sends a request with a `Host` and, with a body, its type and length.
    func request(_ line: String, _ fields: [String] = [], body: String? = nil) async throws {
        var head = ["\(line) HTTP/1.1", "Host: localhost"] + fields
        if let body { head += ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"] }
        try await send(head.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? ""))
    }

    /// Waits until `wanted` was heard, and gives all that was heard.
    @discardableResult
    func wait(for wanted: String) async throws -> String {
        try await wait(wanted) { $0.text.contains(wanted) }
    }

    /// Waits until what was heard is enough, and gives all that was heard.
    @discardableResult
    func wait(until isEnough: (String) -> Bool) async throws -> String {
        try await wait("enough") { isEnough($0.text) }
    }

    /// Waits until the other side ended the connection, and gives all that was heard.
    @discardableResult
    func waitForEnd() async throws -> String {
        try await wait("the end") { $0.isEnded }
    }

    private func wait(_ wanted: String, _ condition: (Received) -> Bool) async throws -> String {
        let deadline = ContinuousClock.now + .seconds(10)
        while !condition(received) {
            guard ContinuousClock.now < deadline else { throw Missing(wanted: wanted, received: received.text) }
            try await Task.sleep(for: .milliseconds(2))
        }
        return received.text
    }

    func close() async throws {
        try await channel.close()
    }
}
