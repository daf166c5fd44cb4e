-- An empty capture of format 4.
PRAGMA application_id = 1296257129;
PRAGMA user_version = 4;
BEGIN;
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
, request_raw BLOB, notes TEXT) STRICT;
CREATE TABLE stream_events (
    id INTEGER PRIMARY KEY, exchange_id INTEGER NOT NULL, seq INTEGER NOT NULL, at_ns INTEGER NOT NULL,
    end_ns INTEGER NOT NULL, kind TEXT NOT NULL, type TEXT, event_id TEXT, retry_ms INTEGER, layout TEXT,
    data ANY, comment ANY, raw BLOB
) STRICT;
CREATE TABLE gaps (
    id INTEGER PRIMARY KEY, recording_id INTEGER NOT NULL, connection_id INTEGER, exchange_id INTEGER,
    at_ns INTEGER NOT NULL, bytes INTEGER NOT NULL, reason TEXT NOT NULL
) STRICT;
CREATE TABLE sessions (
    id INTEGER PRIMARY KEY, recording_id INTEGER NOT NULL, name TEXT UNIQUE, name_base TEXT,
    name_number INTEGER, dialect TEXT, revision TEXT, wire_id TEXT, client_name TEXT, client_version TEXT,
    server_name TEXT, server_version TEXT, started_ns INTEGER NOT NULL, ended_ns INTEGER, end_reason TEXT,
    confidence TEXT NOT NULL
) STRICT;
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
, task_id TEXT) STRICT;
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
CREATE UNIQUE INDEX sessions_by_base ON sessions (name_base, name_number);
CREATE INDEX stream_events_by_exchange ON stream_events (exchange_id);
CREATE INDEX message_rows_by_session ON message_rows (session_id);
CREATE INDEX exchanges_by_session ON exchanges (session_id);
CREATE INDEX message_rows_by_exchange ON message_rows (exchange_id);
CREATE INDEX message_rows_by_call ON message_rows (call_id);
CREATE INDEX calls_by_session ON calls (session_id);
CREATE INDEX calls_by_exchange ON calls (exchange_id);
CREATE VIEW messages AS SELECT m.id, m.recording_id, m.session_id, m.exchange_id, m.stream_event_id, m.call_id, m.answers_id,
    m.seq, m.at_ns, strftime('%Y-%m-%dT%H:%M:%S', m.at_ns / 1000000000, 'unixepoch') || printf('.%03dZ', m.at_ns / 1000000 % 1000) AS at, m.direction, m.kind, m.rpc_id, m.method, m.name, m.error_code,
    m.bytes, m.duplicate_of,
    CASE WHEN m.kind <> 'invalid' AND typeof(CASE m.stands_in WHEN 'stream_event' THEN s.data WHEN 'request_body' THEN e.request_body WHEN 'response_body' THEN e.response_body ELSE m.element END) = 'text' THEN CASE m.stands_in WHEN 'stream_event' THEN s.data WHEN 'request_body' THEN e.request_body WHEN 'response_body' THEN e.response_body ELSE m.element END END AS body,
    CASE WHEN m.kind = 'invalid' OR typeof(CASE m.stands_in WHEN 'stream_event' THEN s.data WHEN 'request_body' THEN e.request_body WHEN 'response_body' THEN e.response_body ELSE m.element END) <> 'text' THEN CASE m.stands_in WHEN 'stream_event' THEN s.data WHEN 'request_body' THEN e.request_body WHEN 'response_body' THEN e.response_body ELSE m.element END END AS raw,
    m.redacted
