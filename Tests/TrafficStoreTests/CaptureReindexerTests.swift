import Testing
import Traffic
import TrafficStore

@Suite struct CaptureReindexerTests {
    private let folder = TemporaryFolder()

    private func sampleBatch(_ recording: Int64, base: String = "x") -> RowBatch {
        var rows = SampleRows(recording)
        var batch = RowBatch()
        let session = rows.session(base)
        batch.sessions = [session]
        batch.exchanges = [rows.exchange(on: 1, session: session.id, end: 4, body: "{}")]
        batch.messages = [
            rows.message(.request, .clientToServer, session: session.id, exchange: batch.exchanges[0].id, at: 1)
        ]
        batch.messages[0].redacted = 2
        batch.calls = [rows.call(.ok, session: session.id, exchange: 1, request: 1, at: 1)]
        return batch
    }

    private func record(_ count: Int) throws {
        for _ in 0..<count {
            let writer = try CaptureWriter(path: folder.file(), recording: .sample())
            _ = try writer.commit(sampleBatch(writer.recordingID))
            try writer.close(endedNs: sampleStart + 9)
        }
    }

    private func dump() throws -> [[String]] {
        let other = try Shell(folder.file())
        return ["sessions", "message_rows", "calls", "exchanges", "recordings"].flatMap {
            other.rows("SELECT * FROM \($0) ORDER BY id")
        }
    }

    @Test func `the same fold over the same rows changes nothing, names included`() throws {
        try record(3)
        let before = try dump()
        let reindexer = try CaptureReindexer(path: folder.file(), recording: 2)
        var count = 0
        while try reindexer.events.next() != nil { count += 1 }
        #expect(count == 5)
        var batch = sampleBatch(2)
        // Values that are masked already are not masked again.
        batch.messages[0].redacted = 0
        try reindexer.add(batch)
        try reindexer.finish(foldVersion: 1)
        #expect(try dump() == before)
    }

    @Test func `another fold replaces what the first one said, of that recording alone`() throws {
        try record(2)
        let reindexer = try CaptureReindexer(path: folder.file(), recording: 1)
        var batch = RowBatch()
        batch.sessions = sampleBatch(1, base: "y").sessions
        try reindexer.add(batch)
        try reindexer.finish(foldVersion: 7)
        let reader = try CaptureReader(path: folder.file())
        #expect(try reader.sessions().map(\.name) == ["y/1", "x/2"])
        #expect(try reader.recordings().map(\.foldVersion) == [7, 1])
        #expect(
            try reader.texts("SELECT recording_id FROM messages UNION ALL SELECT recording_id FROM calls") == [
                "2", "2",
            ])
        #expect(try reader.texts("SELECT dialect FROM exchanges ORDER BY id") == ["-", "streamable"])
    }

    @Test func `let go of before its end, it has changed nothing`() throws {
        try record(1)
        let before = try dump()
        do {
            let reindexer = try CaptureReindexer(path: folder.file(), recording: 1)
            try reindexer.add(sampleBatch(1, base: "y"))
        }
        #expect(try dump() == before)
    }

    @Test func `it waits for nobody who records`() throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        let failure = #expect(throws: StoreFailure.self) { try CaptureReindexer(path: folder.file(), recording: 1) }
        #expect(failure?.code == .locked && failure?.message.contains("is being recorded into") == true)
        try writer.close(endedNs: 1)
        let unknown = #expect(throws: StoreFailure.self) { try CaptureReindexer(path: folder.file(), recording: 9) }
        #expect(unknown?.message == "\(folder.file()) has no recording 9")
    }
}
