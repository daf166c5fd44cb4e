import NIOCore
import WireFormats

/// One HTTP/1 connection of a server: one request at a time, in order, until one side ends it.
///
/// A channel handler rather than a task, because thousands of idle event streams must cost little. It runs on its event
/// loop only; what answers a request talks to it through ``HTTPExchange``. A pipelined request waits, up to
/// ``readAhead`` bytes, then the socket is not read further.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ResponseBatch
    typealias OutboundOut = ByteBuffer

    struct Settings: Sendable {
        var limits: SSEServerTransport.Limits
        var timeouts: SSEServerTransport.Timeouts
        var heartbeat = Heartbeat.comment
        let slowReaders: SlowReaders
        var now: @Sendable () -> UTCTime
    }

    enum Phase {
        /// Between requests, or within one.
        case reading
        /// A request is being answered.
        case answering
        /// The last response was given; what still comes is thrown away, so that the client gets to read it
        /// (RFC 9112 §9.6).
        case lingering
    }

    static let readAhead = 64 * 1024
    static let lingerTime = TimeAmount.seconds(1)

    let settings: Settings
    let responder: any HTTPResponder
    var phase = Phase.reading
    var parser: HTTP1Parser
    /// Bytes that belong to a later request.
    var inbox = ByteBuffer()
    var request: HTTPRequest?
    var refusal: HTTPResponse?
    var body: [UInt8] = []
    var exchange: HTTPExchange?
    var encoder = ResponseEncoder(keepsAlive: true, minorVersion: 1)
    var isStreaming = false
    /// Whether the open stream may carry requests to the client.
    var carriesRequests = false
    var heartbeats = 0
    var isReadPaused = false
    /// Whether the timer counts the time of a request that has begun, not that of an idle connection.
    var isRequestTimed = false
    /// Whether a lingering connection has sent all it had.
    var isAllSent = false
    let clock: LoopClock
    /// While the connection is open.
    var context: ChannelHandlerContext?

    init(settings: Settings, clock: LoopClock, responder: any HTTPResponder) {
        self.settings = settings
        self.clock = clock
        self.responder = responder
        let limits = HTTP1Parser.Limits(headBytes: settings.limits.headBytes)
        parser = HTTP1Parser(role: .request, policy: .strict, limits: limits)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        clock.forget(self)
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        armTimer(context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        switch phase {
        case .lingering: return
        case .answering: inbox.writeBuffer(&bytes)
        case .reading:
            if inbox.readableBytes > 0 {
                inbox.writeBuffer(&bytes)
            } else {
                inbox = bytes
            }
            readRequests(context)
            if phase == .reading, !isRequestTimed, isWithinRequest {
                isRequestTimed = true
                armTimer(context)
            }
        }
    }

    /// Whether a request has begun and is not complete.
    var isWithinRequest: Bool { request != nil || !parser.isBetweenMessages }

    func read(context: ChannelHandlerContext) {
        if phase == .answering, inbox.readableBytes > Self.readAhead {
            isReadPaused = true
        } else {
            context.read()
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        exchange?.setWritable(context.channel.isWritable)
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        clock.forget(self)
        exchange?.connectionClosed()
        exchange = nil
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