FROM message_rows m
LEFT JOIN stream_events s ON s.id = m.stream_event_id
LEFT JOIN exchanges e ON e.id = m.exchange_id;
CREATE VIEW heartbeats AS SELECT exchange_id, session_id, stream_event_id, at_ns, strftime('%Y-%m-%dT%H:%M:%S', at_ns / 1000000000, 'unixepoch') || printf('.%03dZ', at_ns / 1000000 % 1000) AS at, beat AS kind, gap_ms
FROM (
    SELECT b.exchange_id, e.session_id, b.id AS stream_event_id, b.at_ns,
        CASE
            WHEN b.kind IN ('comment', 'empty') THEN b.kind
            WHEN b.kind = 'event' AND lower(b.type) IN ('ping', 'pong', 'keepalive', 'keep-alive', 'keep_alive', 'heartbeat', 'heart-beat', 'noop') THEN 'event'
            WHEN b.id IN (SELECT m.stream_event_id FROM message_rows m
WHERE m.method = 'ping' AND m.kind = 'request' AND m.direction = 's2c' AND m.stream_event_id IS NOT NULL) THEN 'ping'
        END AS beat,
        (b.at_ns - coalesce(
            lag(b.end_ns) OVER (PARTITION BY b.exchange_id ORDER BY b.seq), e.response_start_ns
        )) / 1000000.0 AS gap_ms
    FROM stream_events b JOIN exchanges e ON e.id = b.exchange_id)
WHERE beat IS NOT NULL;
CREATE VIEW streams AS SELECT o.exchange_id, o.session_id, o.recording_id, o.method, o.path, o.opened_ns, strftime('%Y-%m-%dT%H:%M:%S', o.opened_ns / 1000000000, 'unixepoch') || printf('.%03dZ', o.opened_ns / 1000000 % 1000) AS at,
    (o.until_ns - o.opened_ns) / 1000000.0 AS age_ms,
    coalesce(b.events, 0) - coalesce(h.beating_events, 0) AS events,
    coalesce(h.heartbeats, 0) AS heartbeats,
    max(coalesce(b.largest_ns, 0), o.until_ns - coalesce(b.last_ns, o.opened_ns)) / 1000000.0
        AS largest_silence_ms,
    (o.until_ns - coalesce(b.last_ns, o.opened_ns)) / 1000000.0 AS silence_at_end_ms,
    o.ended_by, o.end_reason,
    CASE WHEN o.method = 'GET' AND o.response_end_ns IS NOT NULL THEN (
        SELECT min(n.request_start_ns) - o.response_end_ns FROM exchanges n
        WHERE n.session_id = o.session_id AND n.is_stream AND n.method = 'GET'
            AND n.request_start_ns >= o.response_end_ns
    ) / 1000000.0 END AS reconnect_ms,
    b.retry_ms, o.last_event_id AS resumed_from
FROM (SELECT e.id AS exchange_id, e.session_id, e.recording_id, e.method, e.path,
    coalesce(e.response_start_ns, e.request_start_ns) AS opened_ns, e.response_end_ns, e.ended_by,
    e.end_reason, e.last_event_id,
    coalesce(e.response_end_ns, max(r.last_ns, coalesce(e.response_start_ns, e.request_start_ns))) AS until_ns
FROM exchanges e JOIN recordings r ON r.id = e.recording_id WHERE e.is_stream) o
LEFT JOIN (SELECT exchange_id, sum(kind = 'event') AS events, max(silence_ns) AS largest_ns, max(end_ns) AS last_ns,
    max(retry_ms) FILTER (WHERE retry_place = 1) AS retry_ms
FROM (
    SELECT s.exchange_id, s.kind, s.end_ns, s.retry_ms,
        s.at_ns - coalesce(lag(s.end_ns) OVER (PARTITION BY s.exchange_id ORDER BY s.seq),
            (SELECT e.response_start_ns FROM exchanges e WHERE e.id = s.exchange_id)) AS silence_ns,
        row_number() OVER (PARTITION BY s.exchange_id, s.retry_ms IS NULL ORDER BY s.seq DESC) AS retry_place
    FROM stream_events s)
GROUP BY exchange_id) b ON b.exchange_id = o.exchange_id
LEFT JOIN (
    SELECT exchange_id, count(*) AS heartbeats, sum(kind IN ('event', 'ping')) AS beating_events
    FROM heartbeats GROUP BY exchange_id
) h ON h.exchange_id = o.exchange_id;
CREATE VIEW tool_latency AS SELECT recording_id, method, name, count(*) AS count,
    sum(status IN ('tool_error', 'rpc_error', 'http_error', 'unanswered')) AS errors,
    min(latency_ms) AS min_ms, max(latency_ms) FILTER (WHERE place = (answered * 50 + 99) / 100) AS p50_ms, max(latency_ms) FILTER (WHERE place = (answered * 95 + 99) / 100) AS p95_ms, max(latency_ms) FILTER (WHERE place = (answered * 99 + 99) / 100) AS p99_ms,
    max(latency_ms) AS max_ms
