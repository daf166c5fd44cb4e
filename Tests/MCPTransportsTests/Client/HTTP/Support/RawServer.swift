import NIOCore
import NIOPosix
import NIOSSL

/// A server of which the test says every byte, or one that answers every request without a body in one way. With a TLS
/// context it speaks TLS.
final class RawServer: Sendable {
    private let channel: any Channel
    private let accepted: Observed<[RawPeer]>

    private init(channel: any Channel, accepted: Observed<[RawPeer]>) {
        self.channel = channel
        self.accepted = accepted
    }

    static func run<Result>(
        tls: NIOSSLContext? = nil, answering answer: String? = nil, reads: Bool = true,
        _ body: (RawServer) async throws -> Result
    ) async throws -> Result {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let accepted = Observed<[RawPeer]>([], on: loop)
        let channel = try await ServerBootstrap(group: loop, childGroup: loop)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.autoRead, value: reads)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    let peer = RawPeer(channel)
                    try channel.pipeline.syncOperations.addHandler(RawPeer.Collector(peer.received, answer))
                    accepted.change { $0.append(peer) }
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = RawServer(channel: channel, accepted: accepted)
        do {
            let result = try await body(server)
            try await server.stop()
            return result
        } catch {
            try? await server.stop()
            throw error
        }
    }

    private func stop() async throws {
        if channel.isActive { try await channel.close() }
        for peer in try await accepted.wait(for: "all", { _ in true }) { try? await peer.close() }
    }

    var port: Int { channel.localAddress?.port ?? 0 }
    var url: String { "http://127.0.0.1:\(port)" }
    var secureURL: String { "https://localhost:\(port)" }

    /// The connection that was accepted as number `index`, counted from 0.
    func peer(_ index: Int = 0) async throws -> RawPeer {
        try await accepted.wait(for: "connection \(index)") { $0.count > index }[index]
    }

    /// How many connections were accepted.
    var peers: Int {
        get async throws { try await accepted.wait(for: "all") { _ in true }.count }
    }
}

/// The server's side of one connection.
final class RawPeer: Sendable {
    struct Received: Sendable {
        var text = ""
        var isEnded = false
    }

    final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private let received: Observed<Received>
        private let answer: String?

        init(_ received: Observed<Received>, _ answer: String?) {
            self.received = received
            self.answer = answer
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let bytes = unwrapInboundIn(data)
            received.change { $0.text += String(buffer: bytes) }
            guard let answer, String(buffer: bytes).hasSuffix("\r\n\r\n") else { return }
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) { received.change { $0.isEnded = true } }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }

    let received: Observed<Received>
    private let channel: any Channel

    init(_ channel: any Channel) {
        self.channel = channel
        received = Observed(Received(), on: channel.eventLoop)
    }

    /// All that was heard, when that has `count` whole requests without a body, or ends with `body`.
    @discardableResult
    func request(_ count: Int = 1, body: String = "") async throws -> String {
        try await received.wait(for: "request \(count)") {
            $0.text.hasSuffix("\r\n\r\n\(body)") || (!body.isEmpty && $0.text.hasSuffix(body))
                ? $0.text.split(separator: " HTTP/1.1\r\n").count > count : false
        }.text
    }

    func text(with wanted: String) async throws -> String {
        try await received.wait(for: wanted) { $0.text.contains(wanted) }.text
    }

    func end() async throws {
        try await received.wait(for: "the end") { $0.isEnded }
    }

    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    func close() async throws {
        do {
            try await channel.close()
        } catch ChannelError.alreadyClosed {
            // The other side was faster.
        }
    }

    /// Ends the TCP connection without the farewell of TLS.
    func breakOff() async throws {
        let channel = channel
        try await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self).close(promise: nil)
        }.get()
    }

    /// Ends the connection so that the other side's kernel says it was reset.
    func reset() async throws {
        if let socket = channel as? any SocketOptionProvider {
            try await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        }
        try await channel.close()
    }
}

/// A response with a length.
func response(_ body: String, _ fields: [String] = [], status: String = "200 OK") -> String {
    (["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + fields).joined(separator: "\r\n")
        + "\r\n\r\n\(body)"
}
