extension Migration {
    /// Replays and what they found.
    static let replays = Migration(
        version: 4,
        sql: """
            CREATE TABLE replays (
                id INTEGER PRIMARY KEY, session_id INTEGER NOT NULL, live_recording_id INTEGER, target TEXT,
                command TEXT NOT NULL, tool_version TEXT NOT NULL, dialect TEXT, speed TEXT, fail_on TEXT NOT NULL,
                started_ns INTEGER NOT NULL, ended_ns INTEGER, calls INTEGER NOT NULL, divergences INTEGER NOT NULL,
                masked INTEGER NOT NULL
            ) STRICT;
            CREATE TABLE divergences (
                id INTEGER PRIMARY KEY, replay_id INTEGER NOT NULL, call_id INTEGER, live_call_id INTEGER,
                kind TEXT NOT NULL, path TEXT NOT NULL, recorded TEXT, live TEXT, masked_by TEXT
            ) STRICT;
            """)
}