FROM (
    SELECT recording_id, method, name, status, round(latency_ms, 3) AS latency_ms,
        row_number() OVER (PARTITION BY recording_id, method, name
            ORDER BY latency_ms IS NULL, latency_ms) AS place,
        count(latency_ms) OVER (PARTITION BY recording_id, method, name) AS answered
    FROM calls)
GROUP BY recording_id, method, name;
CREATE VIEW errors AS SELECT strftime('%Y-%m-%dT%H:%M:%S', x.at_ns / 1000000000, 'unixepoch') || printf('.%03dZ', x.at_ns / 1000000 % 1000) AS at, x.at_ns, x.kind, s.name AS session, x.method, x.name, x.code, x.detail,
    x.recording_id, x.session_id, x.exchange_id, x.call_id, x.message_id
FROM (
SELECT coalesce(e.response_start_ns, e.request_start_ns) AS at_ns, 'http_error' AS kind,
    coalesce(c.method, e.method) AS method, c.name AS name, e.status AS code,
    trim(e.method || ' ' || e.path || ' ' || coalesce(e.reason, '')) AS detail, e.recording_id, e.session_id,
    e.id AS exchange_id, c.id AS call_id, NULL AS message_id
FROM exchanges e LEFT JOIN (
    SELECT exchange_id, min(id) AS id, recording_id, method, name, sent_ns FROM calls
    WHERE direction = 'c2s' AND status = 'http_error' GROUP BY exchange_id
) c ON c.exchange_id = e.id
WHERE e.status >= 400 AND NOT (e.status = 405 AND e.method IN ('GET', 'DELETE'))
    AND NOT EXISTS (SELECT 1 FROM json_each(coalesce(e.edits, '[]')) j WHERE j.value ->> '$.what' = 'answer')
    AND NOT (e.dialect = 'stateless' AND e.status < 500 AND EXISTS (SELECT 1 FROM message_rows m WHERE m.exchange_id = e.id AND m.kind = 'error' AND m.answers_id IS NOT NULL))
    AND NOT (e.status < 500 AND coalesce(c.method IN ('initialize', 'server/discover'), 0) AND EXISTS (SELECT 1 FROM calls n JOIN exchanges ne ON ne.id = n.exchange_id
    JOIN connections nc ON nc.id = ne.connection_id JOIN connections oc ON oc.id = e.connection_id
WHERE n.id > c.id AND n.id >> 32 = c.recording_id AND n.method IN ('initialize', 'server/discover') AND n.status = 'ok'
    AND n.sent_ns BETWEEN c.sent_ns AND c.sent_ns + 60000000000
    AND (n.method <> c.method OR ne.dialect IS NOT e.dialect)
    AND rtrim(nc.client, '0123456789') = rtrim(oc.client, '0123456789')))
UNION ALL
SELECT coalesce(c.sent_ns + CAST(c.latency_ms * 1000000 AS INTEGER), c.sent_ns), c.status, c.method, c.name,
    m.error_code, coalesce(c.reason, CASE WHEN c.status <> 'unanswered' THEN substr(
        (SELECT CASE b.kind WHEN 'error' THEN b.body ->> '$.error.message' ELSE coalesce((
    SELECT CASE j.type WHEN 'object' THEN j.value ->> '$.text' END AS text
    FROM json_each(b.body, '$.result.content') j WHERE text IS NOT NULL LIMIT 1
    ), b.body ->> '$.result.structuredContent') END FROM messages b WHERE b.id = c.response_id), 1, 300) END), c.recording_id, c.session_id, coalesce(c.response_exchange_id, c.exchange_id), c.id,
    coalesce(c.response_id, c.request_id)
FROM calls c LEFT JOIN message_rows m ON m.id = c.response_id LEFT JOIN exchanges e ON e.id = c.exchange_id
WHERE c.status IN ('rpc_error', 'tool_error', 'unanswered')
    AND NOT (c.status = 'rpc_error' AND c.method IN ('initialize', 'server/discover') AND EXISTS (SELECT 1 FROM calls n JOIN exchanges ne ON ne.id = n.exchange_id
    JOIN connections nc ON nc.id = ne.connection_id JOIN connections oc ON oc.id = e.connection_id
WHERE n.id > c.id AND n.id >> 32 = c.recording_id AND n.method IN ('initialize', 'server/discover') AND n.status = 'ok'
    AND n.sent_ns BETWEEN c.sent_ns AND c.sent_ns + 60000000000
    AND (n.method <> c.method OR ne.dialect IS NOT e.dialect)
    AND rtrim(nc.client, '0123456789') = rtrim(oc.client, '0123456789')))
UNION ALL
SELECT coalesce(e.response_end_ns, e.request_start_ns), 'cut_stream', e.method, NULL, NULL,
    e.end_reason || ' by ' || e.ended_by, e.recording_id, e.session_id, e.id, NULL, NULL
FROM exchanges e LEFT JOIN sessions s ON s.id = e.session_id
WHERE e.is_stream AND e.ended_by IN ('server', 'unknown') AND (
    e.end_reason IN ('rst', 'timeout', 'http_error')
    OR (s.end_reason = 'cut' AND e.method = 'GET' AND e.response_end_ns = s.ended_ns)
    OR (e.ended_by = 'server' AND EXISTS (
        SELECT 1 FROM calls c WHERE c.session_id = e.session_id AND c.exchange_id = e.id
            AND c.reason = 'stream_cut'))
    OR (e.ended_by = 'server' AND EXISTS (
        SELECT 1 FROM stream_events b WHERE b.exchange_id = e.id AND b.kind = 'partial')))
UNION ALL
SELECT e.response_end_ns, 'cut_response', e.method, NULL, e.status, e.end_reason || ' by ' || e.ended_by,
    e.recording_id, e.session_id, e.id, NULL, NULL
FROM exchanges e
WHERE NOT e.is_stream AND e.ended_by IN ('server', 'unknown')
    AND e.end_reason IN ('fin', 'rst', 'timeout', 'http_error') AND NOT EXISTS (SELECT 1 FROM json_each(coalesce(e.edits, '[]')) j WHERE j.value ->> '$.what' = 'answer')
UNION ALL
SELECT coalesce(e.response_start_ns, e.response_end_ns, e.request_start_ns), 'upstream_failure', e.method,
    NULL, e.status, j.value ->> '$.to', e.recording_id, e.session_id, e.id, NULL, NULL
FROM exchanges e, json_each(e.edits) j
WHERE e.edits IS NOT NULL AND j.value ->> '$.what' = 'answer'
UNION ALL
SELECT m.at_ns, 'invalid_message', m.method, NULL, NULL,
    CASE m.direction WHEN 'c2s' THEN 'from the client' ELSE 'from the server' END, m.recording_id,
    m.session_id, m.exchange_id, NULL, m.id
FROM message_rows m WHERE m.kind = 'invalid'
UNION ALL
SELECT CASE j.value ->> '$.place' WHEN 'request' THEN e.request_start_ns
        ELSE coalesce(e.response_start_ns, e.request_start_ns) END, 'unread_content', e.method, NULL, NULL,
    (j.value ->> '$.place') || ': ' || (j.value ->> '$.coding') || ' ' || (j.value ->> '$.why'),
    e.recording_id, e.session_id, e.id, NULL, NULL
FROM exchanges e, json_each(e.notes) j
WHERE e.notes IS NOT NULL AND j.value ->> '$.why' IN ('unread', 'broken', 'cut')
UNION ALL
SELECT g.at_ns, 'gap', NULL, NULL, g.bytes, g.reason, g.recording_id,
    (SELECT e.session_id FROM exchanges e WHERE e.id = g.exchange_id), g.exchange_id, NULL, NULL
FROM gaps g
UNION ALL
SELECT coalesce(r.ended_ns, r.last_ns), 'interrupted', NULL, NULL, NULL, 'the recorder did not end in order',
    r.id, NULL, NULL, NULL, NULL
FROM recordings r WHERE r.interrupted
) x LEFT JOIN sessions s ON s.id = x.session_id
ORDER BY x.at_ns;
CREATE VIEW timeline AS SELECT strftime('%Y-%m-%dT%H:%M:%S', m.at_ns / 1000000000, 'unixepoch') || printf('.%03dZ', m.at_ns / 1000000 % 1000) AS at, coalesce(s.name, m.session_id) AS session,
    CASE m.direction WHEN 'c2s' THEN '→' ELSE '←' END AS arrow, m.kind,
    coalesce(m.method, c.method) AS method, coalesce(m.name, c.name) AS name,
    CASE WHEN m.id = c.response_id AND c.latency_ms IS NOT NULL
        THEN printf('%.1f ms', c.latency_ms) END AS latency,
    CASE WHEN m.bytes < 1000 THEN printf('%d B', m.bytes)
        WHEN m.bytes < 1000000 THEN printf('%.1f kB', m.bytes / 1e3)
        ELSE printf('%.1f MB', m.bytes / 1e6) END AS size,
    m.at_ns, m.recording_id, m.session_id, m.exchange_id, m.id AS message_id, m.call_id
