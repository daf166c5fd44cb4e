import NIOCore
import NIOHPACK
import NIOHTTP2
import WireFormats

/// One exchange on its stream of an HTTP/2 connection (RFC 9113 §8).
final class HTTP2Stream: ChannelInboundHandler, ExchangeCarrier {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    private let connection: HTTP2Connection
    private let request: OutgoingRequest
    private var exchange: Exchange?
    private var channel: (any Channel)?
    private var failure: (any Error)?

    init(_ exchange: Exchange, on connection: HTTP2Connection) {
        self.exchange = exchange
        self.connection = connection
        request = exchange.request
    }

    func drop(_ exchange: Exchange) {
        self.exchange = nil
        channel?.close(promise: nil)
    }

    /// No stream could be had: nothing was sent, and another connection may take the exchange.
    func couldNotBegin(_ error: any Error) {
        guard let exchange = release() else { return }
        if connection.isUsable {
            exchange.fail(HTTPClientError(.connectionClosed, "\(connection.maker.peer) takes no stream", cause: error))
        } else {
            connection.maker.replace(exchange, from: connection)
        }
    }

    func channelActive(context: ChannelHandlerContext) {
        channel = context.channel
        guard let exchange else { return context.close(promise: nil) }
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenSuccess { exchange.isSent = true }
        let body = request.body.flatMap { $0.readableBytes > 0 ? $0 : nil }
        let head = HTTP2Frame.FramePayload.headers(.init(headers: headers, endStream: body == nil))
        guard let body else { return context.writeAndFlush(wrapOutboundOut(head), promise: sent) }
        context.write(wrapOutboundOut(head), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.data(.init(data: .byteBuffer(body), endStream: true))), promise: sent)
    }

    private var headers: HPACKHeaders {
        let origin = connection.maker.route.origin
        let fields = request.completeFields(userAgent: connection.maker.configuration.userAgent)
        var headers = HPACKHeaders()
        headers.reserveCapacity(fields.count + 4)
        headers.add(name: ":method", value: request.method)
        headers.add(name: ":scheme", value: "https")
        headers.add(name: ":authority", value: fields.first { $0.name == "host" }?.value ?? origin.authority)
        headers.add(name: ":path", value: request.target)
        for field in fields where field.name != "host" { headers.add(name: field.name, value: field.value) }
        return headers
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .headers(let frame):
            takeHeaders(frame.headers)
            if frame.endStream { complete() }
        case .data(let frame):
            if case .byteBuffer(let bytes) = frame.data, bytes.readableBytes > 0 { exchange?.responseBody(bytes) }
            if frame.endStream { complete() }
        default: break
        }
    }

    /// Heads of informational responses are passed over, and so are trailers.
    private func takeHeaders(_ headers: HPACKHeaders) {
        guard let exchange, !exchange.hasResponse, let status = headers.first(name: ":status").flatMap({ Int($0) }),
            status >= 200
        else { return }
        let fields = headers.compactMap { field in
            field.name.hasPrefix(":") ? nil : HTTPRequest.Field(name: field.name, value: field.value)
        }
        exchange.responseBegan(IncomingHead(status: status, fields: fields))
    }

    /// The response is complete; what is left of the request is not needed any more (RFC 9113 §8.1).
    private func complete() {
        guard let exchange = release() else { return }
        guard exchange.hasResponse else {
            channel?.close(promise: nil)
            let sentence = "\(connection.maker.peer) ended a stream without a response"
            return exchange.fail(HTTPClientError(.invalidResponse, sentence))
        }
        if !exchange.isSent { channel?.close(promise: nil) }
        exchange.end(.complete)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if failure == nil { failure = error }
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        guard exchange != nil else { return }
        let stream = try? context.channel.syncOptions?.getOption(HTTP2StreamChannelOptions.streamID)
        // The connection's own end is known a moment later, and says more.
        context.eventLoop.assumeIsolated().execute { self.ended(stream) }
    }

    private func ended(_ stream: HTTP2StreamID?) {
        guard let exchange = release() else { return }
        let peer = connection.maker.peer
        guard let reset = failure as? NIOHTTP2Errors.StreamClosed else {
            return exchange.fail(connection.reason(hasResponse: exchange.hasResponse))
        }
        let error = HTTPClientError(.connectionReset, "\(peer) reset the stream: \(reset.errorCode)", cause: reset)
        if !exchange.hasResponse, reset.errorCode == .refusedStream || connection.hasDisowned(stream) {
            exchange.end(.notSent(error))
        } else {
            exchange.fail(error)
        }
    }

    private func release() -> Exchange? {
        defer { exchange = nil }
        exchange?.carrier = nil
        return exchange
    }
}
