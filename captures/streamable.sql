-- format 3
-- Streamable HTTP with a session: answers as streams, a listening stream that hears of changes and heartbeats, a call that its client cancels, DELETE.
-- made by captures/making/remake.py streamable: servers.py streamable (SDK 1.30), the client of SDK 1.30
-- dialect streamable
-- call initialize - ok
-- call tools/call slow ok
-- call tools/call ask_user ok
-- call elicitation/create - ok
-- call tools/call announce_change ok
-- call tools/call hold cancelled
-- call tools/call fail tool_error
BEGIN;
INSERT INTO recordings (id, source, target, command, tool_version, fold_version, pid, pid_started, boot_id, started_ns, ended_ns, interrupted, gaps, gap_bytes, last_ns) VALUES (
  /* id */ 1,
  /* source */ 'proxy',
  /* target */ 'http://127.0.0.1:40001/mcp',
  /* command */ 'mcp-inspect record http://127.0.0.1:40001/mcp --listen 127.0.0.1:40002 --db streamable.sqlite',
  /* tool_version */ '0.1.0',
  /* fold_version */ 2,
  /* pid */ 1000,
  /* pid_started */ 100000,
  /* boot_id */ 'db1baa7e-76cb-4c5c-84ab-ac08c5dfc219',
  /* started_ns */ 1767225600000000000,
  /* ended_ns */ 1767225602000000000,
  /* interrupted */ 0,
  /* gaps */ 0,
  /* gap_bytes */ 0,
  /* last_ns */ 1767225602000000000);
