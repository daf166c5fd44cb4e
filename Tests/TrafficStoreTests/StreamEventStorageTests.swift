import Testing
import Traffic
import TrafficStore
import WireFormats

@Suite struct StreamEventStorageTests {
    private let folder = TemporaryFolder()

    /// Streams as servers send them, and as no server should.
    private static let streams: [[UInt8]] = [
        Array(
            "event: endpoint\r\ndata: /messages?id=1\r\n\r\n: ping - now\r\n\r\nevent: message\ndata: {\"a\":1}\n\n"
                .utf8),
        Array("\u{feff}data:a\rdata:b\r\rid: 7\nretry: 100\n\n\n\ndata\n\n:\n\nfoo: bar\n\nid:\u{0}x\n\n".utf8),
        Array("data: x\n: comment\ndata: y\nevent: ping\nevent: pong\n\nretry: 010\n\nretry: x\n\ndata: cut".utf8),
        [0x64, 0x61, 0x74, 0x61, 0x3a, 0xff, 0xfe, 0x0a, 0x0a, 0x3a, 0x00, 0x0a, 0x0a],
    ]

    @Test(arguments: streams)
    func `the stored blocks of a stream, joined, are the stream`(_ stream: [UInt8]) throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        var rows = SampleRows(writer.recordingID)
        var batch = RowBatch()
        let exchange = rows.exchange("GET", on: 1, isStream: true)
        batch.exchanges = [exchange]
        for (seq, block) in blocks(of: stream).enumerated() {
            let event = StreamBlock(id: rows.id(), seq: Int64(seq), firstByteAt: rows.at(2), block: block)
            batch.streamEvents.append(StreamEventRow(exchangeID: exchange.id, endNs: rows.at(3), block: event))
        }
        _ = try writer.commit(batch)
        let found = try CaptureReader(path: folder.file()).streamEvents(ofExchange: exchange.id)
        #expect(found == batch.streamEvents)
        #expect(found.flatMap(\.block.block.raw) == stream)
    }

    @Test func `bytes that follow from the columns are not stored twice`() throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        var rows = SampleRows(writer.recordingID)
        var batch = RowBatch()
        for block in blocks(of: Self.streams[0]) {
            let event = StreamBlock(id: rows.id(), seq: 0, firstByteAt: 1, block: block)
            batch.streamEvents.append(StreamEventRow(exchangeID: 1, endNs: 2, block: event))
        }
        _ = try writer.commit(batch)
        let reader = try CaptureReader(path: folder.file())
        #expect(try reader.texts("SELECT count(*), count(layout), count(raw) FROM stream_events") == ["3 3 0"])
    }

    private func blocks(of stream: [UInt8]) -> [ServerSentBlock] {
        var reader = ServerSentBlockReader()
        var blocks: [ServerSentBlock] = []
        reader.read(stream.span.bytes) { block, _ in blocks.append(block) }
        if let last = reader.finish() { blocks.append(last) }
        return blocks
    }
}
