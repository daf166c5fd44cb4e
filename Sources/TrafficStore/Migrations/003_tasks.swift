extension Migration {
    /// The task that a call became or asks after.
    static let tasks = Migration(version: 3, sql: "ALTER TABLE calls ADD COLUMN task_id TEXT;")
}
