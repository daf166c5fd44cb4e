import Testing
import WireFormats

@Suite("The event stream parser")
struct EventStreamParserTests {
    @Test func `fits in 128 bytes and holds none at rest`() {
        #expect(MemoryLayout<EventStreamParser>.stride <= 128)
        var parser = EventStreamParser()
        let bytes = Array("data: x\n\ndata: y\n\n".utf8)
        var position = 0
        while parser.next(in: bytes.span.bytes, from: &position) == .block {}
        #expect(position == bytes.count)
        #expect(parser.heldBytes == 0)
    }

    @Test func `finds the fields of a whole block in place`() throws {
        let bytes = Array(": hi\nevent: m\nid: 7\nretry: 25\ndata: {}\n\nrest".utf8)
        var parser = EventStreamParser()
        var position = 0
        #expect(parser.next(in: bytes.span.bytes, from: &position) == .block)
        let range = try #require(parser.blockRange)
        #expect(range == 0..<bytes.count - 4)
        #expect(position == range.upperBound)
        let fields = parser.fields
        func text(_ place: Range<Int>?) -> String? { place.map { String(decoding: bytes[$0], as: UTF8.self) } }
        #expect(text(fields.type) == "m")
        #expect(text(fields.id) == "7")
        #expect(text(fields.data) == "{}")
        #expect(text(fields.comment) == " hi")
        #expect(fields.retry == 25)
        #expect(fields.lines == 5)
        #expect(parser.heldBytes == 0)
    }

    @Test func `gives a cut block from its own copy and lets go of it`() {
        let chunks = ["da", "ta: ab", "c\n", "\ndata: z\n\n"].map { Array($0.utf8) }
        var parser = EventStreamParser()
        var found: [String] = []
        for chunk in chunks {
            var position = 0
            while parser.next(in: chunk.span.bytes, from: &position) == .block {
                parser.withBlock(in: chunk.span.bytes) { block, fields in
                    guard let data = fields.data else { return }
                    found.append(block.withUnsafeBytes { String(decoding: $0[data], as: UTF8.self) })
                }
            }
        }
        #expect(found == ["abc", "z"])
        #expect(parser.heldBytes == 0)
    }

    @Test func `dispatches at a lone CR and takes the LF that comes later as part of it`() {
        let reading = StreamReading(["data: x\r\n\r", "\ndata: y\r\n\r", "\n"].map { Array($0.utf8) })
        #expect(reading.blocks.map(\.data) == [Array("x".utf8), Array("y".utf8)])
        #expect(reading.blocks.map(\.raw) == ["data: x\r\n\r", "\ndata: y\r\n\r"].map { Array($0.utf8) })
        #expect(reading.endOffsets == [10, 21])
        #expect(reading.end == ServerSentBlock(kind: .empty, raw: [0x0A]))
    }

    @Test func `an LF that follows an LF is a blank line of its own`() {
        let reading = StreamReading("data: x\n\n\n\r\r\n\n")
        #expect(reading.blocks.map(\.raw.count) == [9, 1, 1, 2, 1])
        #expect(reading.blocks.map(\.kind) == [.event, .empty, .empty, .empty, .empty])
    }

    @Test func `a block beyond the limit comes in parts and the next one is read as ever`() {
        let long = Array("data: \(String(repeating: "a", count: 100))\n:c\r\n\r\n".utf8)
        let next = Array("data: after\n\n".utf8)
        for chunks in splits(of: long + next) {
            let reading = StreamReading(chunks, blockLimit: 20)
            #expect(reading.joined == long + next)
            let parts = reading.all.prefix { $0.kind == .partial }
            #expect(!parts.isEmpty)
            #expect(parts.allSatisfy { $0.data == nil && $0.type == nil && $0.comment == nil })
            let rest = reading.all.dropFirst(parts.count)
            #expect(rest.map(\.data) == [Array("after".utf8)], "\(chunks.map(\.count))")
        }
    }

    @Test func `memory held of an endless line stays within the limit and one chunk`() {
        var reader = ServerSentBlockReader(blockLimit: 1000)
        let chunk = [UInt8](repeating: 0x61, count: 100)
        var bytes = 0
        for _ in 0..<1000 {
            reader.read(chunk.span.bytes) { block, _ in bytes += block.raw.count }
            #expect(reader.heldBytes <= 1100)
        }
        #expect(bytes + reader.heldBytes == 100_000)
    }

    @Test func `after its end a parser takes another stream from the start`() {
        var reader = ServerSentBlockReader()
        for _ in 0..<2 {
            let bytes = Array("\u{FEFF}data: 1\r\rid: cut".utf8)
            var blocks: [ServerSentBlock] = []
            reader.read(bytes.span.bytes) { block, _ in blocks.append(block) }
            #expect(blocks.map(\.data) == [[0x31]])
            #expect(reader.finish()?.kind == .partial)
            #expect(reader.finish() == nil)
        }
    }
}
