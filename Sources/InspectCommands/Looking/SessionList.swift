import Traffic
import TrafficStore

/// What `sessions` prints of a session.
struct SessionListEntry {
    var session: StoredSession
    /// nil where the session has no row in `session_summary`, which cannot be for one that is stored.
    var summary: SessionSummary?

    var calls: Int64 { summary?.calls ?? 0 }

    /// Calls that failed or never got an answer.
    var errors: Int64 {
        let failed: [CallRow.Status] = [.toolError, .rpcError, .httpError, .unanswered]
        return failed.reduce(0) { $0 + (summary?.statuses[$1] ?? 0) }
    }

    /// How the session ended; while its recorder runs, or where that was killed, this is said instead.
    var end: String {
        if let reason = session.row.endReason { return reason.rawValue }
        if session.recording.endedNs == nil { return "running" }
        return session.recording.interrupted ? "interrupted" : "open"
    }

    var dialect: String { [session.row.dialect?.rawValue, session.row.revision].joinedWords }
    var client: String { [session.row.clientName, session.row.clientVersion].joinedWords }
    var server: String { [session.row.serverName, session.row.serverVersion].joinedWords }
}

extension [String?] {
    /// Those that are there, or a hyphen; fit for one line.
    var joinedWords: String {
        let words = compactMap { $0 }
        return words.isEmpty ? "-" : words.joined(separator: " ").visible
    }
}

/// The list of sessions, oldest first.
enum SessionList {
    private static let columns: [TextTable.Column] = [
        .init("SESSION"), .init("ID", isNumeric: true), .init("DIALECT"), .init("CLIENT"), .init("SERVER"),
        .init("STARTED (UTC)"), .init("DURATION", isNumeric: true), .init("CALLS", isNumeric: true),
        .init("ERRORS", isNumeric: true), .init("END"),
    ]

    static func lines(_ entries: [SessionListEntry], style: TextStyle) -> [String] {
        let rows = entries.map(cells)
        let table = TextTable(columns, sample: rows)
        return [style.dim(table.heading)]
            + rows.map(table.line)
    }

    private static func cells(_ entry: SessionListEntry) -> [String] {
        [
            entry.session.name?.visible ?? "-", String(entry.session.row.id), entry.dialect, entry.client, entry.server,
            Figures.minute(ns: entry.session.row.startedNs), Figures.duration(ms: entry.summary?.durationMs ?? 0),
            String(entry.calls), String(entry.errors), entry.end,
        ]
    }

    /// The columns of the capture database, and what is counted.
    static func object(_ entry: SessionListEntry) -> JSONText {
        let (row, recording) = (entry.session.row, entry.session.recording)
        return .object([
            .init("name", entry.session.name), .init("id", row.id), .init("recording_id", row.recordingID),
            .init("recording", recording.name), .init("source", recording.source.rawValue),
            .init("target", recording.target), .init("dialect", row.dialect?.rawValue), .init("revision", row.revision),
            .init("wire_id", row.wireID), .init("client_name", row.clientName),
            .init("client_version", row.clientVersion), .init("server_name", row.serverName),
            .init("server_version", row.serverVersion), .init("at", Figures.instant(ns: row.startedNs)),
            .init("started_ns", row.startedNs), .init("ended_ns", row.endedNs),
            .init("duration_ms", entry.summary?.durationMs), .init("exchanges", entry.summary?.exchanges),
            .init("messages", entry.summary?.messages), .init("calls", entry.calls), .init("errors", entry.errors),
            .init("end", entry.end), .init("confidence", row.confidence.rawValue),
        ])
    }
}
