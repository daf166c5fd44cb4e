import Glibc
import Testing
import Traffic
import TrafficStore

@Suite struct SessionSelectionTests {
    private let folder = TemporaryFolder()

    /// A recording with sessions of these bases, each with one call of that method and status.
    @discardableResult
    private func record(
        _ path: String, name: String? = nil, source: RecordingRow.Source = .proxy, at ms: Int64 = 0,
        _ sessions: (String?, String, CallRow.Status)...
    ) throws -> [Int64] {
        let writer = try CaptureWriter(path: path, recording: .sample(name: name, source: source))
        var rows = SampleRows(writer.recordingID)
        var batch = RowBatch()
        for (index, session) in sessions.enumerated() {
            let row = rows.session(session.0, at: ms + Int64(index))
            batch.sessions.append(row)
            batch.calls.append(
                rows.call(session.2, session: row.id, exchange: 1, request: 1, at: 1, method: session.1))
        }
        _ = try writer.commit(batch)
        try writer.close(endedNs: 1)
        return batch.sessions.map(\.id)
    }

    private func resolve(_ argument: String) throws -> SessionSelection {
        try SessionSelection.resolve(argument, database: folder.file())
    }

    @Test func `a name, an id and a recording's name mean sessions of the database`() throws {
        let first = try record(folder.file(), name: "night", ("a", "ping", .ok), (nil, "ping", .ok))
        let second = try record(folder.file(), name: "night", ("a", "ping", .ok), ("b", "ping", .ok))
        let path = folder.file()
        #expect(try resolve("a/2") == .sessions(path: path, ids: [second[0]]))
        #expect(try resolve(String(first[1])) == .sessions(path: path, ids: [first[1]]))
        #expect(try resolve("night") == .sessions(path: path, ids: second))
    }

    @Test func `latest says why there is none`() throws {
        try record(folder.file())
        func sentence() throws -> String? { #expect(throws: StoreFailure.self) { try resolve("latest") }?.message }
        #expect(try sentence() == "\(folder.file()) has no captured session; make one with mcp-inspect record")
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        var rows = SampleRows(writer.recordingID)
        var batch = RowBatch()
        batch.exchanges = [rows.exchange(on: 1)]
        _ = try writer.commit(batch)
        try writer.close(endedNs: 1)
        #expect(try sentence()?.contains("none of the HTTP exchanges in it (1) is MCP; ") == true)
    }

    @Test func `latest is the newest captured session that got an answer`() throws {
        let sessions = try record(
            folder.file(), ("a", "tools/call", .rpcError), ("b", "initialize", .rpcError),
            ("c", "server/discover", .httpError), ("d", "tools/list", .pending))
        try record(folder.file(), source: .replay, at: 50, ("e", "ping", .ok))
        try record(folder.file(), source: .load, at: 60, ("f", "ping", .ok))
        #expect(try resolve("latest") == .sessions(path: folder.file(), ids: [sessions[0]]))
    }

    @Test func `latest is the newest captured session where none got an answer`() throws {
        try record(folder.file(), ("a", "initialize", .httpError), ("b", "initialize", .unanswered))
        let newest = try record(folder.file(), at: 10, ("c", "initialize", .pending))
        try record(folder.file(), source: .replay, at: 50, ("d", "ping", .ok))
        #expect(try resolve("latest") == .sessions(path: folder.file(), ids: newest))
    }

    @Test func `a file means its sessions, or the one behind the number sign`() throws {
        let other = folder.file("other.sqlite")
        let ids = try record(other, ("a", "ping", .ok), ("b", "ping", .ok))
        #expect(try resolve(other) == .sessions(path: other, ids: ids))
        #expect(try resolve(other + "#b/1") == .sessions(path: other, ids: [ids[1]]))
        #expect(try resolve(other + "#latest") == .sessions(path: other, ids: [ids[1]]))
    }

    @Test func `a file means what was captured in it, not what replay and load made there too`() throws {
        let other = folder.file("other.sqlite")
        let captured = try record(other, ("a", "ping", .ok))
        let replayed = try record(other, source: .replay, at: 50, ("a", "ping", .ok))
        let loaded = try record(other, source: .load, at: 60, ("b", "ping", .ok))
        #expect(try resolve(other) == .sessions(path: other, ids: captured))
        #expect(
            try SessionSelection.resolve(other, database: folder.file(), whole: true)
                == .sessions(path: other, ids: captured + replayed + loaded))
    }

    @Test func `a file in which nothing was captured means what was made`() throws {
        let other = folder.file("other.sqlite")
        let replayed = try record(other, source: .replay, ("a", "ping", .ok))
        #expect(try resolve(other) == .sessions(path: other, ids: replayed))
    }

    @Test(
        arguments: [
            [0xd4, 0xc3, 0xb2, 0xa1], [0xa1, 0xb2, 0xc3, 0xd4], [0x4d, 0x3c, 0xb2, 0xa1], [0x0a, 0x0d, 0x0d, 0x0a],
        ] as [[UInt8]])
    func `a packet file is known by its first bytes`(_ magic: [UInt8]) throws {
        let file = try #require(fopen(folder.file("x.pcap"), "w"))
        fwrite(magic, 1, 4, file)
        fclose(file)
        #expect(try resolve(folder.file("x.pcap")) == .packets(path: folder.file("x.pcap"), session: nil))
        #expect(try resolve(folder.file("x.pcap") + "#1") == .packets(path: folder.file("x.pcap"), session: "1"))
    }

    @Test func `what means nothing says so`() throws {
        #expect(throws: StoreFailure.self) { try resolve("a/1") }
        try record(folder.file())
        for argument in ["latest", "nobody/1", "17"] {
            let failure = #expect(throws: StoreFailure.self) { try resolve(argument) }
            #expect(failure?.code == .noSuchSession)
        }
        let empty = #expect(throws: StoreFailure.self) { try resolve(folder.file()) }
        #expect(empty?.code == .noSuchSession)
    }
}
