import Glibc
import Testing
import Traffic

@testable import TrafficStore

@Suite(.timeLimit(.minutes(1)))
struct CheckpointerTests {
    private let folder = TemporaryFolder()

    /// A batch of about so many bytes.
    private static func batch(_ rows: inout SampleRows, bytes: Int) -> RowBatch {
        var batch = RowBatch()
        batch.exchanges = [
            rows.exchange(on: 1, at: 1, end: 2, body: String(repeating: "x", count: bytes))
        ]
        return batch
    }

    /// How often the log began anew. (SQLite, WAL file format: checkpoint sequence number)
    private var restarts: UInt32? {
        guard let file = fopen(folder.file() + "-wal", "r") else { return nil }
        defer { fclose(file) }
        var header = [UInt8](repeating: 0, count: 16)
        guard fread(&header, 1, 16, file) == 16 else { return nil }
        return header[12...].reduce(0) { $0 << 8 | UInt32($1) }
    }

    @Test func `the log begins anew while two recorders go on writing without a pause`() throws {
        let writers = try (0..<2).map { _ in try CaptureWriter(path: folder.file(), recording: .sample()) }
        var rows = writers.map { SampleRows($0.recordingID) }
        let before = restarts ?? 0
        while (restarts ?? 0) < before + 3 {
            for index in writers.indices {
                _ = try writers[index].commit(Self.batch(&rows[index], bytes: 200_000))
            }
        }
        for writer in writers { try writer.close(endedNs: sampleStart) }
        #expect(folder.files == ["captures.sqlite"])
        #expect(try CaptureReader(path: folder.file()).texts("PRAGMA integrity_check") == ["ok"])
    }

    @Test func `a reader that stays long is waited for by nobody`() throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        var rows = SampleRows(writer.recordingID)
        _ = try writer.commit(Self.batch(&rows, bytes: 10))
        let shell = try Shell(folder.file())
        #expect(shell.run("BEGIN; SELECT count(*) FROM exchanges") == nil)
        for _ in 0..<200 { _ = try writer.commit(Self.batch(&rows, bytes: 200_000)) }
        #expect(writer.commitTimes.count == 201)
        #expect(shell.rows("SELECT count(*) FROM exchanges") == [["1"]])
        #expect(shell.run("COMMIT") == nil)
        #expect(shell.rows("SELECT count(*) FROM exchanges") == [["201"]])
        try writer.close(endedNs: sampleStart)
    }

    @Test func `one that nothing was asked of ends at once`() {
        let checkpointer = Checkpointer(path: folder.file(), durable: false)
        checkpointer.stop()
        checkpointer.stop()
    }
}