FROM message_rows m
LEFT JOIN sessions s ON s.id = m.session_id
LEFT JOIN calls c ON c.id = m.call_id
ORDER BY m.at_ns, m.id;
CREATE VIEW session_summary AS SELECT s.id AS session_id, s.recording_id, s.name, s.started_ns, strftime('%Y-%m-%dT%H:%M:%S', s.started_ns / 1000000000, 'unixepoch') || printf('.%03dZ', s.started_ns / 1000000 % 1000) AS at, s.ended_ns,
    (coalesce(s.ended_ns, r.last_ns) - s.started_ns) / 1000000.0 AS duration_ms,
    s.end_reason, s.dialect, s.revision, s.client_name, s.client_version, s.server_name,
    s.server_version, s.confidence, r.source,
    coalesce(e.exchanges, 0) AS exchanges, coalesce(e.streams, 0) AS streams,
    coalesce(e.open_streams, 0) AS open_streams,
    coalesce(m.messages, 0) AS messages, coalesce(m.invalid, 0) AS invalid_messages,
    coalesce(m.c2s_bytes, 0) AS c2s_bytes, coalesce(m.s2c_bytes, 0) AS s2c_bytes,
    coalesce(c.calls, 0) AS calls, coalesce(c.ok, 0) AS ok, coalesce(c.tool_errors, 0) AS tool_errors,
    coalesce(c.rpc_errors, 0) AS rpc_errors, coalesce(c.http_errors, 0) AS http_errors,
    coalesce(c.cancelled, 0) AS cancelled, coalesce(c.pending, 0) AS pending,
    coalesce(c.unanswered, 0) AS unanswered, c.mean_latency_ms, c.max_latency_ms
