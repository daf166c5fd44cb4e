import TestSupport
import Testing
import WireFormats

@Suite("The layout of a block")
struct BlockLayoutTests {
    private func rebuilt(_ layout: String, _ block: ServerSentBlock) -> [UInt8]? {
        BlockLayout.rebuild(
            layout, type: block.type, id: block.id, retry: block.retry, data: block.data, comment: block.comment)
    }

    private static let frames: [(stream: String, layout: String)] = [
        ("event: message\r\ndata: {}\r\n\r\n", "e_rd_rr"),
        ("id: 1\r\nevent: message\r\ndata: {}\r\nretry: 5\r\n\r\n", "i_re_rd_rt_rr"),
        ("id: 1\r\ndata: \r\nretry: 5\r\n\r\n", "i_rd_rt_rr"),
        ("event: message\nid: 1\ndata: {}\n\n", "e_ni_nd_nn"),
        ("event: message\nid: 1\nretry: 5\ndata: {}\n\n", "e_ni_nt_nd_nn"),
        ("data: {}\n\n", "d_nn"), ("data:{}\n\n", "dnn"), ("data\n\n", "d-nn"), ("data: a\rdata: b\r\r", "d_m2m"),
        (": ping - 2026-11-22 20:00:15+00:00\r\n\r\n", "crr"), (":\n\n", "cnn"), ("\n", "n"), ("\r\n", "r"),
        ("\u{FEFF}data: x\n\n", "bd_nn"), ("data: x\r\n", "d_r"), ("data: x", "d_"), ("event:\ndata: x\n\n", "end_nn"),
        ("data: a\ndata: b\n: c\n: d\ndata:e\r\n\n", "d_n2cn2drn"),
    ]

    @Test("of the frames that servers write", arguments: frames)
    func layout(_ stream: String, _ layout: String) throws {
        let block = try #require(StreamReading(stream).all.first)
        #expect(BlockLayout.describe(block) == layout)
        #expect(rebuilt(layout, block) == Array(stream.utf8))
    }

    @Test func `names an LF that belongs to the block before`() throws {
        let reading = StreamReading(["data: x\r\n\r", "\ndata: y\r\n\r\n"].map { Array($0.utf8) })
        let block = try #require(reading.blocks.last)
        #expect(BlockLayout.describe(block) == "ld_rr")
        #expect(rebuilt("ld_rr", block) == block.raw)
    }

    @Test(
        "there is none where the bytes do not follow from the columns",
        arguments: [
            "foo: bar\ndata: x\n\n", "event: a\nevent: b\n\n", "id: 1\nid: 2\n\n", "retry: 007\n\n", "retry: x\n\n",
            "data: \0\n\n", "retry: 99999999999999999999\n\n", "Data: x\n\n", "id: 12",
        ])
    func none(_ stream: String) throws {
        let block = try #require(StreamReading(stream).all.first)
        #expect(BlockLayout.describe(block) == nil)
    }

    @Test func `there is none where a text column could not hold the bytes`() throws {
        for bytes: [UInt8] in [[0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0]] {
            let block = try #require(StreamReading([Array("data: x".utf8) + bytes + [0x0A, 0x0A]]).blocks.first)
            #expect(BlockLayout.describe(block) == nil)
        }
    }

    @Test func `there is none where a block's parts contradict its bytes`() {
        let raw = Array("data: x\n\n".utf8)
        for block in [
            ServerSentBlock(kind: .event, raw: raw, data: [0x79]), ServerSentBlock(kind: .event, raw: raw),
            ServerSentBlock(kind: .event, raw: raw, type: "m", data: [0x78]),
            ServerSentBlock(kind: .event, raw: raw, id: "", data: [0x78]),
            ServerSentBlock(kind: .event, raw: raw, retry: 0, data: [0x78]),
            ServerSentBlock(kind: .event, raw: raw, data: [0x78], comment: []),
            ServerSentBlock(kind: .event, raw: raw, data: [0x78, 0x0A]),
        ] { #expect(BlockLayout.describe(block) == nil) }
    }

    @Test(
        "a text that is none rebuilds nothing",
        arguments: [
            "x", "d_nnn", "d_n2n", "d_n0n", "d_n99999999999999999999n", "e_ne_nd_nn", "c_n", "t_n", "d-n", "bb", "_",
        ])
    func refused(_ layout: String) {
        #expect(BlockLayout.rebuild(layout, type: "t", id: nil, data: [0x78], comment: nil) == nil)
    }

    @Test("random blocks that have a layout are rebuilt from it exactly", arguments: 0..<4)
    func randomBlocks(_ seed: UInt64) {
        var generator = SeededGenerator(state: seed &+ 5000)
        var described = 0
        for _ in 0..<500 {
            let bytes = RandomStream.bytes(using: &generator)
            for block in StreamReading(randomSplit(of: bytes, using: &generator)).all {
                guard let layout = BlockLayout.describe(block) else { continue }
                described += 1
                #expect(rebuilt(layout, block) == block.raw, "\(layout) \(block.raw)")
            }
        }
        #expect(described > 500)
    }
}
