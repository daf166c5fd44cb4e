import NIOCore
import WireFormats

/// One connection of a ``ScriptedServer``: reads requests one at a time and gives each to the script.
final class ScriptedConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// More than that is not taken: neither as one body nor as what waits for its turn.
    static let byteLimit = 16 << 20

    private let number: Int
    private let script: ScriptRunner
    private var parser = HTTP1Parser(role: .request, policy: .strict)
    private var inbox = ByteBuffer()
    private var head: RequestHead?
    private var body: [UInt8] = []
    private var exchange: ScriptedExchange?
    private var isFailed = false

    init(number: Int, script: ScriptRunner) {
        self.number = number
        self.script = script
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        guard !isFailed else { return }
        inbox.writeBuffer(&bytes)
        if exchange == nil { readRequest(context) }
        if inbox.readableBytes > Self.byteLimit { fail("sent more than it waits for an answer to", context) }
    }

    private func readRequest(_ context: ChannelHandlerContext) {
        while exchange == nil, !isFailed {
            let bytes = inbox
            var position = 0
            do throws(HTTP1Error) {
                guard let part = try parser.next(bytes.readableBytesSpan, &position) else { return inbox.clear() }
                take(part, bytes, context)
            } catch {
                return fail("sent what is no HTTP/1 request (\(error))", context)
            }
            inbox.moveReaderIndex(forwardBy: position)
        }
    }

    private func take(_ part: HTTP1Parser.Part, _ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        switch part {
        case .head:
            let parsed = parser.head
            head = parser.withHeadBytes(in: bytes.readableBytesSpan) { RequestHead(parsed, $0) }
            if parsed.expectContinue {
                context.writeAndFlush(
                    wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
            }
        case .body(let range):
            body.append(contentsOf: bytes.readableBytesView.dropFirst(range.lowerBound).prefix(range.count))
            if body.count > Self.byteLimit { fail("sent a body of more than \(Self.byteLimit) bytes", context) }
        case .end:
            guard let head else { return }
            exchange = script.take(head, body: body, connection: number, channel: context.channel)
            self.head = nil
            body = []
        case .chunk, .skipped:
            break
        }
    }

    private func fail(_ deed: String, _ context: ChannelHandlerContext) {
        isFailed = true
        inbox = ByteBuffer()
        script.report("A client \(deed).")
        context.close(promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let completed = event as? ScriptedExchange.Completed else {
            return context.fireUserInboundEventTriggered(event)
        }
        exchange = nil
        guard completed.keepsAlive else { return context.close(mode: .output, promise: nil) }
        readRequest(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        exchange?.connectionClosed()
        exchange = nil
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