FROM sessions s
JOIN recordings r ON r.id = s.recording_id
LEFT JOIN (
    SELECT session_id, count(*) AS exchanges, sum(is_stream) AS streams,
        sum(is_stream AND (response_end_ns IS NULL OR ended_by = 'recorder')) AS open_streams
    FROM exchanges GROUP BY session_id
) e ON e.session_id = s.id
LEFT JOIN (
    SELECT session_id, count(*) AS messages, sum(kind = 'invalid') AS invalid,
        sum(bytes) FILTER (WHERE direction = 'c2s') AS c2s_bytes,
        sum(bytes) FILTER (WHERE direction = 's2c') AS s2c_bytes
    FROM message_rows GROUP BY session_id
) m ON m.session_id = s.id
LEFT JOIN (SELECT session_id, count(*) AS calls, sum(status = 'ok') AS ok, sum(status = 'tool_error') AS tool_errors,
    sum(status = 'rpc_error') AS rpc_errors, sum(status = 'http_error') AS http_errors,
    sum(status = 'cancelled') AS cancelled, sum(status = 'pending') AS pending,
    sum(status = 'unanswered') AS unanswered, avg(latency_ms) AS mean_latency_ms,
    max(latency_ms) AS max_latency_ms
FROM calls GROUP BY session_id) c ON c.session_id = s.id;
COMMIT;
