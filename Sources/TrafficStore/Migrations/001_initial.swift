extension Migration {
    /// The tables of format 1. `captures/README.md` says what each column means.
    static let initial = Migration(version: 1, sql: observedTables + derivedTables)
}

private let observedTables = """
    CREATE TABLE recordings (
        id INTEGER PRIMARY KEY, name TEXT, source TEXT NOT NULL, target TEXT, command TEXT NOT NULL,
        tool_version TEXT NOT NULL, fold_version INTEGER NOT NULL, pid INTEGER NOT NULL,
        pid_started INTEGER NOT NULL, boot_id TEXT NOT NULL, started_ns INTEGER NOT NULL, ended_ns INTEGER,
        interrupted INTEGER NOT NULL DEFAULT 0, gaps INTEGER NOT NULL DEFAULT 0,
        gap_bytes INTEGER NOT NULL DEFAULT 0, last_ns INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE connections (
        id INTEGER PRIMARY KEY, recording_id INTEGER NOT NULL, leg TEXT NOT NULL, client TEXT NOT NULL,
        server TEXT NOT NULL, http_version TEXT, tls TEXT, sni TEXT, opened_ns INTEGER NOT NULL,
        closed_ns INTEGER, closed_by TEXT, close_reason TEXT
    ) STRICT;
    CREATE TABLE exchanges (
        id INTEGER PRIMARY KEY, recording_id INTEGER NOT NULL, connection_id INTEGER NOT NULL,
        upstream_connection_id INTEGER, session_id INTEGER, dialect TEXT, dialect_evidence TEXT,
        dialect_confidence TEXT, request_start_ns INTEGER NOT NULL, request_end_ns INTEGER,
        response_start_ns INTEGER, response_end_ns INTEGER, ended_by TEXT, end_reason TEXT,
        is_stream INTEGER NOT NULL DEFAULT 0, redacted INTEGER NOT NULL DEFAULT 0, method TEXT NOT NULL,
        target TEXT NOT NULL, path TEXT NOT NULL, request_version TEXT NOT NULL, status INTEGER, reason TEXT,
        response_version TEXT, last_event_id TEXT, request_headers TEXT NOT NULL, response_headers TEXT,
        trailers TEXT, informational TEXT, edits TEXT, request_body ANY, response_body ANY, response_raw BLOB,
        chunks TEXT
    ) STRICT;
    CREATE TABLE stream_events (
        id INTEGER PRIMARY KEY, exchange_id INTEGER NOT NULL, seq INTEGER NOT NULL, at_ns INTEGER NOT NULL,
        end_ns INTEGER NOT NULL, kind TEXT NOT NULL, type TEXT, event_id TEXT, retry_ms INTEGER, layout TEXT,
        data ANY, comment ANY, raw BLOB
    ) STRICT;
    CREATE TABLE gaps (
        id INTEGER PRIMARY KEY, recording_id INTEGER NOT NULL, connection_id INTEGER, exchange_id INTEGER,
        at_ns INTEGER NOT NULL, bytes INTEGER NOT NULL, reason TEXT NOT NULL
    ) STRICT;

    """

// `message_rows` has everything of a message but its text: that stands where it was observed, and the view
// `messages` brings both together. Only an element of a batch, which stands nowhere on its own, has it in `element`.
private let derivedTables = """
    CREATE TABLE sessions (
        id INTEGER PRIMARY KEY, recording_id INTEGER NOT NULL, name TEXT UNIQUE, name_base TEXT,
        name_number INTEGER, dialect TEXT, revision TEXT, wire_id TEXT, client_name TEXT, client_version TEXT,
        server_name TEXT, server_version TEXT, started_ns INTEGER NOT NULL, ended_ns INTEGER, end_reason TEXT,
        confidence TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX sessions_by_base ON sessions (name_base, name_number);
    CREATE TABLE message_rows (
        id INTEGER PRIMARY KEY, recording_id INTEGER NOT NULL, session_id INTEGER, exchange_id INTEGER,
        stream_event_id INTEGER, call_id INTEGER, answers_id INTEGER, seq INTEGER NOT NULL, at_ns INTEGER NOT NULL,
        direction TEXT NOT NULL, kind TEXT NOT NULL, rpc_id TEXT, method TEXT, name TEXT, error_code INTEGER,
        bytes INTEGER NOT NULL, duplicate_of INTEGER, redacted INTEGER NOT NULL DEFAULT 0, stands_in TEXT NOT NULL,
        element ANY
    ) STRICT;
    CREATE TABLE calls (
        id INTEGER PRIMARY KEY, recording_id INTEGER NOT NULL, session_id INTEGER, exchange_id INTEGER,
        response_exchange_id INTEGER, direction TEXT NOT NULL, method TEXT NOT NULL, name TEXT,
        rpc_id TEXT NOT NULL, request_id INTEGER NOT NULL, response_id INTEGER, sent_ns INTEGER NOT NULL,
        accepted_ms REAL, first_event_ms REAL, latency_ms REAL, status TEXT NOT NULL, reason TEXT,
        rounds INTEGER NOT NULL DEFAULT 1, request_bytes INTEGER NOT NULL, response_bytes INTEGER
    ) STRICT;
    """