INSERT INTO connections VALUES (4294967297, 1, 'client', '127.0.0.1:40003', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601000000000, 1767225601008000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967298, 1, 'upstream', '127.0.0.1:40004', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601003000000, 1767225601007000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967299, 1, 'client', '127.0.0.1:40005', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601009000000, 1767225601021000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967300, 1, 'client', '127.0.0.1:40006', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601010000000, 1767225601509000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967301, 1, 'upstream', '127.0.0.1:40007', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601015000000, 1767225601020000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967302, 1, 'upstream', '127.0.0.1:40008', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601016000000, 1767225601508000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967303, 1, 'client', '127.0.0.1:40009', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601022000000, 1767225601030000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967304, 1, 'upstream', '127.0.0.1:40010', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601025000000, 1767225601029000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967305, 1, 'client', '127.0.0.1:40011', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601031000000, 1767225601039000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967306, 1, 'upstream', '127.0.0.1:40012', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601034000000, 1767225601038000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967307, 1, 'client', '127.0.0.1:40013', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601040000000, 1767225601051000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967308, 1, 'upstream', '127.0.0.1:40014', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601042000000, 1767225601050000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967309, 1, 'client', '127.0.0.1:40015', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601052000000, 1767225601069000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967310, 1, 'upstream', '127.0.0.1:40016', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601054000000, 1767225601068000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967311, 1, 'client', '127.0.0.1:40017', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601058000000, 1767225601067000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967312, 1, 'upstream', '127.0.0.1:40018', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601060000000, 1767225601066000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967313, 1, 'client', '127.0.0.1:40019', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601070000000, 1767225601082000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967314, 1, 'upstream', '127.0.0.1:40020', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601072000000, 1767225601081000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967315, 1, 'client', '127.0.0.1:40021', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601077000000, 1767225601087000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967316, 1, 'upstream', '127.0.0.1:40022', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601079000000, 1767225601086000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967317, 1, 'client', '127.0.0.1:40023', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601088000000, 1767225601098000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967318, 1, 'upstream', '127.0.0.1:40024', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601090000000, 1767225601097000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967319, 1, 'client', '127.0.0.1:40025', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601099000000, 1767225601126000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967320, 1, 'client', '127.0.0.1:40026', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601100000000, 1767225601113000000, 'client', 'rst');
INSERT INTO connections VALUES (4294967321, 1, 'upstream', '127.0.0.1:40027', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601105000000, 1767225601125000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967322, 1, 'upstream', '127.0.0.1:40028', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601106000000, 1767225601112000000, 'client', 'rst');
INSERT INTO connections VALUES (4294967323, 1, 'client', '127.0.0.1:40029', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601114000000, 1767225601124000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967324, 1, 'upstream', '127.0.0.1:40030', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601116000000, 1767225601123000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967325, 1, 'client', '127.0.0.1:40031', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601122000000, 1767225601134000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967326, 1, 'upstream', '127.0.0.1:40032', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601129000000, 1767225601133000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967327, 1, 'client', '127.0.0.1:40033', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601501000000, 1767225601511000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967328, 1, 'upstream', '127.0.0.1:40034', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601504000000, 1767225601510000000, 'client', 'fin');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body) VALUES (
  /* id */ 4294967297,
  /* recording_id */ 1,
  /* connection_id */ 4294967297,
  /* upstream_connection_id */ 4294967298,
  /* session_id */ 4294967297,
  /* dialect */ 'streamable',
  /* dialect_evidence */ 'initialize answered in the POST''s own response; response gives Mcp-Session-Id',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601001000000,
  /* request_end_ns */ 1767225601002000000,
  /* response_start_ns */ 1767225601004000000,
  /* response_end_ns */ 1767225601006000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 1,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx/0.28.1"],["accept","application/json, text/event-stream"],["content-type","application/json"],["Content-Length","235"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["cache-control","no-cache, no-transform"],["connection","keep-alive"],["content-type","text/event-stream"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["x-accel-buffering","no"],["Transfer-Encoding","chunked"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{"sampling":{},"elicitation":{"form":{},"url":{}},"roots":{"listChanged":true}},"clientInfo":{"name":"python-sdk1","version":"1.0"}},"jsonrpc":"2.0","id":0}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body) VALUES (
  /* id */ 4294967298,
  /* recording_id */ 1,
  /* connection_id */ 4294967299,
  /* upstream_connection_id */ 4294967301,
  /* session_id */ 4294967297,
  /* dialect */ 'streamable',
  /* dialect_evidence */ 'request carries Mcp-Session-Id',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601011000000,
  /* request_end_ns */ 1767225601012000000,
  /* response_start_ns */ 1767225601017000000,
  /* response_end_ns */ 1767225601018000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 0,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 202,
  /* reason */ 'Accepted',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx/0.28.1"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["mcp-protocol-version","2025-11-25"],["Content-Length","54"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["content-type","application/json"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["content-length","0"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"method":"notifications/initialized","jsonrpc":"2.0"}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits) VALUES (
  /* id */ 4294967299,
  /* recording_id */ 1,
  /* connection_id */ 4294967300,
  /* upstream_connection_id */ 4294967302,
  /* session_id */ 4294967297,
  /* dialect */ 'streamable',
  /* dialect_evidence */ 'request carries Mcp-Session-Id',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601013000000,
  /* request_end_ns */ 1767225601014000000,
  /* response_start_ns */ 1767225601019000000,
  /* response_end_ns */ 1767225601507000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 1,
  /* redacted */ 0,
  /* method */ 'GET',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx/0.28.1"],["Cache-Control","no-store"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["mcp-protocol-version","2025-11-25"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["cache-control","no-cache, no-transform"],["connection","keep-alive"],["content-type","text/event-stream"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["x-accel-buffering","no"],["Transfer-Encoding","chunked"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body) VALUES (
  /* id */ 4294967300,
  /* recording_id */ 1,
  /* connection_id */ 4294967303,
  /* upstream_connection_id */ 4294967304,
  /* session_id */ 4294967297,
  /* dialect */ 'streamable',
  /* dialect_evidence */ 'request carries Mcp-Session-Id',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601023000000,
  /* request_end_ns */ 1767225601024000000,
  /* response_start_ns */ 1767225601026000000,
  /* response_end_ns */ 1767225601028000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 1,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx/0.28.1"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["mcp-protocol-version","2025-11-25"],["Content-Length","118"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["cache-control","no-cache, no-transform"],["connection","keep-alive"],["content-type","text/event-stream"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["x-accel-buffering","no"],["Transfer-Encoding","chunked"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"method":"tools/call","params":{"name":"echo","arguments":{"text":"hello – ünïcode ✓"}},"jsonrpc":"2.0","id":1}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body) VALUES (
  /* id */ 4294967301,
  /* recording_id */ 1,
  /* connection_id */ 4294967305,
  /* upstream_connection_id */ 4294967306,
  /* session_id */ 4294967297,
  /* dialect */ 'streamable',
  /* dialect_evidence */ 'request carries Mcp-Session-Id',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601032000000,
  /* request_end_ns */ 1767225601033000000,
  /* response_start_ns */ 1767225601035000000,
  /* response_end_ns */ 1767225601037000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 1,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx/0.28.1"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["mcp-protocol-version","2025-11-25"],["Content-Length","46"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["cache-control","no-cache, no-transform"],["connection","keep-alive"],["content-type","text/event-stream"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["x-accel-buffering","no"],["Transfer-Encoding","chunked"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"method":"tools/list","jsonrpc":"2.0","id":2}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body) VALUES (
  /* id */ 4294967302,
  /* recording_id */ 1,
  /* connection_id */ 4294967307,
  /* upstream_connection_id */ 4294967308,
  /* session_id */ 4294967297,
  /* dialect */ 'streamable',
  /* dialect_evidence */ 'request carries Mcp-Session-Id',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601041000000,
  /* request_end_ns */ 1767225601043000000,
  /* response_start_ns */ 1767225601044000000,
  /* response_end_ns */ 1767225601049000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 1,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx/0.28.1"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["mcp-protocol-version","2025-11-25"],["Content-Length","123"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["cache-control","no-cache, no-transform"],["connection","keep-alive"],["content-type","text/event-stream"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["x-accel-buffering","no"],["Transfer-Encoding","chunked"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"method":"tools/call","params":{"name":"slow","arguments":{"steps":3},"_meta":{"progressToken":3}},"jsonrpc":"2.0","id":3}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body) VALUES (
  /* id */ 4294967303,
  /* recording_id */ 1,
  /* connection_id */ 4294967309,
  /* upstream_connection_id */ 4294967310,
  /* session_id */ 4294967297,
  /* dialect */ 'streamable',
  /* dialect_evidence */ 'request carries Mcp-Session-Id',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601053000000,
  /* request_end_ns */ 1767225601055000000,
  /* response_start_ns */ 1767225601056000000,
  /* response_end_ns */ 1767225601065000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 1,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx/0.28.1"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["mcp-protocol-version","2025-11-25"],["Content-Length","111"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["cache-control","no-cache, no-transform"],["connection","keep-alive"],["content-type","text/event-stream"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["x-accel-buffering","no"],["Transfer-Encoding","chunked"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"method":"tools/call","params":{"name":"ask_user","arguments":{"text":"Who are you?"}},"jsonrpc":"2.0","id":4}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body) VALUES (
  /* id */ 4294967304,
  /* recording_id */ 1,
  /* connection_id */ 4294967311,
  /* upstream_connection_id */ 4294967312,
  /* session_id */ 4294967297,
  /* dialect */ 'streamable',
  /* dialect_evidence */ 'request carries Mcp-Session-Id',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601059000000,
  /* request_end_ns */ 1767225601061000000,
  /* response_start_ns */ 1767225601062000000,
  /* response_end_ns */ 1767225601063000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 0,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 202,
  /* reason */ 'Accepted',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx/0.28.1"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["mcp-protocol-version","2025-11-25"],["Content-Length","87"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["content-type","application/json"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["content-length","0"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"jsonrpc":"2.0","id":0,"result":{"action":"accept","content":{"name":"Ada","age":36}}}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body) VALUES (
  /* id */ 4294967305,
  /* recording_id */ 1,
  /* connection_id */ 4294967313,
  /* upstream_connection_id */ 4294967314,
  /* session_id */ 4294967297,
  /* dialect */ 'streamable',
  /* dialect_evidence */ 'request carries Mcp-Session-Id',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601071000000,
  /* request_end_ns */ 1767225601073000000,
  /* response_start_ns */ 1767225601074000000,
  /* response_end_ns */ 1767225601076000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 1,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx/0.28.1"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["mcp-protocol-version","2025-11-25"],["Content-Length","105"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["cache-control","no-cache, no-transform"],["connection","keep-alive"],["content-type","text/event-stream"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["x-accel-buffering","no"],["Transfer-Encoding","chunked"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"method":"tools/call","params":{"name":"fail","arguments":{"reason":"as asked"}},"jsonrpc":"2.0","id":5}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body) VALUES (
  /* id */ 4294967306,
  /* recording_id */ 1,
  /* connection_id */ 4294967315,
  /* upstream_connection_id */ 4294967316,
  /* session_id */ 4294967297,
  /* dialect */ 'streamable',
  /* dialect_evidence */ 'request carries Mcp-Session-Id',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601078000000,
  /* request_end_ns */ 1767225601080000000,
  /* response_start_ns */ 1767225601083000000,
  /* response_end_ns */ 1767225601085000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 1,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx/0.28.1"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["mcp-protocol-version","2025-11-25"],["Content-Length","82"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["cache-control","no-cache, no-transform"],["connection","keep-alive"],["content-type","text/event-stream"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["x-accel-buffering","no"],["Transfer-Encoding","chunked"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"method":"resources/read","params":{"uri":"memo://today"},"jsonrpc":"2.0","id":6}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body) VALUES (
  /* id */ 4294967307,
  /* recording_id */ 1,
  /* connection_id */ 4294967317,
  /* upstream_connection_id */ 4294967318,
  /* session_id */ 4294967297,
  /* dialect */ 'streamable',
  /* dialect_evidence */ 'request carries Mcp-Session-Id',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601089000000,
  /* request_end_ns */ 1767225601091000000,
  /* response_start_ns */ 1767225601092000000,
  /* response_end_ns */ 1767225601096000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 1,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx/0.28.1"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["mcp-protocol-version","2025-11-25"],["Content-Length","97"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["cache-control","no-cache, no-transform"],["connection","keep-alive"],["content-type","text/event-stream"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["x-accel-buffering","no"],["Transfer-Encoding","chunked"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"method":"tools/call","params":{"name":"announce_change","arguments":{}},"jsonrpc":"2.0","id":7}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body) VALUES (
  /* id */ 4294967308,
  /* recording_id */ 1,
  /* connection_id */ 4294967319,
  /* upstream_connection_id */ 4294967321,
  /* session_id */ 4294967297,
  /* dialect */ 'streamable',
  /* dialect_evidence */ 'request carries Mcp-Session-Id',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601101000000,
  /* request_end_ns */ 1767225601102000000,
  /* response_start_ns */ 1767225601108000000,
  /* response_end_ns */ 1767225601121000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 1,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx/0.28.1"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["mcp-protocol-version","2025-11-25"],["Content-Length","104"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["cache-control","no-cache, no-transform"],["connection","keep-alive"],["content-type","text/event-stream"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["x-accel-buffering","no"],["Transfer-Encoding","chunked"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"method":"tools/call","params":{"name":"hold","arguments":{"name":"cancelled"}},"jsonrpc":"2.0","id":8}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body) VALUES (
  /* id */ 4294967309,
  /* recording_id */ 1,
  /* connection_id */ 4294967320,
  /* upstream_connection_id */ 4294967322,
  /* session_id */ 4294967297,
  /* dialect */ 'streamable',
  /* dialect_evidence */ 'request carries Mcp-Session-Id',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601103000000,
  /* request_end_ns */ 1767225601104000000,
  /* response_start_ns */ 1767225601109000000,
  /* response_end_ns */ 1767225601111000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 1,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx/0.28.1"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["mcp-protocol-version","2025-11-25"],["Content-Length","115"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["cache-control","no-cache, no-transform"],["connection","keep-alive"],["content-type","text/event-stream"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["x-accel-buffering","no"],["Transfer-Encoding","chunked"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"method":"tools/call","params":{"name":"wait_until_held","arguments":{"name":"cancelled"}},"jsonrpc":"2.0","id":9}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body) VALUES (
  /* id */ 4294967310,
  /* recording_id */ 1,
  /* connection_id */ 4294967323,
  /* upstream_connection_id */ 4294967324,
  /* session_id */ 4294967297,
  /* dialect */ 'streamable',
  /* dialect_evidence */ 'request carries Mcp-Session-Id',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601115000000,
  /* request_end_ns */ 1767225601117000000,
  /* response_start_ns */ 1767225601118000000,
  /* response_end_ns */ 1767225601119000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 0,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 202,
  /* reason */ 'Accepted',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx/0.28.1"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["mcp-protocol-version","2025-11-25"],["Content-Length","105"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["content-type","application/json"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["content-length","0"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"method":"notifications/cancelled","params":{"requestId":8,"reason":"no longer needed"},"jsonrpc":"2.0"}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body) VALUES (
  /* id */ 4294967311,
  /* recording_id */ 1,
  /* connection_id */ 4294967325,
  /* upstream_connection_id */ 4294967326,
  /* session_id */ 4294967297,
  /* dialect */ 'streamable',
  /* dialect_evidence */ 'request carries Mcp-Session-Id',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601127000000,
  /* request_end_ns */ 1767225601128000000,
  /* response_start_ns */ 1767225601130000000,
  /* response_end_ns */ 1767225601132000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 1,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx/0.28.1"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["mcp-protocol-version","2025-11-25"],["Content-Length","121"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["cache-control","no-cache, no-transform"],["connection","keep-alive"],["content-type","text/event-stream"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["x-accel-buffering","no"],["Transfer-Encoding","chunked"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"method":"tools/call","params":{"name":"wait_until_cancelled","arguments":{"name":"cancelled"}},"jsonrpc":"2.0","id":10}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits) VALUES (
  /* id */ 4294967312,
  /* recording_id */ 1,
  /* connection_id */ 4294967327,
  /* upstream_connection_id */ 4294967328,
  /* session_id */ 4294967297,
  /* dialect */ 'streamable',
  /* dialect_evidence */ 'request carries Mcp-Session-Id',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601502000000,
  /* request_end_ns */ 1767225601503000000,
  /* response_start_ns */ 1767225601505000000,
  /* response_end_ns */ 1767225601506000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 0,
  /* redacted */ 0,
  /* method */ 'DELETE',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx/0.28.1"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["mcp-protocol-version","2025-11-25"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["content-type","application/json"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["content-length","0"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967297,
  /* exchange_id */ 4294967297,
  /* seq */ 0,
  /* at_ns */ 1767225601005000000,
  /* end_ns */ 1767225601005000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-11-25","capabilities":{"experimental":{},"prompts":{"listChanged":false},"resources":{"subscribe":false,"listChanged":false},"tools":{"listChanged":false}},"serverInfo":{"name":"sdk-tour","version":"1.30.0"}}}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967298,
  /* exchange_id */ 4294967300,
  /* seq */ 0,
  /* at_ns */ 1767225601027000000,
  /* end_ns */ 1767225601027000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"hello – ünïcode ✓"}],"structuredContent":{"result":"hello – ünïcode ✓"},"isError":false}}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967299,
  /* exchange_id */ 4294967301,
  /* seq */ 0,
  /* at_ns */ 1767225601036000000,
  /* end_ns */ 1767225601036000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","id":2,"result":{"tools":[{"name":"echo","description":"Answers with the text it was given.","inputSchema":{"properties":{"text":{"title":"Text","type":"string"}},"required":["text"],"title":"echoArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"echoOutput","type":"object"}},{"name":"slow","description":"Reports progress step by step before it answers.","inputSchema":{"properties":{"steps":{"title":"Steps","type":"integer"}},"required":["steps"],"title":"slowArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"slowOutput","type":"object"}},{"name":"large","description":"Answers with that many kilobytes of text.","inputSchema":{"properties":{"kilobytes":{"title":"Kilobytes","type":"integer"}},"required":["kilobytes"],"title":"largeArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"largeOutput","type":"object"}},{"name":"fail","description":"Fails with the reason given.","inputSchema":{"properties":{"reason":{"title":"Reason","type":"string"}},"required":["reason"],"title":"failArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"failOutput","type":"object"}},{"name":"log","description":"Sends log messages before it answers.","inputSchema":{"properties":{"text":{"title":"Text","type":"string"}},"required":["text"],"title":"logArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"logOutput","type":"object"}},{"name":"ask_model","description":"Asks the client to sample, on the stream of this call.","inputSchema":{"properties":{"text":{"title":"Text","type":"string"}},"required":["text"],"title":"ask_modelArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"ask_modelOutput","type":"object"}},{"name":"ask_user","description":"Asks the user for a profile, on the stream of this call.","inputSchema":{"properties":{"text":{"title":"Text","type":"string"}},"required":["text"],"title":"ask_userArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"ask_userOutput","type":"object"}},{"name":"ask_aside","description":"Asks the client to sample, on the client''s listening stream.","inputSchema":{"properties":{"text":{"title":"Text","type":"string"}},"required":["text"],"title":"ask_asideArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"ask_asideOutput","type":"object"}},{"name":"ask_roots","description":"Asks for the client''s roots, on its listening stream.","inputSchema":{"properties":{},"title":"ask_rootsArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"ask_rootsOutput","type":"object"}},{"name":"announce_change","description":"Says on the listening stream that resources and tools changed.","inputSchema":{"properties":{},"title":"announce_changeArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"announce_changeOutput","type":"object"}},{"name":"hold","description":"Answers once released.","inputSchema":{"properties":{"name":{"title":"Name","type":"string"}},"required":["name"],"title":"holdArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"holdOutput","type":"object"}},{"name":"wait_until_held","description":"Answers once the call of that name is under way.","inputSchema":{"properties":{"name":{"title":"Name","type":"string"}},"required":["name"],"title":"wait_until_heldArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"wait_until_heldOutput","type":"object"}},{"name":"wait_until_cancelled","description":"Answers once the held call of that name was cancelled.","inputSchema":{"properties":{"name":{"title":"Name","type":"string"}},"required":["name"],"title":"wait_until_cancelledArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"wait_until_cancelledOutput","type":"object"}},{"name":"release","description":"Lets the held call of that name go on.","inputSchema":{"properties":{"name":{"title":"Name","type":"string"}},"required":["name"],"title":"releaseArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"releaseOutput","type":"object"}},{"name":"meet","description":"Answers when all callers of that name have arrived, the highest place first.","inputSchema":{"properties":{"name":{"title":"Name","type":"string"},"place":{"title":"Place","type":"integer"},"of":{"title":"Of","type":"integer"}},"required":["name","place","of"],"title":"meetArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"meetOutput","type":"object"}},{"name":"answer_later","description":"Closes its own stream once released; answers at once, or when released again if `live`.","inputSchema":{"properties":{"name":{"title":"Name","type":"string"},"live":{"title":"Live","type":"boolean"}},"required":["name","live"],"title":"answer_laterArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"answer_laterOutput","type":"object"}}]}}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967300,
  /* exchange_id */ 4294967302,
  /* seq */ 0,
  /* at_ns */ 1767225601045000000,
  /* end_ns */ 1767225601045000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"method":"notifications/progress","params":{"progressToken":3,"progress":1.0,"total":3.0,"message":"step 1 of 3"},"jsonrpc":"2.0"}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967301,
  /* exchange_id */ 4294967302,
  /* seq */ 1,
  /* at_ns */ 1767225601046000000,
  /* end_ns */ 1767225601046000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"method":"notifications/progress","params":{"progressToken":3,"progress":2.0,"total":3.0,"message":"step 2 of 3"},"jsonrpc":"2.0"}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967302,
  /* exchange_id */ 4294967302,
  /* seq */ 2,
  /* at_ns */ 1767225601047000000,
  /* end_ns */ 1767225601047000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"method":"notifications/progress","params":{"progressToken":3,"progress":3.0,"total":3.0,"message":"step 3 of 3"},"jsonrpc":"2.0"}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967303,
  /* exchange_id */ 4294967302,
  /* seq */ 3,
  /* at_ns */ 1767225601048000000,
  /* end_ns */ 1767225601048000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","id":3,"result":{"content":[{"type":"text","text":"3 steps done"}],"structuredContent":{"result":"3 steps done"},"isError":false}}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967304,
  /* exchange_id */ 4294967303,
  /* seq */ 0,
  /* at_ns */ 1767225601057000000,
  /* end_ns */ 1767225601057000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"method":"elicitation/create","params":{"mode":"form","message":"Who are you?","requestedSchema":{"properties":{"name":{"title":"Name","type":"string"},"age":{"title":"Age","type":"integer"}},"required":["name","age"],"title":"Profile","type":"object"}},"jsonrpc":"2.0","id":0}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967305,
  /* exchange_id */ 4294967303,
  /* seq */ 1,
  /* at_ns */ 1767225601064000000,
  /* end_ns */ 1767225601064000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","id":4,"result":{"content":[{"type":"text","text":"accept: Ada, 36"}],"structuredContent":{"result":"accept: Ada, 36"},"isError":false}}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967306,
  /* exchange_id */ 4294967305,
  /* seq */ 0,
  /* at_ns */ 1767225601075000000,
  /* end_ns */ 1767225601075000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","id":5,"result":{"content":[{"type":"text","text":"Error executing tool fail: as asked"}],"isError":true}}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967307,
  /* exchange_id */ 4294967306,
  /* seq */ 0,
  /* at_ns */ 1767225601084000000,
  /* end_ns */ 1767225601084000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","id":6,"result":{"contents":[{"uri":"memo://today","mimeType":"text/plain","text":"buy milk"}]}}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967308,
  /* exchange_id */ 4294967299,
  /* seq */ 0,
  /* at_ns */ 1767225601093000000,
  /* end_ns */ 1767225601093000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"method":"notifications/resources/list_changed","jsonrpc":"2.0"}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967309,
  /* exchange_id */ 4294967299,
  /* seq */ 1,
  /* at_ns */ 1767225601093000000,
  /* end_ns */ 1767225601094000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"method":"notifications/tools/list_changed","jsonrpc":"2.0"}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967310,
  /* exchange_id */ 4294967307,
  /* seq */ 0,
  /* at_ns */ 1767225601095000000,
  /* end_ns */ 1767225601095000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","id":7,"result":{"content":[{"type":"text","text":"announced"}],"structuredContent":{"result":"announced"},"isError":false}}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, layout, comment) VALUES (
  /* id */ 4294967311,
  /* exchange_id */ 4294967299,
  /* seq */ 2,
  /* at_ns */ 1767225601107000000,
  /* end_ns */ 1767225601107000000,
  /* kind */ 'comment',
  /* layout */ 'crr',
  /* comment */ ' ping - 2026-01-01 00:00:00.000000+00:00');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967312,
  /* exchange_id */ 4294967309,
  /* seq */ 0,
  /* at_ns */ 1767225601110000000,
  /* end_ns */ 1767225601110000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","id":9,"result":{"content":[{"type":"text","text":"cancelled is held"}],"structuredContent":{"result":"cancelled is held"},"isError":false}}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967313,
  /* exchange_id */ 4294967308,
  /* seq */ 0,
  /* at_ns */ 1767225601120000000,
  /* end_ns */ 1767225601120000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","id":8,"error":{"code":0,"message":"Request cancelled"}}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967314,
  /* exchange_id */ 4294967311,
  /* seq */ 0,
  /* at_ns */ 1767225601131000000,
  /* end_ns */ 1767225601131000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","id":10,"result":{"content":[{"type":"text","text":"cancelled was cancelled"}],"structuredContent":{"result":"cancelled was cancelled"},"isError":false}}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, layout, comment) VALUES (
  /* id */ 4294967315,
  /* exchange_id */ 4294967299,
  /* seq */ 3,
  /* at_ns */ 1767225601500000000,
  /* end_ns */ 1767225601500000000,
  /* kind */ 'comment',
  /* layout */ 'crr',
  /* comment */ ' ping - 2026-01-01 00:00:00.000000+00:00');
