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

    @Test func `what a connection writes after its checkpointer was stopped asks for nothing`() throws {
        let connection = try CaptureFile.create(folder.file(), patienceMs: 100)
        try connection.execute("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0")
        let checkpointer = Checkpointer(path: folder.file(), durable: false)
        checkpointer.watch(connection)
        checkpointer.stop(watching: connection)
        let length = (Checkpointer.worthwhile + 100) * 4096
        try connection.execute("CREATE TABLE t (x); INSERT INTO t VALUES (zeroblob(\(length)))")
        #expect(!checkpointer.isAtWork)
        checkpointer.want()
        #expect(!checkpointer.isAtWork)
    }

    @Test func `a log that becomes long only at the end of its recording is in the file all the same`() throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        var rows = SampleRows(writer.recordingID)
        var batch = Self.batch(&rows, bytes: 28_000_000)
        batch.calls = (0..<20_000).map { _ in rows.call(.ok, session: 1, exchange: 1, request: 1, at: 1) }
        _ = try writer.commit(batch)
        // The indexes of calls that are built at the end are what makes it long.
        let frame: Int64 = 4096 + 24
        while (CaptureFile.fileSize(folder.file() + "-wal") ?? 0) / frame < Int64(Checkpointer.worthwhile) - 100 {
            var batch = RowBatch()
            batch.calls = (0..<40).map { _ in rows.call(.ok, session: 1, exchange: 1, request: 1, at: 1) }
            _ = try writer.commit(batch)
        }
        try writer.close(endedNs: sampleStart)
        #expect(folder.files == ["captures.sqlite"])
    }

    @Test func `a file that could not be opened at first is checkpointed later`() async throws {
        let checkpointer = Checkpointer(path: folder.file(), durable: false)
        defer { checkpointer.stop() }
        checkpointer.want()
        while checkpointer.isDue { try await Task.sleep(for: .milliseconds(5)) }
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        var rows = SampleRows(writer.recordingID)
        _ = try writer.commit(Self.batch(&rows, bytes: 2_000_000))
        #expect(CaptureFile.fileSize(folder.file()) ?? 0 < 1_000_000)
        while CaptureFile.fileSize(folder.file()) ?? 0 < 2_000_000 {
            checkpointer.want()
            try await Task.sleep(for: .milliseconds(5))
        }
        try writer.close(endedNs: sampleStart)
    }
}
