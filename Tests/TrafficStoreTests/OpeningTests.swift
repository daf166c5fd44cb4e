import Glibc
import Testing
import Traffic
import TrafficStore

@Suite struct OpeningTests {
    private let folder = TemporaryFolder()

    private func opening(_ path: String) -> StoreFailure? {
        #expect(throws: StoreFailure.self) { try CaptureReader(path: path) }
    }

    private func makeCapture() throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample(name: "made"))
        try writer.close(endedNs: sampleStart)
    }

    @Test func `a file that is not there is missing`() {
        #expect(opening(folder.file())?.code == .missing)
        #expect(folder.files == [])
    }

    @Test func `a folder, a text file, an empty file and a database of others are no captures`() throws {
        let other = try Shell(folder.file("other"))
        other.run("CREATE TABLE t (x)")
        for (name, text) in [("text", "this is some text, and long enough to be a header"), ("empty", "")] {
            let file = try #require(fopen(folder.file(name), "w"))
            for _ in 0..<20 { fputs(text, file) }
            fclose(file)
        }
        for path in [folder.path, folder.file("other"), folder.file("text"), folder.file("empty")] {
            let failure = opening(path)
            #expect(failure?.code == .notACapture && failure?.message.contains(path) == true)
        }
        for name in ["other", "text"] {
            let failure = #expect(throws: StoreFailure.self) {
                try CaptureWriter(path: folder.file(name), recording: .sample())
            }
            #expect(failure?.code == .notACapture)
        }
        #expect(other.rows("SELECT count(*) FROM sqlite_schema") == [["1"]])
    }

    @Test func `a newer format is refused with the advice to update`() throws {
        try makeCapture()
        let other = try Shell(folder.file())
        other.run("PRAGMA user_version = 99")
        #expect(opening(folder.file())?.code == .newer)
        #expect(opening(folder.file())?.message.contains("update mcp-inspect") == true)
        let failure = #expect(throws: StoreFailure.self) {
            try CaptureWriter(path: folder.file(), recording: .sample())
        }
        #expect(failure?.code == .newer)
    }

    @Test func `a capture without its tables is damaged`() throws {
        try makeCapture()
        let other = try Shell(folder.file())
        #expect(other.run("ALTER TABLE calls RENAME TO c; CREATE VIEW calls AS SELECT 1") == nil)
        #expect(opening(folder.file())?.code == .corrupt)
    }

    @Test func `a finished capture is read from a file and a folder that cannot be written`() throws {
        try makeCapture()
        chmod(folder.file(), 0o444)
        chmod(folder.path, 0o555)
        try withoutPrivileges {
            let reader = try CaptureReader(path: folder.file())
            #expect(try reader.recordings().map(\.name) == ["made"])
            #expect(try reader.texts("SELECT count(*) FROM errors") == ["0"])
            let failure = #expect(throws: StoreFailure.self) {
                try CaptureWriter(path: folder.file(), recording: .sample())
            }
            #expect(failure?.code == .readOnly)
        }
        #expect(folder.files == ["captures.sqlite"])
    }

    @Test func `a capture in WAL mode is read from such a folder where its log is empty, else says why not`() throws {
        try makeCapture()
        let other = try Shell(folder.file())
        other.run("PRAGMA journal_mode = WAL")
        #expect(rename(folder.file(), folder.file("copy.sqlite")) == 0)
        chmod(folder.file("copy.sqlite"), 0o444)
        chmod(folder.path, 0o555)
        try withoutPrivileges {
            let reader = try CaptureReader(path: folder.file("copy.sqlite"))
            #expect(try reader.recordings().map(\.name) == ["made"])
        }
        chmod(folder.path, 0o755)
        let log = try #require(fopen(folder.file("copy.sqlite-wal"), "w"))
        fputs("something", log)
        fclose(log)
        chmod(folder.path, 0o555)
        let failure = withoutPrivileges { opening(folder.file("copy.sqlite")) }
        #expect(failure?.code == .readOnly)
        #expect(failure?.message.contains("-wal") == true)
    }

    @Test func `a recording that runs is read while it is written`() throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        let reader = try CaptureReader(path: folder.file())
        var rows = SampleRows(writer.recordingID)
        for count in 1...3 {
            var batch = RowBatch()
            batch.sessions = [rows.session("x")]
            _ = try writer.commit(batch)
            #expect(try reader.sessions().count == count)
        }
    }

    @Test func `a path with every character that a file name may have is opened`() throws {
        let path = folder.file("50%25 of #1?mode=ro 'ü'.sqlite")
        let writer = try CaptureWriter(path: path, recording: .sample())
        try writer.close(endedNs: 1)
        #expect(try CaptureReader(path: path).recordings().count == 1)
        #expect(folder.files == ["50%25 of #1?mode=ro 'ü'.sqlite"])
    }
}
