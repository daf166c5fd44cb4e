import NIOCore
import NIOHTTP2

/// One HTTP/2 connection of a client (RFC 9113), which carries all exchanges of its origin, each on a stream.
///
/// When the server says that it will end it (GOAWAY, §6.8), what it has begun goes on and new exchanges get another
/// connection. What breaks the protocol ends the connection with everything on it.
final class HTTP2Connection: ChannelInboundHandler, ClientConnection {
    typealias InboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    /// What a server may send ahead: on one stream, and on all of them. Nothing that arrives is kept back, so this
    /// bounds what is on the way, not what is in memory.
    private static let streamWindow = 256 * 1024
    private static let connectionWindow = 1024 * 1024
    /// Names and values of one response's fields together.
    private static let headerBytes = 64 * 1024

    let maker: HTTPExchanges
    private let number: Int
    private let channel: any Channel
    private let multiplexer: NIOHTTP2Handler.StreamMultiplexer
    private var streams = 0
    private var idleTimer: Scheduled<Void>?
    private var pinger: HTTP2Pinger?
    /// Set once the server takes no further streams: the last one that it may have acted on (§6.8).
    private var lastStream: HTTP2StreamID?
    private var failure: (any Error)?

    /// Sets up a channel whose TLS handshake chose HTTP/2.
    static func add(to channel: any Channel, number: Int, maker: HTTPExchanges) throws -> HTTP2Connection {
        var connection = NIOHTTP2Handler.ConnectionConfiguration()
        connection.initialSettings = [
            HTTP2Setting(parameter: .enablePush, value: 0),
            HTTP2Setting(parameter: .initialWindowSize, value: streamWindow),
            HTTP2Setting(parameter: .maxHeaderListSize, value: headerBytes),
        ]
        connection.targetWindowSize = connectionWindow
        var stream = NIOHTTP2Handler.StreamConfiguration()
        stream.targetWindowSize = streamWindow
        let protocolHandler = NIOHTTP2Handler(
            mode: .client, eventLoop: channel.eventLoop, connectionConfiguration: connection,
            streamConfiguration: stream
        ) { pushed in pushed.close() }
        try channel.pipeline.syncOperations.addHandler(protocolHandler)
        let multiplexer = try protocolHandler.syncMultiplexer()
        let handler = HTTP2Connection(number: number, channel: channel, multiplexer: multiplexer, maker: maker)
        try channel.pipeline.syncOperations.addHandler(handler)
        return handler
    }

    private init(
        number: Int, channel: any Channel, multiplexer: NIOHTTP2Handler.StreamMultiplexer, maker: HTTPExchanges
    ) {
        self.number = number
        self.channel = channel
        self.multiplexer = multiplexer
        self.maker = maker
        let keepAlive = maker.configuration.keepAlive
        if let interval = keepAlive.http2PingInterval {
            let pinger = HTTP2Pinger(channel: channel, interval: interval, timeout: keepAlive.http2PingTimeout)
            self.pinger = pinger
            pinger.start { [weak self] in self?.pingUnanswered(keepAlive.http2PingTimeout) }
        }
    }

    var isUsable: Bool { lastStream == nil && channel.isEstablished }

    func carry(_ exchange: Exchange) {
        idleTimer?.cancel()
        idleTimer = nil
        streams += 1
        let stream = HTTP2Stream(exchange, on: self)
        exchange.carrier = stream
        let bound = NIOLoopBound(stream, eventLoop: channel.eventLoop)
        let created = multiplexer.createStreamChannel { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(bound.value)
            }
        }
        created.assumeIsolated().whenComplete { result in
            switch result {
            case .success(let channel):
                channel.closeFuture.assumeIsolated().whenComplete { _ in self.streamEnded() }
            case .failure(let error):
                stream.couldNotBegin(error)
                self.streamEnded()
            }
        }
    }

    func close() {
        channel.close(promise: nil)
    }

    /// There is no observer where there is HTTP/2.
    func readOn() {}

    /// Whether the server says that it has not acted on a stream, and never will (RFC 9113 §6.8).
    func hasDisowned(_ stream: HTTP2StreamID?) -> Bool {
        guard let lastStream, let stream else { return false }
        return stream > lastStream
    }

    /// Why the connection ended; nil while nothing is known.
    func reason(hasResponse: Bool) -> HTTPClientError {
        .ended(by: failure, peer: maker.peer, hasResponse: hasResponse)
    }

    private func streamEnded() {
        streams -= 1
        guard streams == 0, channel.isActive else { return }
        guard lastStream == nil else { return close() }
        startIdleTime()
    }

    /// Waits for an exchange, as long as the configuration has it.
    func startIdleTime() {
        let time = TimeAmount(maker.configuration.pool.idleTime)
        idleTimer = channel.eventLoop.assumeIsolated().scheduleTask(in: time) { [weak self] in self?.close() }
    }

    private func pingUnanswered(_ limit: Duration) {
        failure = HTTPClientError(.timeout, "\(maker.peer) did not answer an HTTP/2 PING within \(limit.inWords)")
        close()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data).payload {
        case .goAway(let lastStream, _, _):
            self.lastStream = lastStream
            maker.retire(number)
            if streams == 0 { close() }
        case .ping(let data, ack: true): pinger?.answered(data)
        default: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if failure == nil {
            let isProtocol = error is any NIOHTTP2Error
            failure =
                isProtocol
                ? HTTPClientError(.invalidResponse, "\(maker.peer) broke the rules of HTTP/2", cause: error) : error
        }
        close()
    }

    func channelInactive(context: ChannelHandlerContext) {
        idleTimer?.cancel()
        pinger?.stop()
        maker.connectionClosed(number)
    }
}
