import NIOCore
import NIOSSL
import NIOTLS

/// The TLS handshake on a fresh connection, and what it says of the protocol that follows (ALPN, RFC 7301).
final class Negotiation: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    enum Wire: Sendable { case http1, http2 }

    private let context: NIOSSLContext
    private let serverName: String?
    private var peer = ""
    private var failure: (any Error)?
    private var whenDone: ((Result<Wire, HTTPClientError>) -> Void)?

    init(context: NIOSSLContext, serverName: String?) {
        self.context = context
        self.serverName = serverName
    }

    /// Begins; `whenDone` is called once, on the event loop. Handlers that it adds get everything that follows.
    func start(
        on channel: any Channel, peer: String, whenDone: @escaping (Result<Wire, HTTPClientError>) -> Void
    ) throws {
        self.peer = peer
        self.whenDone = whenDone
        let security = try NIOSSLClientHandler(context: context, serverHostname: serverName)
        // Last in the pipeline before the handshake begins, which happens when the other is added.
        try channel.pipeline.syncOperations.addHandler(self)
        try channel.pipeline.syncOperations.addHandler(security, position: .before(self))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted(let negotiated)? = event as? TLSUserEvent {
            context.pipeline.syncOperations.removeHandler(self, promise: nil)
            done(.success(negotiated == "h2" ? .http2 : .http1))
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard whenDone != nil else { return context.fireErrorCaught(error) }
        done(.failure(.tls(error, peer: peer)))
    }

    func channelInactive(context: ChannelHandlerContext) {
        done(.failure(HTTPClientError(.tls, "\(peer) ended the connection within the TLS handshake")))
        context.fireChannelInactive()
    }

    private func done(_ result: Result<Wire, HTTPClientError>) {
        let whenDone = whenDone
        self.whenDone = nil
        whenDone?(result)
    }
}
