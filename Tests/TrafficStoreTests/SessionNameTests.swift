import Testing
import Traffic
import TrafficStore

@Suite struct SessionNameTests {
    private let folder = TemporaryFolder()

    private func batch(_ session: SessionRow) -> RowBatch {
        var batch = RowBatch()
        batch.sessions = [session]
        return batch
    }

    @Test func `a session is named when something names its client, once`() throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        var rows = SampleRows(writer.recordingID)
        var session = rows.session(nil)
        #expect(try writer.commit(batch(session)) == [:])
        session.nameBase = "claude-code"
        #expect(try writer.commit(batch(session)) == [session.id: "claude-code/1"])
        session.clientVersion = "2"
        #expect(try writer.commit(batch(session)) == [:])
        #expect(try CaptureReader(path: folder.file()).sessions().map(\.name) == ["claude-code/1"])
    }

    @Test func `numbers go on where an earlier recording ended`() throws {
        for number in 1...3 {
            let writer = try CaptureWriter(path: folder.file(), recording: .sample())
            #expect(writer.recordingID == Int64(number))
            var rows = SampleRows(writer.recordingID)
            let session = rows.session("x")
            #expect(try writer.commit(batch(session)) == [session.id: "x/\(number)"])
            try writer.close(endedNs: 9)
        }
    }

    @Test func `two recorders at once on one file never give a name twice`() throws {
        let first = try CaptureWriter(path: folder.file(), recording: .sample())
        let second = try CaptureWriter(path: folder.file(), recording: .sample())
        #expect(first.recordingID != second.recordingID)
        var names: [String] = []
        for writer in [first, second, second, first] {
            var rows = SampleRows(writer.recordingID)
            var session = rows.session("x")
            session.id += Int64(names.count)
            names += try writer.commit(batch(session)).values
        }
        #expect(names == ["x/1", "x/2", "x/3", "x/4"])
    }

    @Test func `recorders on threads of their own share a file without losing a row`() async throws {
        let path = folder.file()
        let names = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let writer = try CaptureWriter(path: path, recording: .sample(), options: .init(patienceMs: 20_000))
                    var rows = SampleRows(writer.recordingID)
                    var names: [String] = []
                    for _ in 0..<25 {
                        var batch = RowBatch()
                        batch.sessions = [rows.session("x")]
                        names += try writer.commit(batch).values
                    }
                    try writer.close(endedNs: 1)
                    return names
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(Set(names) == Set((1...100).map { "x/\($0)" }))
        #expect(try CaptureReader(path: path).sessions().count == 100)
    }

    @Test func `a name that a failed transaction gave is given again`() throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        var rows = SampleRows(writer.recordingID)
        let session = rows.session("x")
        var twice = batch(session)
        let message = rows.message(.request, .clientToServer, session: session.id, exchange: 1, at: 1)
        twice.messages = [message, message]
        #expect(throws: StoreFailure.self) { try writer.commit(twice) }
        twice.messages = [message]
        #expect(try writer.commit(twice) == [session.id: "x/1"])
    }
}
