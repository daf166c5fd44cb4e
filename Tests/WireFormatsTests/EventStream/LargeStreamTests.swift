import Testing
import WireFormats

@Suite("Large blocks", .timeLimit(.minutes(2)))
struct LargeStreamTests {
    @Test(
        "a data line of 10 MB is whole, in one chunk and in chunks of a network read",
        arguments: [10_000_020, 65_536, 1448])
    func longLine(_ chunkSize: Int) {
        let line = [UInt8](repeating: 0x61, count: 10_000_000)
        let bytes = Array("data: ".utf8) + line + Array("\n\n".utf8)
        var reader = ServerSentBlockReader()
        var blocks: [ServerSentBlock] = []
        for start in stride(from: 0, to: bytes.count, by: chunkSize) {
            let end = min(start + chunkSize, bytes.count)
            reader.read(bytes.span.extracting(start..<end).bytes) { block, _ in blocks.append(block) }
        }
        #expect(blocks.count == 1)
        #expect(blocks.first?.data == line)
        #expect(blocks.first?.raw == bytes)
        #expect(reader.heldBytes == 0)
    }

    @Test("100,000 data lines are joined, in one chunk and in small ones", arguments: [1_000_000, 7])
    func manyLines(_ chunkSize: Int) {
        let bytes = Array((String(repeating: "data: ab\n", count: 100_000) + "\n").utf8)
        var reader = ServerSentBlockReader()
        var blocks: [ServerSentBlock] = []
        for start in stride(from: 0, to: bytes.count, by: chunkSize) {
            let end = min(start + chunkSize, bytes.count)
            reader.read(bytes.span.extracting(start..<end).bytes) { block, _ in blocks.append(block) }
        }
        #expect(blocks.count == 1)
        #expect(blocks.first?.data?.count == 100_000 * 3 - 1)
        #expect(blocks.first.flatMap { BlockLayout.describe($0) } == "d_n100000n")
    }
}
