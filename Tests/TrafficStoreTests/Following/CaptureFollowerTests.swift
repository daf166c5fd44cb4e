import Glibc
import Testing
import Traffic
import TrafficStore

@Suite struct CaptureFollowerTests {
    private let folder = TemporaryFolder()

    private func writer(_ name: String? = nil, process: ProcessIdentity = .current) throws -> CaptureWriter {
        try CaptureWriter(path: folder.file(), recording: .sample(name: name), process: process)
    }

    private func follower(_ start: CaptureFollower.Start = .time(0)) -> CaptureFollower {
        CaptureFollower(path: folder.file(), from: start)
    }

    /// A call that waits, with its request and its exchange.
    private static func pending(_ rows: inout SampleRows, session: Int64, at ms: Int64) -> (RowBatch, CallRow) {
        var batch = RowBatch()
        let exchange = rows.exchange(on: 1, session: session, status: nil, at: ms)
        var request = rows.message(.request, .clientToServer, session: session, exchange: exchange.id, at: ms)
        let call = rows.call(.pending, session: session, exchange: exchange.id, request: request.id, at: ms)
        request.callID = call.id
        batch.exchanges = [exchange]
        batch.messages = [request]
        batch.calls = [call]
        return (batch, call)
    }

    @Test func `a capture that is not there yet is followed from its beginning`() throws {
        let follower = follower(.last(0))
        #expect(try follower.next() == nil && !follower.isBeingRecorded)
        let writer = try writer("tour")
        let first = try #require(try follower.next())
        #expect(first.begun.map(\.name) == ["tour"] && follower.isBeingRecorded)
        #expect(try follower.next() == nil)
        try writer.close(endedNs: sampleStart)
    }

    @Test func `a call is told when it is sent, and once more when it is answered`() throws {
        let writer = try writer()
        let follower = follower()
        _ = try follower.next()
        var rows = SampleRows(writer.recordingID)
        let session = rows.session()
        var (batch, call) = Self.pending(&rows, session: session.id, at: 1)
        batch.sessions = [session]
        _ = try writer.commit(batch)
        let sent = try #require(try follower.next())
        #expect(sent.messages == batch.messages)
        #expect(sent.calls.map(\.row) == [call] && sent.calls.allSatisfy { $0.before == nil })
        #expect(sent.knownSessions[session.id]?.name == "client/1")
        #expect(sent.exchanges.map(\.row.id) == batch.exchanges.map(\.id))

        var answered = RowBatch()
        var answer = rows.message(
            .response, .serverToClient, session: session.id, exchange: batch.exchanges[0].id, at: 20)
        answer.callID = call.id
        call.status = .ok
        call.responseID = answer.id
        call.latencyMs = 19
        answered.messages = [answer]
        answered.calls = [call]
        _ = try writer.commit(answered)
        let told = try #require(try follower.next())
        #expect(told.messages == [answer] && told.knownCalls[call.id]?.latencyMs == 19)
        #expect(told.calls.map(\.row) == [call])
        #expect(told.calls.first?.before?.hasEnded == false && told.calls.first?.now.hasEnded == true)
        #expect(told.exchanges.isEmpty)
        #expect(try follower.next() == nil)
        try writer.close(endedNs: sampleStart)
    }

    @Test func `calls that wait when following begins are told at once, and what was said before is not`() throws {
        let writer = try writer()
        var rows = SampleRows(writer.recordingID)
        let session = rows.session()
        var (batch, call) = Self.pending(&rows, session: session.id, at: 1)
        batch.sessions = [session]
        _ = try writer.commit(batch)
        let follower = follower(.last(0))
        let first = try #require(try follower.next())
        #expect(first.calls.map(\.row) == [call] && first.knownSessions[session.id] != nil)
        #expect(first.messages.isEmpty && first.exchanges.isEmpty && first.sessions.isEmpty && first.begun.isEmpty)
        try writer.close(endedNs: sampleStart)
    }

    @Test func `a block of a stream is told unless it carries a message`() throws {
        let writer = try writer()
        let follower = follower()
        _ = try follower.next()
        var rows = SampleRows(writer.recordingID)
        var batch = RowBatch()
        let stream = rows.exchange("GET", on: 1, at: 1, isStream: true)
        let carrier = rows.event("data: {}\n\n", kind: .event, on: stream.id, seq: 0, at: 2, data: "{}")
        let comment = rows.event(": beat\n\n", kind: .comment, on: stream.id, seq: 1, at: 3, comment: " beat")
        var message = rows.message(
            .notification, .serverToClient, session: nil, exchange: stream.id, at: 2, body: .streamEvent)
        message.streamEventID = carrier.block.id
        batch.exchanges = [stream]
        batch.streamEvents = [carrier, comment]
        batch.messages = [message]
        _ = try writer.commit(batch)
        let told = try #require(try follower.next())
        #expect(told.blocks.map(\.block.id) == [comment.block.id])
        #expect(told.blocks.first?.block.block.comment == Array(" beat".utf8))
        #expect(try follower.text(of: message) == Array("{}".utf8))
        try writer.close(endedNs: sampleStart)
    }

