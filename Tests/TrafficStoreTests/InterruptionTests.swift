import Glibc
import Testing
import Traffic
import TrafficStore

@Suite struct InterruptionTests {
    private let folder = TemporaryFolder()

    /// A recording that its process left behind, last seen 40 ms after its start.
    private func leave(by process: ProcessIdentity) throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample(), process: process)
        var rows = SampleRows(writer.recordingID)
        var batch = RowBatch()
        batch.exchanges = [rows.exchange(on: 1, at: 1, end: 40)]
        _ = try writer.commit(batch)
    }

    private func first() throws -> RecordingRow {
        try #require(try CaptureReader(path: folder.file()).recordings().first)
    }

    @Test func `a recording of this process is not interrupted`() throws {
        try leave(by: .current)
        let row = try first()
        #expect(!row.interrupted && row.endedNs == nil)
    }

    @Test func `a recording of another boot is interrupted, and ended when it was last seen`() throws {
        var process = ProcessIdentity.current
        process.bootID = "00000000-0000-0000-0000-000000000000"
        try leave(by: process)
        let row = try first()
        #expect(row.interrupted && row.endedNs == sampleStart + 40_000_000)
        #expect(folder.files == ["captures.sqlite"])
    }

    @Test func `a process id that came round again does not keep a recording alive`() throws {
        var process = ProcessIdentity.current
        process.started -= 1
        try leave(by: process)
        #expect(try first().interrupted)
    }

    @Test func `a process that was killed is gone, waited for or not`() throws {
        var pid: pid_t = 0
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("600"), nil]
        defer { for argument in arguments { free(argument) } }
        try #require(posix_spawnp(&pid, "sleep", nil, nil, &arguments, nil) == 0)
        let child = try #require(ProcessIdentity.running(pid: Int64(pid)))
        try leave(by: child)
        #expect(try !first().interrupted)
        kill(pid, SIGKILL)
        var information = siginfo_t()
        // Waits for the end and leaves the dead process where it is.
        #expect(waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) == 0)
        #expect(!child.isRunning)
        #expect(try first().interrupted)
        waitpid(pid, nil, 0)
        #expect(!child.isRunning)
    }

    @Test func `whoever records next marks the interrupted ones`() throws {
        var process = ProcessIdentity.current
        process.bootID = "another"
        try leave(by: process)
        let next = try CaptureWriter(path: folder.file(), recording: .sample())
        let other = try Shell(folder.file())
        #expect(other.rows("SELECT interrupted FROM recordings ORDER BY id") == [["1"], ["0"]])
        try next.close(endedNs: 5)
    }
}
