import NIOCore
import NIOPosix

/// The GET of HTTP+SSE by a client that reads the endpoint and then nothing any more.
final class SilentConnection: Sendable {
    private final class Opening: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let promise: EventLoopPromise<String>
        private var text = ""

        init(_ promise: EventLoopPromise<String>) { self.promise = promise }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            text += String(buffer: unwrapInboundIn(data))
            guard let start = text.firstRange(of: "data: "), let end = text[start.upperBound...].firstIndex(of: "\n")
            else {
                context.read()
                return
            }
            promise.succeed(String(text[start.upperBound..<end]))
        }

        func channelInactive(context: ChannelHandlerContext) { promise.fail(ChannelError.eof) }
        func handlerRemoved(context: ChannelHandlerContext) { promise.fail(ChannelError.eof) }
    }

    private let channel: any Channel
    private let opening: EventLoopFuture<String>

    init(port: Int) async throws {
        let promise = MultiThreadedEventLoopGroup.singleton.any().makePromise(of: String.self)
        opening = promise.futureResult
        channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.autoRead, value: false)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Opening(promise))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        try await channel.writeAndFlush(ByteBuffer(string: "GET /sse HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        channel.read()
    }

    /// Where to POST.
    func endpoint() async throws -> String { try await opening.get() }
}
