import Glibc
import Testing
import Traffic
import TrafficStore

@Suite struct CaptureWriterTests {
    private let folder = TemporaryFolder()

    private func messages(_ count: Int, _ rows: inout SampleRows, bytes: Int = 500) -> RowBatch {
        var batch = RowBatch()
        for _ in 0..<count {
            let text = Array(repeating: UInt8(ascii: "1"), count: bytes)
            batch.messages.append(
                rows.message(.request, .clientToServer, session: 1, exchange: 1, at: 1, body: .element(text)))
        }
        return batch
    }

    @Test func `the file and its folder are made for their owner alone`() throws {
        let path = folder.file("new/captures.sqlite")
        let writer = try CaptureWriter(path: path, recording: .sample())
        #expect(mode(of: path) == 0o600)
        #expect(mode(of: path + "-wal") == 0o600)
        try writer.close(endedNs: 1)
        #expect(remove(path) == 0 && rmdir(folder.file("new")) == 0)
    }

    @Test func `closed in order and last on the file, one file is the whole capture`() throws {
        let first = try CaptureWriter(path: folder.file(), recording: .sample())
        let second = try CaptureWriter(path: folder.file(), recording: .sample())
        try first.close(endedNs: 1)
        #expect(folder.files.contains("captures.sqlite-wal"))
        try second.close(endedNs: 2)
        #expect(folder.files == ["captures.sqlite"])
    }

    @Test func `a file that was removed takes no more rows, and says so`() throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        var rows = SampleRows(writer.recordingID)
        _ = try writer.commit(messages(1, &rows))
        #expect(remove(folder.file()) == 0)
        let batch = messages(1, &rows)
        let failure = #expect(throws: StoreFailure.self) { try writer.commit(batch) }
        #expect(failure?.code == .missing && failure?.message.contains("removed") == true)
        #expect(throws: StoreFailure.self) { try writer.close(endedNs: 2) }
    }

    @Test(arguments: ["removed", "replaced", "emptied", "no database", "another capture"])
    func `a file that is not what was recorded into is told at the end, though nothing more came`(how: String) throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        var rows = SampleRows(writer.recordingID)
        _ = try writer.commit(messages(1, &rows))
        let other = folder.file("other.sqlite")
        try CaptureWriter(path: other, recording: .sample(name: "other")).close(endedNs: 1)
        let path = folder.file()
        let command =
            switch how {
            case "removed": "rm '\(path)'"
            case "replaced": "mv '\(other)' '\(path)'"
            case "emptied": ": > '\(path)'; : > '\(path)-wal'"
            case "no database": "echo no database > '\(path)'; : > '\(path)-wal'"
            default: "cp '\(other)' '\(path)'; : > '\(path)-wal'"
            }
        #expect(system(command) == 0)
        let failure = #expect(throws: StoreFailure.self) { try writer.close(endedNs: 2) }
        #expect([.missing, .corrupt, .notACapture, .io].contains(failure?.code), "\(String(describing: failure))")
    }

    @Test func `a full disk is a failure, and the recording goes on when there is room again`() throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample(), options: .init(pageLimit: 60))
        var rows = SampleRows(writer.recordingID)
        _ = try writer.commit(messages(1, &rows))
        let large = messages(2000, &rows)
        let failure = #expect(throws: StoreFailure.self) { try writer.commit(large) }
        #expect(failure?.code == .full)
        #expect(failure?.message.contains("no space is left") == true)
        _ = try writer.commit(messages(1, &rows))
        try writer.close(endedNs: 1)
        #expect(try CaptureReader(path: folder.file()).texts("SELECT count(*) FROM messages") == ["2"])
    }

    @Test func `a batch is stored whole or not at all`() throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        var rows = SampleRows(writer.recordingID)
        var batch = messages(3, &rows)
        batch.messages.append(batch.messages[0])
        #expect(throws: StoreFailure.self) { try writer.commit(batch) }
        let reader = try CaptureReader(path: folder.file())
        #expect(try reader.texts("SELECT count(*) FROM messages") == ["0"])
        batch.messages.removeLast()
        _ = try writer.commit(batch)
        #expect(try reader.texts("SELECT count(*) FROM messages") == ["3"])
    }

    @Test func `a lock that another program keeps is a failure, and the same batch is taken later`() throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample(), options: .init(patienceMs: 50))
        var rows = SampleRows(writer.recordingID)
        let batch = messages(2, &rows)
        let other = try Shell(folder.file())
        other.run("BEGIN IMMEDIATE")
        let failure = #expect(throws: StoreFailure.self) { try writer.commit(batch) }
        #expect(failure?.code == .locked)
        other.run("COMMIT")
        _ = try writer.commit(batch)
        #expect(try CaptureReader(path: folder.file()).texts("SELECT count(*) FROM messages") == ["2"])
    }

    @Test func `while somebody records there are three indexes beside the names, after it more`() throws {
        let count = "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND tbl_name <> 'sessions'"
        for _ in 0..<2 {
            let writer = try CaptureWriter(path: folder.file(), recording: .sample())
            #expect(try CaptureReader(path: folder.file()).texts(count) == ["3"])
            try writer.close(endedNs: 1)
            #expect(try CaptureReader(path: folder.file()).texts(count) == ["7"])
        }
    }

    @Test func `a closed recording takes nothing more`() throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        try writer.close(endedNs: 1)
        try writer.close(endedNs: 2)
        #expect(throws: StoreFailure.self) { try writer.commit(RowBatch()) }
        #expect(try CaptureReader(path: folder.file()).recordings().map(\.endedNs) == [1])
    }
}
