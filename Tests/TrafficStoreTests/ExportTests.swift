import Glibc
import Testing
import Traffic
import TrafficStore
import WireFormats

@Suite struct ExportTests {
    private let folder = TemporaryFolder()

    /// Two sessions with a connection, exchange, event, message and call each, and gaps of both and of neither.
    private func write(to writer: CaptureWriter) throws -> [Int64] {
        var rows = SampleRows(writer.recordingID)
        var batch = RowBatch()
        for _ in 0..<2 {
            let session = rows.session()
            let connection = rows.connection()
            let exchange = rows.exchange("GET", on: connection.id, session: session.id, isStream: true)
            let event = rows.event("data: {}\n\n", kind: .event, on: exchange.id, seq: 0, at: 5, data: "{}")
            var message = rows.message(
                .request, .serverToClient, session: session.id, exchange: exchange.id, at: 5, body: .streamEvent)
            message.streamEventID = event.block.id
            batch.connections.append(connection)
            batch.sessions.append(session)
            batch.exchanges.append(exchange)
            batch.streamEvents.append(event)
            batch.messages.append(message)
            batch.calls.append(
                rows.call(.ok, session: session.id, exchange: exchange.id, request: message.id, at: 5, latency: 1))
            batch.gaps.append(
                GapRow(
                    id: rows.id(), recordingID: rows.recording, connectionID: connection.id, exchangeID: exchange.id,
                    atNs: 1, bytes: 3, reason: "lost"))
        }
        batch.gaps.append(
            GapRow(
                id: rows.id(), recordingID: rows.recording, connectionID: nil, exchangeID: nil, atNs: 1, bytes: 5,
                reason: "lost"))
        _ = try writer.commit(batch)
        return batch.sessions.map(\.id)
    }

    private func check(_ session: Int64, _ source: CaptureReader, _ copy: CaptureReader) throws {
        #expect(try copy.sessions().map(\.row.id) == [session])
        #expect(try copy.session(session)?.name == source.session(session)?.name)
        #expect(try copy.connections(ofSession: session) == source.connections(ofSession: session))
        #expect(try copy.exchanges(ofSession: session) == source.exchanges(ofSession: session))
        #expect(try copy.streamEvents(ofSession: session) == source.streamEvents(ofSession: session))
        #expect(try copy.messages(ofSession: session) == source.messages(ofSession: session))
        #expect(try copy.calls(ofSession: session) == source.calls(ofSession: session))
        #expect(try copy.gaps(ofSession: session) == source.gaps(ofSession: session))
        #expect(try copy.recordings().map { [$0.gaps, $0.gapBytes] } == [[2, 8]])
        #expect(
            try copy.texts("SELECT count(*) FROM exchanges UNION ALL SELECT count(*) FROM connections") == ["1", "1"])
        #expect(try copy.texts("SELECT body FROM messages") == ["{}"])
        #expect(try copy.texts("PRAGMA integrity_check") == ["ok"])
    }

    @Test func `a session of a finished recording becomes one file of its own`() throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        let session = try write(to: writer)[1]
        try writer.close(endedNs: sampleStart + 1)
        try CaptureExport.export(sessions: [session], from: folder.file(), to: folder.file("one.sqlite"))
        #expect(folder.files == ["captures.sqlite", "one.sqlite"])
        #expect(mode(of: folder.file("one.sqlite")) == 0o600)
        try check(session, CaptureReader(path: folder.file()), CaptureReader(path: folder.file("one.sqlite")))
    }

    @Test func `a session of a recording that runs is exported, and the copy has an end`() throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        let session = try write(to: writer)[0]
        try CaptureExport.export(sessions: [session], from: folder.file(), to: folder.file("one.sqlite"))
        let copy = try CaptureReader(path: folder.file("one.sqlite"))
        try check(session, CaptureReader(path: folder.file()), copy)
        #expect(try copy.recordings().map(\.endedNs) == [sampleStart + 5_000_000])
        #expect(try copy.recordings().map(\.interrupted) == [false])
    }

    @Test func `a session of an interrupted recording is exported`() throws {
        var process = ProcessIdentity.current
        process.started += 1
        var sessions: [Int64] = []
        do {
            let writer = try CaptureWriter(path: folder.file(), recording: .sample(), process: process)
            sessions = try write(to: writer)
        }
        try CaptureExport.export(sessions: [sessions[0]], from: folder.file(), to: folder.file("one.sqlite"))
        let copy = try CaptureReader(path: folder.file("one.sqlite"))
        try check(sessions[0], CaptureReader(path: folder.file()), copy)
        #expect(try copy.recordings().map(\.interrupted) == [true])
    }

    @Test func `a session is exported from a folder that cannot be written`() throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        let session = try write(to: writer)[0]
        try writer.close(endedNs: 1)
        let target = TemporaryFolder()
        chmod(folder.file(), 0o444)
        chmod(folder.path, 0o555)
        chmod(target.path, 0o777)
        try withoutPrivileges {
            try CaptureExport.export(sessions: [session], from: folder.file(), to: target.file("one.sqlite"))
        }
        #expect(try CaptureReader(path: target.file("one.sqlite")).sessions().map(\.row.id) == [session])
    }

    @Test func `both sessions come along where both are asked for`() throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        let sessions = try write(to: writer)
        try CaptureExport.export(sessions: sessions, from: folder.file(), to: folder.file("both.sqlite"))
        let copy = try CaptureReader(path: folder.file("both.sqlite"))
        #expect(try copy.sessions().map(\.name) == ["client/1", "client/2"])
        #expect(try copy.gaps(ofRecording: 1).count == 3)
    }

    @Test func `nothing is overwritten and nothing is left behind`() throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        let session = try write(to: writer)[0]
        let existing = #expect(throws: StoreFailure.self) {
            try CaptureExport.export(sessions: [session], from: folder.file(), to: folder.file())
        }
        #expect(existing?.message == "\(folder.file()) exists already; remove it or choose another name")
        let unknown = #expect(throws: StoreFailure.self) {
            try CaptureExport.export(sessions: [7], from: folder.file(), to: folder.file("one.sqlite"))
        }
        #expect(unknown?.code == .noSuchSession)
        #expect(!folder.files.contains { $0.hasPrefix("one") })
    }
}
