/// A view of the capture database: what it answers, for people who ask with `sqlite3`.
///
/// Written for SQLite 3.40 without functions of ours. The same text makes the view in the file and, in a reader,
/// the one that stands in for the file's.
struct View: Sendable {
    var name: String
    /// The SELECT.
    var sql: String
}

/// Every view; one may use those before it.
let allViews: [View] = [
    .messages, .heartbeats, .streams, .toolLatency, .errors, .timeline, .sessionSummary,
]

extension View {
    /// SQL of a time as text: UTC with milliseconds, `2026-11-22T20:00:15.042Z`. It sorts and SQLite reads it back.
    static func at(_ column: String) -> String {
        "strftime('%Y-%m-%dT%H:%M:%S', \(column) / 1000000000, 'unixepoch')"
            + " || printf('.%03dZ', \(column) / 1000000 % 1000) AS at"
    }
}
