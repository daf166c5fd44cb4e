import Recording
import TestSupport
import Testing
import Traffic

/// Encoded content with secrets: what was sent is kept only where it holds none.
@Suite struct EncodedRedactionTests {
    private static let secret = Array(#"{"jsonrpc":"2.0","id":1,"result":{"password":"s3cr3t"}}"#.utf8)
    private static let plain = Array(#"{"jsonrpc":"2.0","id":1,"result":{"note":"n"}}"#.utf8)

    private static func answered(_ coding: String, _ pieces: [[UInt8]], type: String = "application/json")
        -> EncodedExchange
    {
        var exchange = EncodedExchange(redactor: Redactor(key: Array(0..<32)))
        exchange.request()
        exchange.response(coding, type: type)
        for piece in pieces {
            exchange.body(piece)
            exchange.take()
            #expect(exchange.row?.responseRaw == nil, "held until it is known")
        }
        exchange.end()
        return exchange
    }

    @Test func `a masked body stands without what was sent, another one with it`() {
        let masked = Self.answered("gzip", [Deflating.whole(Self.secret, .gzip)]).row
        #expect(masked?.responseRaw == nil && masked?.redacted == 1)
        let body = String(decoding: masked?.responseBody ?? [], as: UTF8.self)
        #expect(body.contains(#""password":"hmac:"#) && body.hasSuffix(#""}}"#))
        let bytes = Deflating.whole(Self.plain, .gzip)
        let whole = Self.answered("gzip", bytes.map { [$0] }).row
        #expect(whole?.responseRaw == bytes && whole?.responseBody == Self.plain && whole?.redacted == 0)
    }

    @Test func `so do requests and streams`() {
        var exchange = EncodedExchange(redactor: Redactor(key: Array(0..<32)))
        exchange.request("deflate", Deflating.whole(Self.secret, .zlib).map { [$0] })
        exchange.response("gzip", type: "text/event-stream")
        let blocks = [Self.plain, Self.secret, Self.plain].map { Array("data: ".utf8) + $0 + [10, 10] }
        for piece in Deflating.pieces(blocks + [[]], .gzip) { exchange.body(piece) }
        exchange.end()
        #expect(exchange.row?.requestRaw == nil && exchange.row?.responseRaw == nil && exchange.row?.redacted == 2)
        #expect(
            exchange.blocks.map { String(decoding: $0.raw, as: UTF8.self).contains("hmac:") } == [false, true, false])
        #expect(exchange.blocks[0].raw == blocks[0])
    }

    @Test func `an endpoint with a secret is not kept as sent either`() {
        let block = Array("event: endpoint\ndata: /messages?token=s3cr3t\n\n".utf8)
        let exchange = Self.answered("gzip", [Deflating.whole(block, .gzip)], type: "text/event-stream")
        #expect(exchange.row?.responseRaw == nil)
        #expect(exchange.blocks.first.map { String(decoding: $0.raw, as: UTF8.self).contains("hmac:") } == true)
    }

    @Test func `OAuth answers that are no messages are masked in encoded bodies too`() {
        let token = Array(#"{"token":"s3cr3t","code":"s3cr3t"}"#.utf8)
        let row = Self.answered("gzip", [Deflating.whole(token, .gzip)]).row
        #expect(row?.responseRaw == nil && row?.redacted == 2)
        let body = String(decoding: row?.responseBody ?? [], as: UTF8.self)
        #expect(!body.contains("s3cr3t"))
    }

    @Test func `of what cannot be decoded to its end only the part that was looked at is kept`() {
        let lie = Self.answered("gzip", [Self.secret])
        #expect(lie.row?.responseRaw?.count == 2 && lie.row?.notes.map(\.why) == [.broken])
        let tail = Deflating.whole(Self.plain, .gzip)
        let trailing = Self.answered("gzip", [tail + Self.secret])
        #expect(trailing.row?.responseRaw == tail)
        let brotli = Self.answered("br", [Self.secret])
        #expect(brotli.row?.responseRaw == nil && brotli.row?.notes.map(\.why) == [.unread])
        #expect(Self.answered("br", [[1, 2, 3]]).row?.responseRaw == [1, 2, 3])
    }
}
