import NIOCore
import NIOPosix

/// An HTTP proxy that takes every request for a tunnel and opens it to one port of this machine.
final class TunnelProxy: Sendable {
    /// The heads of requests, one for each tunnel.
    let requests: Observed<[String]>
    private let channel: any Channel

    private init(channel: any Channel, requests: Observed<[String]>) {
        self.channel = channel
        self.requests = requests
    }

    static func run(to port: Int, _ body: (TunnelProxy) async throws -> Void) async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let requests = Observed<[String]>([], on: loop)
        let channel = try await ServerBootstrap(group: loop, childGroup: loop)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Head(port: port, requests: requests))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        defer { channel.close(promise: nil) }
        try await body(TunnelProxy(channel: channel, requests: requests))
    }

    var port: Int { channel.localAddress?.port ?? 0 }

    /// Reads the request, opens the other side, and passes bytes on from then.
    private final class Head: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private let port: Int
        private let requests: Observed<[String]>
        private var text = ""
        private var other: (any Channel)?

        init(port: Int, requests: Observed<[String]>) {
            self.port = port
            self.requests = requests
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let bytes = unwrapInboundIn(data)
            if let other { return other.writeAndFlush(bytes, promise: nil) }
            text += String(buffer: bytes)
            guard text.hasSuffix("\r\n\r\n") else { return }
            requests.change { $0.append(text) }
            let client = context.channel
            ClientBootstrap(group: context.eventLoop)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(Back(to: client))
                    }
                }
                .connect(host: "127.0.0.1", port: port).assumeIsolated().whenSuccess { other in
                    self.other = other
                    client.writeAndFlush(
                        ByteBuffer(string: "HTTP/1.1 200 Connection established\r\n\r\n"), promise: nil)
                }
        }

        func channelInactive(context: ChannelHandlerContext) { other?.close(promise: nil) }
    }

    private final class Back: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let client: any Channel

        init(to client: any Channel) { self.client = client }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            client.writeAndFlush(unwrapInboundIn(data), promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) { client.close(promise: nil) }
    }
}
