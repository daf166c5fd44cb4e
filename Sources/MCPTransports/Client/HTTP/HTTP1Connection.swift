import Glibc
import NIOCore
import WireFormats

/// One HTTP/1.1 connection of a client: one exchange at a time, idle in between.
///
/// It can be used again when request and response are complete, both sides want to, and nothing followed the response.
/// Bytes on an idle connection belong to no request, so they end it.
final class HTTP1Connection: ChannelInboundHandler, ClientConnection, ExchangeCarrier {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let number: Int
    private let maker: HTTPExchanges
    private let channel: any Channel
    private let encoder: HTTP1RequestEncoder
    private var parser = HTTP1Parser(role: .response, policy: .strict)
    private var exchange: Exchange?
    private var idleTimer: Scheduled<Void>?
    /// How long the server said that it keeps the connection.
    private var announcedTime: Duration?
    private var failure: (any Error)?
    private var sights: ConnectionSights?
    private var isUnread = false

    init(number: Int, channel: any Channel, maker: HTTPExchanges) {
        self.number = number
        self.channel = channel
        self.maker = maker
        encoder = maker.route.requestEncoder(userAgent: maker.configuration.userAgent)
        sights = ConnectionSights(maker.observer, connection: number)
    }

    var isUsable: Bool { channel.isEstablished }

    func carry(_ exchange: Exchange) {
        idleTimer?.cancel()
        idleTimer = nil
        self.exchange = exchange
        exchange.carrier = self
        parser.expectResponse(to: exchange.request.method == "HEAD" ? .head : .other)
        let sent = channel.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenSuccess { exchange.isSent = true }
        var head = channel.allocator.buffer(capacity: 512)
        encoder.encodeHead(of: exchange.request, into: &head)
        sights?.sent(exchange.number, head: head, body: exchange.request.body)
        if let body = exchange.request.body, body.readableBytes > 0 {
            channel.write(head, promise: nil)
            channel.writeAndFlush(body, promise: sent)
        } else {
            channel.writeAndFlush(head, promise: sent)
        }
    }

    func drop(_ exchange: Exchange) {
        self.exchange = nil
        close()
    }

    func close() {
        sights?.left()
        channel.close(promise: nil)
    }

    func readOn() {
        guard isUnread else { return }
        isUnread = false
        setReading(true)
    }

    /// A channel that is closing has nothing to read.
    private func setReading(_ isReading: Bool) {
        try? channel.syncOptions?.setOption(.autoRead, value: isReading)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        guard let sights else { return }
        let name = maker.configuration.tls.serverName ?? maker.route.origin.host
        sights.opened(channel, serverName: AddressBlock(name) == nil ? name : nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        var position = 0
        guard exchange != nil else { return refuseExcess(buffer, from: position) }
        do throws(HTTP1Error) {
            while let exchange, let part = try parser.next(buffer.readableBytesSpan, &position) {
                switch part {
                case .head: takeHead(in: buffer, of: exchange)
                case .body(let range):
                    if let bytes = buffer.getSlice(at: buffer.readerIndex + range.lowerBound, length: range.count) {
                        sights?.body(bytes)
                        exchange.responseBody(bytes)
                    }
                case .end: completeExchange(buffer, end: position)
                case .chunk(let size): sights?.chunk(size)
                case .skipped: break
                }
            }
        } catch {
            sights?.malformed(error.description, buffer, from: position)
            fail(HTTPClientError(.invalidResponse, "\(maker.peer) sent no valid HTTP response", cause: error))
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        guard !isUnread, maker.observer?.isHeld == true else { return }
        isUnread = true
        setReading(false)
    }

    private func takeHead(in buffer: ByteBuffer, of exchange: Exchange) {
        let head = parser.head
        if let sights { parser.withHeadBytes(in: buffer.readableBytesSpan) { sights.head(head, $0) } }
        guard !head.isInformational else { return }
        guard head.status != 101 else {
            fail(HTTPClientError(.invalidResponse, "\(maker.peer) switched to a protocol that nobody asked for"))
            return
        }
        let incoming = parser.withHeadBytes(in: buffer.readableBytesSpan) { IncomingHead(head: head, bytes: $0) }
        announcedTime = incoming.keepAliveTime
        exchange.responseBegan(incoming)
    }

    /// The response is complete. The connection is given back first, so that the owner's next request may have it.
    private func completeExchange(_ buffer: ByteBuffer, end position: Int) {
        guard let exchange else { return }
        sights?.completed(trailers: parser.trailers)
        self.exchange = nil
        exchange.carrier = nil
        if position < buffer.readableBytes {
            refuseExcess(buffer, from: position)
        } else if parser.head.keepAlive, exchange.isSent {
            becomeIdle()
        } else {
            close()
        }
        exchange.end(.complete)
    }

    /// Bytes that answer nothing end the connection.
    private func refuseExcess(_ buffer: ByteBuffer, from position: Int) {
        sights?.malformed("bytes that no request asked for", buffer, from: position)
        close()
    }

    /// Waits for an exchange, as long as the configuration and the server have it.
    func becomeIdle() {
        var time = maker.configuration.pool.idleTime
        if let announcedTime { time = min(time, announcedTime - .seconds(1)) }
        guard time > .zero else {
            close()
            return
        }
        idleTimer = channel.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(time)) { [weak self] in
            self?.close()
        }
        maker.becameIdle(number)
    }

    private func fail(_ error: HTTPClientError) {
        guard let exchange else { return }
        self.exchange = nil
        exchange.carrier = nil
        close()
        exchange.fail(error)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if failure == nil { failure = error }
        channel.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        idleTimer?.cancel()
        maker.connectionClosed(number)
        let isComplete = exchange?.hasResponse == true && failure == nil && parser.finish() == .complete
        if isComplete { sights?.completed(trailers: []) }
        sights?.closed(failure)
        guard let exchange else { return }
        self.exchange = nil
        exchange.carrier = nil
        if isComplete {
            exchange.end(.complete)
        } else {
            exchange.fail(.ended(by: failure, peer: maker.peer, hasResponse: exchange.hasResponse))
        }
    }
}

extension IncomingHead {
    /// Reads a parsed head out of its bytes.
    init(head: HTTP1Head, bytes: RawSpan) {
        let request = HTTPRequest(head: head, bytes: bytes)
        self.init(status: head.status, fields: request.fields)
    }

    /// How long the server says that it keeps an idle connection: `Keep-Alive: timeout=5` (RFC 2068 §19.7.1.1).
    var keepAliveTime: Duration? {
        guard let value = self["keep-alive"] else { return nil }
        for parameter in value.split(separator: ",") {
            let text = parameter.filter { $0 != " " }.lowercased()
            guard text.hasPrefix("timeout="), let seconds = UInt32(text.dropFirst(8)) else { continue }
            return .seconds(Int64(seconds))
        }
        return nil
    }
}

extension Channel {
    /// Whether the connection is open on both sides, as far as the operating system knows. The event loop may not have
    /// heard yet that the peer has closed it.
    var isEstablished: Bool {
        guard isActive else { return false }
        guard let socket = self as? any SocketOptionProvider else { return true }
        var isEstablished = true
        // On the event loop the answer is there at once.
        socket.getTCPInfo().assumeIsolated().whenSuccess { isEstablished = $0.tcpi_state == UInt8(TCP_ESTABLISHED) }
        return isEstablished
    }
}
