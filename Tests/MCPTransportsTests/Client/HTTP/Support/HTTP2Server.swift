import NIOCore
import NIOHPACK
import NIOHTTP2
import NIOPosix
import NIOSSL

/// An HTTP/2 server of which the test says every frame but those that keep a connection going.
final class HTTP2Server: Sendable {
    private let channel: any Channel
    private let accepted: Observed<[HTTP2Peer]>

    private init(channel: any Channel, accepted: Observed<[HTTP2Peer]>) {
        self.channel = channel
        self.accepted = accepted
    }

    static func run<Result>(
        tls: NIOSSLContext, streams: Int = 100, _ body: (HTTP2Server) async throws -> Result
    ) async throws -> Result {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let accepted = Observed<[HTTP2Peer]>([], on: loop)
        var settings = NIOHTTP2Handler.ConnectionConfiguration()
        settings.initialSettings = [HTTP2Setting(parameter: .maxConcurrentStreams, value: streams)]
        let configuration = settings
        let channel = try await ServerBootstrap(group: loop, childGroup: loop)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let peer = HTTP2Peer(channel)
                    let handler = NIOHTTP2Handler(
                        mode: .server, eventLoop: channel.eventLoop, connectionConfiguration: configuration
                    ) { stream in
                        stream.eventLoop.makeCompletedFuture {
                            let side = HTTP2PeerStream(stream)
                            try stream.pipeline.syncOperations.addHandler(HTTP2PeerStream.Collector(side.received))
                            peer.streams.change { $0.append(side) }
                        }
                    }
                    try channel.pipeline.syncOperations.addHandlers(
                        [NIOSSLServerHandler(context: tls), handler, HTTP2Peer.PingCounter(peer.pings)])
                    accepted.change { $0.append(peer) }
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = HTTP2Server(channel: channel, accepted: accepted)
        defer { channel.close(promise: nil) }
        return try await body(server)
    }

    var port: Int { channel.localAddress?.port ?? 0 }
    var url: String { "https://localhost:\(port)" }

    func peer(_ index: Int = 0) async throws -> HTTP2Peer {
        try await accepted.wait(for: "connection \(index)") { $0.count > index }[index]
    }

    var peers: Int {
        get async throws { try await accepted.wait(for: "all") { _ in true }.count }
    }
}

/// The server's side of one HTTP/2 connection.
final class HTTP2Peer: Sendable {
    final class PingCounter: ChannelInboundHandler {
        typealias InboundIn = HTTP2Frame
        private let pings: Observed<Int>

        init(_ pings: Observed<Int>) { self.pings = pings }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            if case .ping(_, ack: false) = unwrapInboundIn(data).payload { pings.change { $0 += 1 } }
        }
    }

    let streams: Observed<[HTTP2PeerStream]>
    /// How many PINGs came; each is answered.
    let pings: Observed<Int>
    private let channel: any Channel

    init(_ channel: any Channel) {
        self.channel = channel
        streams = Observed([], on: channel.eventLoop)
        pings = Observed(0, on: channel.eventLoop)
    }

    func stream(_ index: Int = 0) async throws -> HTTP2PeerStream {
        try await streams.wait(for: "stream \(index)") { $0.count > index }[index]
    }

    /// Says that no stream behind `last` was or will be acted on.
    func goAway(after last: Int) async throws {
        let payload = HTTP2Frame.FramePayload.goAway(
            lastStreamID: HTTP2StreamID(last), errorCode: .noError, opaqueData: nil)
        try await channel.writeAndFlush(HTTP2Frame(streamID: .rootStream, payload: payload))
    }

    func close() async throws { try await channel.close() }

    func end() async throws { try await channel.closeFuture.get() }
}

/// The server's side of one stream.
final class HTTP2PeerStream: Sendable {
    struct Received: Sendable {
        var headers = HPACKHeaders()
        var body = 0
        var isComplete = false
        var reset: HTTP2ErrorCode?
    }

    final class Collector: ChannelInboundHandler {
        typealias InboundIn = HTTP2Frame.FramePayload
        private let received: Observed<Received>

        init(_ received: Observed<Received>) { self.received = received }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .headers(let frame):
                received.change {
                    $0.headers = frame.headers
                    $0.isComplete = frame.endStream
                }
            case .data(let frame):
                received.change {
                    $0.body += frame.data.readableBytes
                    $0.isComplete = frame.endStream
                }
            default: break
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            if let closed = error as? NIOHTTP2Errors.StreamClosed { received.change { $0.reset = closed.errorCode } }
        }
    }

    let received: Observed<Received>
    private let channel: any Channel

    init(_ channel: any Channel) {
        self.channel = channel
        received = Observed(Received(), on: channel.eventLoop)
    }

    /// What was received when the request is complete.
    func request() async throws -> Received {
        try await received.wait(for: "the request") { $0.isComplete }
    }

    func reset() async throws -> HTTP2ErrorCode? {
        try await received.wait(for: "a reset") { $0.reset != nil }.reset
    }

    func head(_ status: Int, _ fields: HPACKHeaders = [:], ends: Bool = false) async throws {
        var headers: HPACKHeaders = [":status": String(status)]
        headers.add(contentsOf: fields)
        try await send(.headers(.init(headers: headers, endStream: ends)))
    }

    func data(_ text: String, ends: Bool = false) async throws {
        try await send(.data(.init(data: .byteBuffer(ByteBuffer(string: text)), endStream: ends)))
    }

    func respond(_ body: String) async throws {
        try await head(200)
        try await data(body, ends: true)
    }

    func send(_ payload: HTTP2Frame.FramePayload) async throws {
        try await channel.writeAndFlush(payload)
    }
}
