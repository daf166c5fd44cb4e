import NIOCore
import WireFormats

/// Asks a proxy for a tunnel to the origin (`CONNECT`, RFC 9110 §9.3.6), and starts TLS in it.
final class ProxyTunnel: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let proxy: ProxyServer
    private let origin: HTTPURL
    private let userAgent: String
    private var parser = HTTP1Parser(role: .response, policy: .strict)
    private var negotiation: Negotiation?
    private var whenDone: ((Result<Negotiation.Wire, HTTPClientError>) -> Void)?

    init(proxy: ProxyServer, to origin: HTTPURL, userAgent: String) {
        self.proxy = proxy
        self.origin = origin
        self.userAgent = userAgent
    }

    private var name: String { "the HTTP proxy \(Route.named(proxy.url))" }

    /// Sends the request; `whenDone` is called once, by this or by the negotiation.
    func start(
        on channel: any Channel, then negotiation: Negotiation,
        whenDone: @escaping (Result<Negotiation.Wire, HTTPClientError>) -> Void
    ) throws {
        self.negotiation = negotiation
        self.whenDone = whenDone
        parser.expectResponse(to: .connect)
        try channel.pipeline.syncOperations.addHandler(self)
        let target = Route.named(origin)
        var head = channel.allocator.buffer(capacity: 256)
        head.writeString("CONNECT \(target) HTTP/1.1\r\nhost: \(target)\r\nuser-agent: \(userAgent)\r\n")
        if let authorization = proxy.authorization { head.writeString("proxy-authorization: \(authorization)\r\n") }
        head.writeString("\r\n")
        channel.writeAndFlush(head, promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        var position = 0
        do throws(HTTP1Error) {
            while whenDone != nil, let part = try parser.next(buffer.readableBytesSpan, &position) {
                guard case .head = part, !parser.head.isInformational else { continue }
                answered(parser.head.status, hasExcess: position < buffer.readableBytes, context)
            }
        } catch {
            fail("\(name) sent no valid HTTP response", cause: error)
        }
    }

    private func answered(_ status: Int, hasExcess: Bool, _ context: ChannelHandlerContext) {
        switch status {
        case 200..<300 where hasExcess: fail("\(name) sent more than a tunnel")
        case 200..<300: startTLS(context)
        case 407: fail("\(name) wants a user and password that it knows; put them into its URL")
        default: fail("\(name) answered \(status) when asked for a tunnel to \(Route.named(origin))")
        }
    }

    private func startTLS(_ context: ChannelHandlerContext) {
        guard let whenDone, let negotiation else { return }
        self.whenDone = nil
        let channel = context.channel
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
        do {
            try negotiation.start(on: channel, peer: Route.named(origin), whenDone: whenDone)
        } catch {
            whenDone(.failure(.tls(error, peer: Route.named(origin))))
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard whenDone != nil else { return context.fireErrorCaught(error) }
        fail("\(name) broke the connection", cause: error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail("\(name) ended the connection without a response")
        context.fireChannelInactive()
    }

    private func fail(_ sentence: String, cause: (any Error)? = nil) {
        let whenDone = whenDone
        self.whenDone = nil
        whenDone?(.failure(HTTPClientError(.proxy, sentence, cause: cause)))
    }
}
