import TestSupport
import Testing
import WireFormats

@Suite("The block reader")
struct ServerSentBlockReaderTests {
    private static let kinds: [(stream: String, kind: ServerSentBlock.Kind)] = [
        ("data: x\n\n", .event), ("event: a\ndata: x\nretry: 5\n: c\n\n", .event), ("data\ndata\n\n", .event),
        ("data\n\n", .empty), ("data:\nretry: 5\n\n", .empty), ("id: 1\n\n", .empty), ("event: x\n: c\n\n", .empty),
        ("unknown\n\n", .empty), ("retry: x\n\n", .empty), ("\n", .empty), ("\r\n", .empty), ("\u{FEFF}\n", .empty),
        ("retry: 5\n\n", .retry), ("id: 1\nretry: 5\n: c\n\n", .retry),
        (":\n\n", .comment), (": a\n: b\n\n", .comment),
        ("data: x\n", .partial), ("data: x", .partial), (":", .partial), ("id: 4\n", .partial),
    ]

    @Test("tells what a block is to a reader", arguments: kinds)
    func kind(_ stream: String, _ kind: ServerSentBlock.Kind) {
        for chunks in splits(of: Array(stream.utf8)) {
            let all = StreamReading(chunks).normalized
            #expect(all.map(\.kind) == [kind], "\(stream.debugDescription)")
        }
    }

    @Test func `keeps comments with all that follows the colon`() {
        let block = StreamReading(": ping - 2026-11-22 20:00:15+00:00\r\n:\r\n:x\r\n\r\n").blocks.first
        #expect(block?.comment == Array(" ping - 2026-11-22 20:00:15+00:00\n\nx".utf8))
        #expect(block?.data == nil)
    }

    @Test func `the last type and the last valid id and retry count`() {
        let block = StreamReading("event: a\nevent: b\nid: 1\nid: 2\0\nretry: 7\nretry: 7s\n\n").blocks.first
        #expect(block?.type == "b")
        #expect(block?.id == "1")
        #expect(block?.retry == 7)
        #expect(StreamReading("event: a\nevent\n\n").blocks.first?.type == nil)
    }

    @Test func `a retry beyond all bounds is the greatest number`() {
        let block = StreamReading("retry: 99999999999999999999999\n\n").blocks.first
        #expect(block?.retry == .max)
    }

    @Test func `a cut line gives its data but neither id nor retry`() {
        #expect(StreamReading("id: 1\ndata: {\"a").end?.data == Array("{\"a".utf8))
        #expect(StreamReading("id: 1\ndata: {\"a").end?.id == "1")
        #expect(StreamReading("id: 12").end?.id == nil)
        #expect(StreamReading("retry: 20").end?.retry == nil)
        #expect(StreamReading("retry: 20\n").end?.retry == 20)
        #expect(StreamReading("event: mess").end?.type == "mess")
    }

    @Test func `an empty stream has no blocks and a lone mark is no cut block`() {
        #expect(StreamReading("").all.isEmpty)
        #expect(StreamReading("\u{FEFF}").all == [ServerSentBlock(kind: .empty, raw: [0xEF, 0xBB, 0xBF])])
        #expect(StreamReading([[0xEF, 0xBB]]).all.map(\.kind) == [.partial])
    }

    @Test func `a mark before the first of several data lines is no part of it`() {
        let block = StreamReading("\u{FEFF}data: a\ndata: b\n\n").blocks.first
        #expect(block?.data == Array("a\nb".utf8))
    }

    @Test func `an emoji and a lone continuation byte pass every split`() {
        let bytes = Array("data: a😀b".utf8) + [0x80] + Array("c\nid: 😀\n\n".utf8)
        for chunks in splits(of: bytes) {
            let reading = StreamReading(chunks)
            #expect(reading.blocks.first?.data == Array("a😀b".utf8) + [0x80, 0x63])
            #expect(reading.events.dispatched == [.init(data: "a😀b\u{FFFD}c", lastEventID: "😀")])
        }
    }

    @Test("random streams give the same blocks for every split, and lose no byte", arguments: 0..<8)
    func randomStreams(_ seed: UInt64) {
        var generator = SeededGenerator(state: seed)
        for _ in 0..<250 {
            let bytes = RandomStream.bytes(using: &generator)
            let whole = StreamReading([bytes])
            #expect(whole.joined == bytes)
            for _ in 0..<4 {
                let chunks = randomSplit(of: bytes, using: &generator)
                let reading = StreamReading(chunks)
                #expect(reading.joined == bytes, "\(chunks)")
                #expect(reading.normalized == whole.normalized, "\(chunks)")
                #expect(reading.events.dispatched == whole.events.dispatched, "\(chunks)")
            }
        }
    }

    @Test("random streams give the events of a line-by-line reading", arguments: 0..<4)
    func agreesWithLines(_ seed: UInt64) {
        var generator = SeededGenerator(state: seed &+ 1000)
        for _ in 0..<500 {
            let bytes = RandomStream.bytes(using: &generator)
            let (events, state) = StreamReading([bytes]).events
            let expected = LineByLineSource(bytes)
            #expect(events == expected.events, "\(bytes)")
            #expect(state == expected.state, "\(bytes)")
        }
    }
}
