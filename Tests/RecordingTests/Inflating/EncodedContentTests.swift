import Recording
import TestSupport
import Testing
import Traffic
import WireFormats

/// Content in gzip and deflate, from HTTP parts to rows.
@Suite struct EncodedContentTests {
    private static func content(_ random: inout SeededGenerator) -> [UInt8] {
        let word = (0..<(1 + random.below(40))).map { _ in UInt8(random.below(256)) }
        return (0..<random.below(3000)).flatMap { _ in random.chance(3) ? word : [UInt8(random.below(256))] }
    }

    private static func encoded(_ content: [UInt8], _ random: inout SeededGenerator) -> (name: String, bytes: [UInt8]) {
        let level = Int32(random.below(10))
        switch random.below(4) {
        case 0: return ("Deflate", Deflating.whole(content, .zlib, level: level))
        case 1: return ("identity, deflate", Deflating.whole(content, .none, level: level))
        case 2: return ("x-gzip", Deflating.whole(content, .gzip, level: level))
        default:
            // Members one behind the other, filled up with zeros.
            let cut = random.below(content.count + 1)
            let members = [Array(content[..<cut]), [], Array(content[cut...])]
            let bytes = members.flatMap { Deflating.whole($0, .gzip, level: level) }
            return ("gzip", bytes + [UInt8](repeating: 0, count: random.below(3)))
        }
    }

    @Test(arguments: 0..<40)
    func `any content is stored as sent and decoded, in any split, of requests and responses`(seed: Int) throws {
        var random = SeededGenerator(seed)
        let content = Self.content(&random)
        let (name, bytes) = Self.encoded(content, &random)
        let limit = random.chance(2) ? 3 : 700
        let pieces = bytes.pieces(upTo: limit, using: &random)
        var exchange = EncodedExchange()
        exchange.request(name, pieces, type: "application/octet-stream")
        exchange.response(name, type: "application/octet-stream")
        for piece in bytes.pieces(upTo: limit, using: &random) { exchange.body(piece) }
        exchange.end()
        let row = try #require(exchange.row)
        #expect(row.requestBody ?? [] == content && row.responseBody ?? [] == content)
        #expect(row.requestRaw == bytes && row.responseRaw == bytes)
        #expect(row.notes == [] && exchange.gaps.isEmpty)
    }

    @Test(arguments: [("gzip", Wrapping.gzip), ("deflate", .zlib), ("deflate", .none)])
    func `an event of an encoded stream is told when it was flushed`(name: String, wrapping: Wrapping) throws {
        let events = (0..<20).map { "event: message\ndata: {\"n\":\($0)}\n\n" }
        let pieces = Deflating.pieces(events.map { Array($0.utf8) } + [[]], wrapping)
        var exchange = EncodedExchange()
        exchange.request()
        exchange.response(name, type: "text/event-stream")
        for (index, piece) in pieces.dropLast().enumerated() {
            exchange.body(piece)
            exchange.take()
            #expect(exchange.blocks.count == index + 1)
        }
        exchange.body(try #require(pieces.last))
        exchange.end()
        #expect(exchange.blocks.map { String(decoding: $0.raw, as: UTF8.self) } == events)
        #expect(exchange.row?.responseRaw == pieces.flatMap { $0 })
        #expect(exchange.row?.responseBody == nil && exchange.row?.notes == [])
    }

    @Test func `messages of encoded bodies are read`() {
        let request = Array(#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#.utf8)
        let answer = Array(#"{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}"#.utf8)
        var exchange = EncodedExchange()
        exchange.request("deflate", [Deflating.whole(request, .zlib)])
        exchange.response("gzip")
        exchange.body(Deflating.whole(answer, .gzip))
        exchange.end()
        #expect(exchange.messages.map(\.kind) == [.request, .response])
        #expect(exchange.messages.map(\.bytes) == [Int64(request.count), Int64(answer.count)])
        #expect(exchange.messages.last?.callID == exchange.messages.first?.callID)
    }

    @Test(arguments: [("gzip", Wrapping.gzip), ("deflate", .zlib), ("deflate", .none)])
    func `cut anywhere, what came out before is kept and a note says that the end is missing`(
        name: String, wrapping: Wrapping
    ) {
        let content = Array("what came before the cut is told, and told again before the cut".utf8)
        let bytes = Deflating.whole(content, wrapping)
        var longest = 0
        for cut in 1..<bytes.count {
            let row = EncodedExchange.answered(name, [Array(bytes[..<cut])]).row
            let body = row?.responseBody ?? []
            #expect(content.starts(with: body) && body.count >= longest)
            longest = body.count
            #expect(row?.notes.map(\.why) == [.cut] && row?.notes.first?.place == .response)
            let left = EncodedExchange.answered(name, [Array(bytes[..<cut])], .rst).row
            #expect(left?.notes == [], "the end of the exchange tells it")
        }
        #expect(longest > 0)
    }

    @Test func `what is wrong is kept as sent, and what stood before it is decoded`() {
        let content = [UInt8]((0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) })
        var bytes = Deflating.whole(content, .gzip)
        bytes[bytes.count / 2] ^= 0xFF
        let row = EncodedExchange.answered("gzip", [bytes]).row
        #expect(row?.responseRaw == bytes && row?.notes.map(\.why) == [.broken])
        let plain = EncodedExchange.answered("gzip", [Array("{}".utf8)], type: "application/json")
        #expect(plain.row?.responseBody == nil && plain.row?.responseRaw == Array("{}".utf8))
        #expect(plain.row?.notes == [ContentNote(place: .response, coding: "gzip", why: .broken, offset: 2)])
        #expect(plain.messages.isEmpty)
    }

    @Test func `what follows the end is noted`() {
        let bytes = Deflating.whole(Array("abc".utf8), .zlib)
        for (name, encoded) in [("deflate", bytes), ("gzip", Deflating.whole(Array("abc".utf8), .gzip))] {
            let row = EncodedExchange.answered(name, [encoded + Array("tail".utf8)]).row
            #expect(row?.responseBody == Array("abc".utf8))
            #expect(row?.notes.map(\.why) == [.trailing] && row?.notes.first?.offset == Int64(encoded.count))
        }
    }

    @Test(arguments: ["br", "zstd", "gzip, br", "br, gzip"])
    func `other codings are kept as sent, with a note`(name: String) {
        let body = EncodedExchange.answered(name, [[1, 2], [3]], type: "application/json")
        let note = ContentNote(place: .response, coding: name, why: .unread, offset: 0)
        #expect(body.row?.responseRaw == [1, 2, 3] && body.row?.responseBody == nil && body.row?.notes == [note])
        let stream = EncodedExchange.answered(name, [[1, 2], [3]], type: "text/event-stream")
        #expect(stream.row?.responseRaw == [1, 2, 3] && stream.blocks.isEmpty && stream.row?.notes == [note])
        #expect(EncodedExchange.answered(name, []).row?.notes == [], "no content, nothing to note")
    }

    @Test func `bytes that were missed end the decoding, not the record`() {
        let pieces = Deflating.pieces([Array("data: 1\n\n".utf8), Array("data: 2\n\n".utf8), []], .gzip)
        var exchange = EncodedExchange()
        exchange.request()
        exchange.response("gzip", type: "text/event-stream")
        exchange.body(pieces[0])
        exchange.gap()
        exchange.body(pieces[1])
        exchange.end()
        #expect(exchange.blocks.map { String(decoding: $0.raw, as: UTF8.self) } == ["data: 1\n\n"])
        #expect(exchange.row?.responseRaw == pieces[0] + pieces[1] && exchange.gaps.map(\.bytes) == [9])
    }
}
