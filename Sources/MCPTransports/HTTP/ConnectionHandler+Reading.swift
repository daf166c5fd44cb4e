import NIOCore
import WireFormats

extension ConnectionHandler {
    /// Reads parts until a request is complete or the bytes run out.
    func readRequests(_ context: ChannelHandlerContext) {
        while phase == .reading {
            var bytes = inbox
            var position = 0
            do throws(HTTP1Error) {
                guard let part = try parser.next(bytes.readableBytesSpan, &position) else {
                    inbox.clear()
                    inbox = ByteBuffer()
                    return
                }
                take(part, in: bytes, context)
            } catch {
                refuseAndLinger(.text(error.responseStatus, error.description), context)
                return
            }
            bytes.moveReaderIndex(forwardBy: position)
            inbox = bytes
        }
    }

    private func take(_ part: HTTP1Parser.Part, in bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        switch part {
        case .head:
            takeHead(in: bytes, context)
        case .body(let range):
            takeBody(range, of: bytes, context)
        case .end:
            dispatch(context)
        case .chunk, .skipped:
            break
        }
    }

    private func takeHead(in bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        let head = parser.head
        let request = parser.withHeadBytes(in: bytes.readableBytesSpan) { text in
            HTTPRequest(head: head, bytes: text)
        }
        self.request = request
        encoder = ResponseEncoder(keepsAlive: head.keepAlive, minorVersion: head.minorVersion)
        refusal = responder.refusal(of: request)
        if case .length(let length) = head.framing, length > UInt64(settings.limits.bodyBytes) {
            refuseAndLinger(Self.tooLarge(settings.limits.bodyBytes), context)
        } else if head.expectContinue {
            guard refusal == nil else { return refuseAndLinger(refusal ?? .text(417, ""), context) }
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
        }
    }

    private func takeBody(_ range: Range<Int>, of bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        guard body.count + range.count <= settings.limits.bodyBytes else {
            refuseAndLinger(Self.tooLarge(settings.limits.bodyBytes), context)
            return
        }
        body.append(contentsOf: bytes.readableBytesView.dropFirst(range.lowerBound).prefix(range.count))
    }

    private static func tooLarge(_ limit: Int) -> HTTPResponse {
        .text(413, "The body is longer than the \(limit) bytes that this server reads.")
    }

    /// Gives a complete request to the responder.
    private func dispatch(_ context: ChannelHandlerContext) {
        guard let request else { return }
        let body = self.body
        self.request = nil
        self.body = []
        phase = .answering
        isRequestTimed = false
        let exchange = HTTPExchange(channel: context.channel, slowReaders: settings.slowReaders)
        exchange.setWritable(context.channel.isWritable)
        self.exchange = exchange
        armTimer(context)
        if let refusal {
            self.refusal = nil
            exchange.respond(refusal)
        } else {
            responder.respond(to: request, body: body, on: exchange)
        }
    }

    /// Answers a request that will not be read to its end, and ends the connection.
    func refuseAndLinger(_ response: HTTPResponse, _ context: ChannelHandlerContext) {
        encoder.keepsAlive = false
        var buffer = context.channel.allocator.buffer(capacity: 512)
        encoder.encode(response, date: settings.now(), into: &buffer)
        context.write(wrapOutboundOut(buffer), promise: nil)
        linger(context)
    }
}

extension HTTPRequest {
    /// Reads a parsed head out of its bytes; what is no UTF-8 is replaced, which makes it match nothing.
    init(head: HTTP1Head, bytes: RawSpan) {
        func text(_ range: Range<Int>) -> String {
            bytes.extracting(range).withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        }
        var fields: [Field] = []
        fields.reserveCapacity(head.fieldCount)
        for index in 0..<head.fieldCount {
            let field = head.field(index)
            fields.append(Field(name: text(field.name).lowercased(), value: text(field.value)))
        }
        self.init(method: text(head.methodRange), target: text(head.targetRange), fields: fields)
    }
}
