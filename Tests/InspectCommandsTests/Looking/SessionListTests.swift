import Testing
import Traffic

@testable import InspectCommands
@testable import TrafficStore

struct SessionListTests {
    private static func entry(
        _ id: Int64, name: String?, end: SessionRow.EndReason?, recordingEnded: Bool, interrupted: Bool = false,
        statuses: [CallRow.Status: Int64] = [:]
    ) -> SessionListEntry {
        var row = SessionRow(id: 1 << 32 | id, recordingID: 1, startedNs: SampleCapture.start, confidence: .high)
        row.endReason = end
        if name != nil {
            row.dialect = .streamable
            row.revision = "2025-06-18"
            row.clientName = "tour\u{1B}ist"
            row.clientVersion = "1.2"
        }
        let recording = RecordingRow(
            id: 1, name: nil, source: .proxy, target: nil, command: "record", toolVersion: "0.1.0", foldVersion: 1,
            pid: 1, pidStarted: 1, bootID: "b", startedNs: SampleCapture.start,
            endedNs: recordingEnded ? SampleCapture.start : nil, interrupted: interrupted)
        let summary = SessionSummary(
            sessionID: row.id, name: name, durationMs: 61_000, exchanges: 1, streams: 0, openStreams: 0, messages: 2,
            invalidMessages: 0, clientBytes: 1, serverBytes: 1, calls: statuses.values.reduce(0, +), statuses: statuses)
        return SessionListEntry(
            session: StoredSession(row: row, name: name, recording: recording), summary: summary)
    }

    @Test func `a session is one line, with how it ended or that it has not`() {
        let entries = [
            Self.entry(
                1, name: "tourist/1", end: .deleted, recordingEnded: true,
                statuses: [.ok: 10, .toolError: 1, .unanswered: 2, .cancelled: 3]),
            Self.entry(2, name: "tourist/2", end: nil, recordingEnded: false),
            Self.entry(3, name: nil, end: nil, recordingEnded: true, interrupted: true),
        ]
        #expect(
            SessionList.lines(entries, style: .plain).joined(separator: "\n") == #"""
                SESSION            ID  DIALECT                CLIENT             SERVER  STARTED (UTC)        DURATION  CALLS  ERRORS  END
                tourist/1  4294967297  streamable 2025-06-18  tour\u{1b}ist 1.2  -       2026-11-22 23:20:00    1m 01s     16       3  deleted
                tourist/2  4294967298  streamable 2025-06-18  tour\u{1b}ist 1.2  -       2026-11-22 23:20:00    1m 01s      0       0  running
                -          4294967299  -                      -                  -       2026-11-22 23:20:00    1m 01s      0       0  interrupted
                """#)
    }

    @Test func `machines get the columns of the capture`() {
        let entry = Self.entry(1, name: "tourist/1", end: .open, recordingEnded: true, statuses: [.rpcError: 1])
        #expect(
            SessionList.object(entry).line == #"""
                {"name":"tourist/1","id":4294967297,"recording_id":1,"recording":null,"source":"proxy","target":null,\#
                "dialect":"streamable","revision":"2025-06-18","wire_id":null,"client_name":"tour\u001bist",\#
                "client_version":"1.2","server_name":null,"server_version":null,"at":"2026-11-22T23:20:00.000Z",\#
                "started_ns":1795389600000000000,"ended_ns":null,"duration_ms":61000.0,"exchanges":1,"messages":2,\#
                "calls":1,"errors":1,"end":"open","confidence":"high"}
                """#)
    }
}
