/// One step of the capture format. Never changed once a release has written it.
struct Migration: Sendable {
    /// `PRAGMA user_version` after it.
    var version: Int64
    var sql: String
}

/// Every step, in order. The views are not part of them: they are made anew after the last step.
let allMigrations: [Migration] = [
    .initial, .content, .tasks, .replays,
]
