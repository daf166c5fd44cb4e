import Glibc
import Testing
import Traffic

@testable import TrafficStore

@Suite struct RunStoreTests {
    private let folder = TemporaryFolder()

    private func makeCapture() throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        try writer.close(endedNs: sampleStart)
    }

    private func replay(_ session: Int64) -> ReplayRow {
        var row = ReplayRow(
            sessionID: session, command: "mcp-inspect replay x/1", toolVersion: "0.1.0", failOn: "result,schema",
            startedNs: sampleStart)
        row.liveRecordingID = 2
        row.target = "http://127.0.0.1:1/mcp"
        row.dialect = .httpSSE
        row.speed = "2x"
        row.endedNs = sampleStart + 5
        row.calls = 7
        row.divergences = 1
        row.masked = 1
        return row
    }

    @Test func `a replay and what it found come back as they were`() throws {
        try makeCapture()
        let store = try RunStore(path: folder.file())
        var found = DivergenceRow(kind: "result", path: "$.result.content[0].text")
        found.callID = 3
        found.liveCallID = 4
        found.recorded = "\"a\""
        var masked = DivergenceRow(kind: "notification", path: "notifications")
        masked.live = "2"
        masked.maskedBy = "notification-count"
        #expect(try store.keep(replay(9), divergences: [found, masked]) == 1)
        #expect(try store.keep(replay(9), divergences: [masked]) == 2)
        #expect(try store.keep(replay(8), divergences: []) == 3)

        let replays = try store.replays(ofSession: 9)
        var expected = replay(9)
        expected.id = 1
        #expect(replays.map(\.id) == [1, 2])
        #expect(replays.first == expected)
        (found.id, found.replayID) = (1, 1)
        (masked.id, masked.replayID) = (2, 1)
        #expect(try store.divergences(ofReplay: 1) == [found, masked])
        #expect(try store.divergences(ofReplay: 1, after: 1) == [masked])
        #expect(try store.divergences(ofReplay: 1, limit: 1) == [found])
        #expect(
            try CaptureReader(path: folder.file()).texts("SELECT masked_by FROM divergences WHERE replay_id = 2") == [
                "notification-count"
            ])
    }

    @Test func `a file that cannot be written is refused as such`() throws {
        try makeCapture()
        chmod(folder.file(), 0o444)
        chmod(folder.path, 0o555)
        let failure = withoutPrivileges {
            #expect(throws: StoreFailure.self) { try RunStore(path: folder.file()).keep(replay(1), divergences: []) }
        }
        #expect(failure?.code == .readOnly)
    }
}