INSERT INTO sessions VALUES (4294967297, 1, 'python-sdk1/1', 'python-sdk1', 1, 'streamable', '2025-11-25', '3af07cbe93e72a8ac1990883add4d8db', 'python-sdk1', '1.0', 'sdk-tour', '1.30.0', 1767225601001000000, 1767225601506000000, 'deleted', 'high');
INSERT INTO message_rows VALUES (4294967297, 1, 4294967297, 4294967297, NULL, 4294967297, NULL, 0, 1767225601001000000, 'c2s', 'request', '0', 'initialize', NULL, NULL, 235, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967298, 1, 4294967297, 4294967297, 4294967297, 4294967297, 4294967297, 1, 1767225601005000000, 's2c', 'response', '0', NULL, NULL, NULL, 267, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967299, 1, 4294967297, 4294967298, NULL, NULL, NULL, 2, 1767225601011000000, 'c2s', 'notification', NULL, 'notifications/initialized', NULL, NULL, 54, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967300, 1, 4294967297, 4294967300, NULL, 4294967298, NULL, 3, 1767225601023000000, 'c2s', 'request', '1', 'tools/call', 'echo', NULL, 118, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967301, 1, 4294967297, 4294967300, 4294967298, 4294967298, 4294967300, 4, 1767225601027000000, 's2c', 'response', '1', NULL, NULL, NULL, 169, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967302, 1, 4294967297, 4294967301, NULL, 4294967299, NULL, 5, 1767225601032000000, 'c2s', 'request', '2', 'tools/list', NULL, NULL, 46, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967303, 1, 4294967297, 4294967301, 4294967299, 4294967299, 4294967302, 6, 1767225601036000000, 's2c', 'response', '2', NULL, NULL, NULL, 5881, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967304, 1, 4294967297, 4294967302, NULL, 4294967300, NULL, 7, 1767225601041000000, 'c2s', 'request', '3', 'tools/call', 'slow', NULL, 123, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967305, 1, 4294967297, 4294967302, 4294967300, NULL, NULL, 8, 1767225601045000000, 's2c', 'notification', NULL, 'notifications/progress', NULL, NULL, 131, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967306, 1, 4294967297, 4294967302, 4294967301, NULL, NULL, 9, 1767225601046000000, 's2c', 'notification', NULL, 'notifications/progress', NULL, NULL, 131, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967307, 1, 4294967297, 4294967302, 4294967302, NULL, NULL, 10, 1767225601047000000, 's2c', 'notification', NULL, 'notifications/progress', NULL, NULL, 131, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967308, 1, 4294967297, 4294967302, 4294967303, 4294967300, 4294967304, 11, 1767225601048000000, 's2c', 'response', '3', NULL, NULL, NULL, 147, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967309, 1, 4294967297, 4294967303, NULL, 4294967301, NULL, 12, 1767225601053000000, 'c2s', 'request', '4', 'tools/call', 'ask_user', NULL, 111, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967310, 1, 4294967297, 4294967303, 4294967304, 4294967302, NULL, 13, 1767225601057000000, 's2c', 'request', '0', 'elicitation/create', NULL, NULL, 278, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967311, 1, 4294967297, 4294967304, NULL, 4294967302, 4294967310, 14, 1767225601059000000, 'c2s', 'response', '0', NULL, NULL, NULL, 87, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967312, 1, 4294967297, 4294967303, 4294967305, 4294967301, 4294967309, 15, 1767225601064000000, 's2c', 'response', '4', NULL, NULL, NULL, 153, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967313, 1, 4294967297, 4294967305, NULL, 4294967303, NULL, 16, 1767225601071000000, 'c2s', 'request', '5', 'tools/call', 'fail', NULL, 105, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967314, 1, 4294967297, 4294967305, 4294967306, 4294967303, 4294967313, 17, 1767225601075000000, 's2c', 'response', '5', NULL, NULL, NULL, 123, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967315, 1, 4294967297, 4294967306, NULL, 4294967304, NULL, 18, 1767225601078000000, 'c2s', 'request', '6', 'resources/read', 'memo://today', NULL, 82, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967316, 1, 4294967297, 4294967306, 4294967307, 4294967304, 4294967315, 19, 1767225601084000000, 's2c', 'response', '6', NULL, NULL, NULL, 113, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967317, 1, 4294967297, 4294967307, NULL, 4294967305, NULL, 20, 1767225601089000000, 'c2s', 'request', '7', 'tools/call', 'announce_change', NULL, 97, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967318, 1, 4294967297, 4294967299, 4294967308, NULL, NULL, 21, 1767225601093000000, 's2c', 'notification', NULL, 'notifications/resources/list_changed', NULL, NULL, 65, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967319, 1, 4294967297, 4294967299, 4294967309, NULL, NULL, 22, 1767225601093000000, 's2c', 'notification', NULL, 'notifications/tools/list_changed', NULL, NULL, 61, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967320, 1, 4294967297, 4294967307, 4294967310, 4294967305, 4294967317, 23, 1767225601095000000, 's2c', 'response', '7', NULL, NULL, NULL, 141, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967321, 1, 4294967297, 4294967308, NULL, 4294967306, NULL, 24, 1767225601101000000, 'c2s', 'request', '8', 'tools/call', 'hold', NULL, 104, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967322, 1, 4294967297, 4294967309, NULL, 4294967307, NULL, 25, 1767225601103000000, 'c2s', 'request', '9', 'tools/call', 'wait_until_held', NULL, 115, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967323, 1, 4294967297, 4294967309, 4294967312, 4294967307, 4294967322, 26, 1767225601110000000, 's2c', 'response', '9', NULL, NULL, NULL, 157, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967324, 1, 4294967297, 4294967310, NULL, NULL, NULL, 27, 1767225601115000000, 'c2s', 'notification', NULL, 'notifications/cancelled', NULL, NULL, 105, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967325, 1, 4294967297, 4294967308, 4294967313, 4294967306, 4294967321, 28, 1767225601120000000, 's2c', 'error', '8', NULL, NULL, 0, 73, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967326, 1, 4294967297, 4294967311, NULL, 4294967308, NULL, 29, 1767225601127000000, 'c2s', 'request', '10', 'tools/call', 'wait_until_cancelled', NULL, 121, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967327, 1, 4294967297, 4294967311, 4294967314, 4294967308, 4294967326, 30, 1767225601131000000, 's2c', 'response', '10', NULL, NULL, NULL, 170, NULL, 0, 'stream_event', NULL);
INSERT INTO calls VALUES (4294967297, 1, 4294967297, 4294967297, 4294967297, 'c2s', 'initialize', NULL, '0', 4294967297, 4294967298, 1767225601001000000, 3.0, 4.0, 4.0, 'ok', NULL, 1, 235, 267, NULL);
INSERT INTO calls VALUES (4294967298, 1, 4294967297, 4294967300, 4294967300, 'c2s', 'tools/call', 'echo', '1', 4294967300, 4294967301, 1767225601023000000, 3.0, 4.0, 4.0, 'ok', NULL, 1, 118, 169, NULL);
INSERT INTO calls VALUES (4294967299, 1, 4294967297, 4294967301, 4294967301, 'c2s', 'tools/list', NULL, '2', 4294967302, 4294967303, 1767225601032000000, 3.0, 4.0, 4.0, 'ok', NULL, 1, 46, 5881, NULL);
INSERT INTO calls VALUES (4294967300, 1, 4294967297, 4294967302, 4294967302, 'c2s', 'tools/call', 'slow', '3', 4294967304, 4294967308, 1767225601041000000, 3.0, 4.0, 7.0, 'ok', NULL, 1, 123, 147, NULL);
INSERT INTO calls VALUES (4294967301, 1, 4294967297, 4294967303, 4294967303, 'c2s', 'tools/call', 'ask_user', '4', 4294967309, 4294967312, 1767225601053000000, 3.0, 4.0, 11.0, 'ok', NULL, 1, 111, 153, NULL);
INSERT INTO calls VALUES (4294967302, 1, 4294967297, 4294967303, 4294967304, 's2c', 'elicitation/create', NULL, '0', 4294967310, 4294967311, 1767225601057000000, NULL, NULL, 4.0, 'ok', NULL, 1, 278, 87, NULL);
INSERT INTO calls VALUES (4294967303, 1, 4294967297, 4294967305, 4294967305, 'c2s', 'tools/call', 'fail', '5', 4294967313, 4294967314, 1767225601071000000, 3.0, 4.0, 4.0, 'tool_error', NULL, 1, 105, 123, NULL);
INSERT INTO calls VALUES (4294967304, 1, 4294967297, 4294967306, 4294967306, 'c2s', 'resources/read', 'memo://today', '6', 4294967315, 4294967316, 1767225601078000000, 5.0, 6.0, 6.0, 'ok', NULL, 1, 82, 113, NULL);
INSERT INTO calls VALUES (4294967305, 1, 4294967297, 4294967307, 4294967307, 'c2s', 'tools/call', 'announce_change', '7', 4294967317, 4294967320, 1767225601089000000, 3.0, 6.0, 6.0, 'ok', NULL, 1, 97, 141, NULL);
INSERT INTO calls VALUES (4294967306, 1, 4294967297, 4294967308, 4294967308, 'c2s', 'tools/call', 'hold', '8', 4294967321, 4294967325, 1767225601101000000, 7.0, 19.0, 19.0, 'cancelled', 'late', 1, 104, 73, NULL);
INSERT INTO calls VALUES (4294967307, 1, 4294967297, 4294967309, 4294967309, 'c2s', 'tools/call', 'wait_until_held', '9', 4294967322, 4294967323, 1767225601103000000, 6.0, 7.0, 7.0, 'ok', NULL, 1, 115, 157, NULL);
INSERT INTO calls VALUES (4294967308, 1, 4294967297, 4294967311, 4294967311, 'c2s', 'tools/call', 'wait_until_cancelled', '10', 4294967326, 4294967327, 1767225601127000000, 3.0, 4.0, 4.0, 'ok', NULL, 1, 121, 170, NULL);
COMMIT;