    @Test func `the last messages of all recordings are where it begins`() throws {
        for recording: Int64 in 0..<2 {
            let writer = try writer()
            var rows = SampleRows(writer.recordingID)
            var batch = RowBatch()
            for number: Int64 in 0..<10 {
                batch.messages.append(
                    rows.message(
                        .notification, .clientToServer, session: nil, exchange: 0, at: number * 100 + recording * 50))
            }
            _ = try writer.commit(batch)
            try writer.close(endedNs: rows.at(2000))
        }
        for count in [0, 1, 4, 19, 20, 1000] {
            let told = try follower(.last(count)).next()
            let messages = told?.messages ?? []
            let all = (0..<20).map { sampleStart + $0 * 50_000_000 }
            #expect(messages.map(\.atNs).sorted() == Array(all.suffix(count)), "\(count)")
        }
        #expect(try follower(.time(sampleStart + 700_000_000)).next()?.messages.count == 6)
    }

    @Test func `sessions, recordings and gaps are told as they come to an end`() throws {
        let writer = try writer()
        let follower = follower()
        var rows = SampleRows(writer.recordingID)
        var session = rows.session(nil)
        var batch = RowBatch()
        batch.sessions = [session]
        _ = try writer.commit(batch)
        #expect(try follower.next()?.sessions.map { $0.now.hasBegun } == [false])
        session.nameBase = "late"
        session.dialect = .streamable
        batch.sessions = [session]
        _ = try writer.commit(batch)
        let named = try #require(try follower.next()?.sessions.first)
        #expect(named.row.name == "late/1" && named.now.hasBegun && named.now.isAttributed && !named.now.hasEnded)
        session.endedNs = rows.at(70)
        session.endReason = .deleted
        batch.sessions = [session]
        batch.gaps = [
            GapRow(
                id: rows.id(), recordingID: rows.recording, connectionID: nil, exchangeID: nil, atNs: rows.at(80),
                bytes: 9, reason: "test")
        ]
        _ = try writer.commit(batch)
        let last = try #require(try follower.next())
        #expect(last.sessions.map(\.now.hasEnded) == [true] && last.gaps == batch.gaps && last.ended.isEmpty)
        try writer.close(endedNs: rows.at(90))
        #expect(try follower.next()?.ended.map(\.endedNs) == [rows.at(90)])
        #expect(!follower.isBeingRecorded)
        // Leaving WAL mode writes to the file.
        while let rows = try follower.next() { #expect(rows.isEmpty) }
    }

    @Test func `a recorder that is gone is told as interrupted, after all that it wrote`() throws {
        var pid: pid_t = 0
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("600"), nil]
        defer { for argument in arguments { free(argument) } }
        try #require(posix_spawnp(&pid, "sleep", nil, nil, &arguments, nil) == 0)
        let writer = try writer(process: try #require(ProcessIdentity.running(pid: Int64(pid))))
        let follower = follower()
        #expect(try follower.next()?.begun.count == 1)
        var rows = SampleRows(writer.recordingID)
        let (batch, _) = Self.pending(&rows, session: 1, at: 1)
        _ = try writer.commit(batch)
        kill(pid, SIGKILL)
        waitpid(pid, nil, 0)
        let told = try #require(try follower.next())
        #expect(told.messages == batch.messages && told.ended.map(\.interrupted) == [true])
        #expect(!follower.isBeingRecorded)
    }

    @Test func `a file that takes the place of another is followed anew`() throws {
        try writer("first").close(endedNs: sampleStart)
        let follower = follower(.last(0))
        _ = try follower.next()
        unlink(folder.file())
        #expect(try follower.next() == nil)
        try writer("second").close(endedNs: sampleStart)
        #expect(try follower.next()?.begun.map(\.name) == ["second"])
    }

    @Test func `followers do not keep the last recorder in WAL mode`() async throws {
        let writer = try writer()
        let followers = [follower(), follower()]
        for follower in followers { _ = try follower.next() }
        #expect(folder.files.contains("captures.sqlite-wal"))
        let path = folder.file()
        // The writer waits for both meanwhile; it is used by one task at a time.
        nonisolated(unsafe) let ending = writer
        let end = Task.detached { try ending.close(endedNs: sampleStart) }
        while followers.contains(where: \.isBeingRecorded) {
            for follower in followers { _ = try follower.next() }
            await Task.yield()
        }
        try await end.value
        for follower in followers { _ = try follower.next() }
        #expect(fileNames(in: folder.path) == ["captures.sqlite"], "\(path)")
    }

    @Test func `a file that is no capture is said to be none`() throws {
        let file = try #require(fopen(folder.file(), "w"))
        fputs("no capture at all, just a text that is long enough to be read as the head of a file", file)
        fclose(file)
        #expect(throws: StoreFailure.self) { try follower().next() }
    }
}
