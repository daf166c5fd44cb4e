-- format 3
-- A client that speaks 2026-07-28 asks an older server with server/discover, is refused, and shakes hands.
-- made by captures/making/remake.py dual-era-probe: servers.py streamable (SDK 1.30), the client of SDK 2.3
-- dialect streamable
-- call initialize - ok
-- call tools/call echo ok
BEGIN;
INSERT INTO recordings (id, source, target, command, tool_version, fold_version, pid, pid_started, boot_id, started_ns, ended_ns, interrupted, gaps, gap_bytes, last_ns) VALUES (
  /* id */ 1,
  /* source */ 'proxy',
  /* target */ 'http://127.0.0.1:40001/mcp',
  /* command */ 'mcp-inspect record http://127.0.0.1:40001/mcp --listen 127.0.0.1:40002 --db dual-era-probe.sqlite',
  /* tool_version */ '0.1.0',
  /* fold_version */ 2,
  /* pid */ 1000,
  /* pid_started */ 100000,
  /* boot_id */ 'db1baa7e-76cb-4c5c-84ab-ac08c5dfc219',
  /* started_ns */ 1767225600000000000,
  /* ended_ns */ 1767225601500000000,
  /* interrupted */ 0,
  /* gaps */ 0,
  /* gap_bytes */ 0,
  /* last_ns */ 1767225601500000000);
INSERT INTO connections VALUES (4294967297, 1, 'client', '127.0.0.1:40003', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601000000000, 1767225601012000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967298, 1, 'upstream', '127.0.0.1:40004', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601003000000, 1767225601011000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967299, 1, 'client', '127.0.0.1:40005', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601013000000, 1767225601025000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967300, 1, 'client', '127.0.0.1:40006', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601014000000, 1767225601052000000, 'client', 'rst');
INSERT INTO connections VALUES (4294967301, 1, 'upstream', '127.0.0.1:40007', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601016000000, 1767225601024000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967302, 1, 'upstream', '127.0.0.1:40008', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601020000000, 1767225601051000000, 'client', 'rst');
INSERT INTO connections VALUES (4294967303, 1, 'client', '127.0.0.1:40009', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601026000000, 1767225601035000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967304, 1, 'upstream', '127.0.0.1:40010', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601028000000, 1767225601033000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967305, 1, 'client', '127.0.0.1:40011', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601032000000, 1767225601043000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967306, 1, 'upstream', '127.0.0.1:40012', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601037000000, 1767225601042000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967307, 1, 'client', '127.0.0.1:40013', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601044000000, 1767225601054000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967308, 1, 'upstream', '127.0.0.1:40014', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601047000000, 1767225601053000000, 'client', 'fin');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body, response_body) VALUES (
  /* id */ 4294967297,
  /* recording_id */ 1,
  /* connection_id */ 4294967297,
  /* upstream_connection_id */ 4294967298,
  /* session_id */ 4294967297,
  /* dialect */ 'stateless',
  /* dialect_evidence */ 'request names 2026-07-28 in _meta; attempt refused with 400',
  /* dialect_confidence */ 'low',
  /* request_start_ns */ 1767225601001000000,
  /* request_end_ns */ 1767225601002000000,
  /* response_start_ns */ 1767225601004000000,
  /* response_end_ns */ 1767225601005000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 0,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 400,
  /* reason */ 'Bad Request',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx2/2.16.2"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-protocol-version","2026-07-28"],["mcp-method","server/discover"],["Content-Length","328"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["content-type","application/json"],["mcp-session-id","3af07cbe93e72a8ac1990883add4d8db"],["content-length","105"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"python-sdk2","version":"1.0"},"io.modelcontextprotocol/clientCapabilities":{"sampling":{},"elicitation":{"form":{},"url":{}},"roots":{"listChanged":true}}}}}',
  /* response_body */ '{"jsonrpc":"2.0","id":"server-error","error":{"code":-32600,"message":"Bad Request: Missing session ID"}}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body) VALUES (
  /* id */ 4294967298,
  /* recording_id */ 1,
  /* connection_id */ 4294967297,
  /* upstream_connection_id */ 4294967298,
  /* session_id */ 4294967297,
  /* dialect */ 'streamable',
  /* dialect_evidence */ 'initialize answered in the POST''s own response; response gives Mcp-Session-Id',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601006000000,
  /* request_end_ns */ 1767225601007000000,
  /* response_start_ns */ 1767225601008000000,
  /* response_end_ns */ 1767225601010000000,
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
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx2/2.16.2"],["accept","application/json, text/event-stream"],["content-type","application/json"],["Content-Length","235"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["cache-control","no-cache, no-transform"],["connection","keep-alive"],["content-type","text/event-stream"],["mcp-session-id","586ebf6a7eb31488e2338525bfca826f"],["x-accel-buffering","no"],["Transfer-Encoding","chunked"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"jsonrpc":"2.0","id":2,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{"sampling":{},"elicitation":{"form":{},"url":{}},"roots":{"listChanged":true}},"clientInfo":{"name":"python-sdk2","version":"1.0"}}}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body) VALUES (
  /* id */ 4294967299,
  /* recording_id */ 1,
  /* connection_id */ 4294967299,
  /* upstream_connection_id */ 4294967301,
  /* session_id */ 4294967297,
  /* dialect */ 'streamable',
  /* dialect_evidence */ 'request carries Mcp-Session-Id',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601015000000,
  /* request_end_ns */ 1767225601017000000,
  /* response_start_ns */ 1767225601021000000,
  /* response_end_ns */ 1767225601022000000,
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
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx2/2.16.2"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-session-id","586ebf6a7eb31488e2338525bfca826f"],["mcp-protocol-version","2025-11-25"],["Content-Length","54"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["content-type","application/json"],["mcp-session-id","586ebf6a7eb31488e2338525bfca826f"],["content-length","0"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"jsonrpc":"2.0","method":"notifications/initialized"}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits) VALUES (
  /* id */ 4294967300,
  /* recording_id */ 1,
  /* connection_id */ 4294967300,
  /* upstream_connection_id */ 4294967302,
  /* session_id */ 4294967297,
  /* dialect */ 'streamable',
  /* dialect_evidence */ 'request carries Mcp-Session-Id',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601018000000,
  /* request_end_ns */ 1767225601019000000,
  /* response_start_ns */ 1767225601023000000,
  /* response_end_ns */ 1767225601050000000,
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
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx2/2.16.2"],["Cache-Control","no-store"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-session-id","586ebf6a7eb31488e2338525bfca826f"],["mcp-protocol-version","2025-11-25"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["cache-control","no-cache, no-transform"],["connection","keep-alive"],["content-type","text/event-stream"],["mcp-session-id","586ebf6a7eb31488e2338525bfca826f"],["x-accel-buffering","no"],["Transfer-Encoding","chunked"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body) VALUES (
  /* id */ 4294967301,
  /* recording_id */ 1,
  /* connection_id */ 4294967303,
  /* upstream_connection_id */ 4294967304,
  /* session_id */ 4294967297,
  /* dialect */ 'streamable',
  /* dialect_evidence */ 'request carries Mcp-Session-Id',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601027000000,
  /* request_end_ns */ 1767225601029000000,
  /* response_start_ns */ 1767225601030000000,
  /* response_end_ns */ 1767225601034000000,
  /* ended_by */ 'client',
  /* end_reason */ 'fin',
  /* is_stream */ 1,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx2/2.16.2"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-session-id","586ebf6a7eb31488e2338525bfca826f"],["mcp-protocol-version","2025-11-25"],["Content-Length","104"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["cache-control","no-cache, no-transform"],["connection","keep-alive"],["content-type","text/event-stream"],["mcp-session-id","586ebf6a7eb31488e2338525bfca826f"],["x-accel-buffering","no"],["Transfer-Encoding","chunked"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"echo","arguments":{"text":"after all"}}}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body) VALUES (
  /* id */ 4294967302,
  /* recording_id */ 1,
  /* connection_id */ 4294967305,
  /* upstream_connection_id */ 4294967306,
  /* session_id */ 4294967297,
  /* dialect */ 'streamable',
  /* dialect_evidence */ 'request carries Mcp-Session-Id',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601036000000,
  /* request_end_ns */ 1767225601038000000,
  /* response_start_ns */ 1767225601039000000,
  /* response_end_ns */ 1767225601041000000,
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
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx2/2.16.2"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-session-id","586ebf6a7eb31488e2338525bfca826f"],["mcp-protocol-version","2025-11-25"],["Content-Length","46"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["cache-control","no-cache, no-transform"],["connection","keep-alive"],["content-type","text/event-stream"],["mcp-session-id","586ebf6a7eb31488e2338525bfca826f"],["x-accel-buffering","no"],["Transfer-Encoding","chunked"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"jsonrpc":"2.0","id":4,"method":"tools/list"}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits) VALUES (
  /* id */ 4294967303,
  /* recording_id */ 1,
  /* connection_id */ 4294967307,
  /* upstream_connection_id */ 4294967308,
  /* session_id */ 4294967297,
  /* dialect */ 'streamable',
  /* dialect_evidence */ 'request carries Mcp-Session-Id',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601045000000,
  /* request_end_ns */ 1767225601046000000,
  /* response_start_ns */ 1767225601048000000,
  /* response_end_ns */ 1767225601049000000,
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
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx2/2.16.2"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-session-id","586ebf6a7eb31488e2338525bfca826f"],["mcp-protocol-version","2025-11-25"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["content-type","application/json"],["mcp-session-id","586ebf6a7eb31488e2338525bfca826f"],["content-length","0"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967297,
  /* exchange_id */ 4294967298,
  /* seq */ 0,
  /* at_ns */ 1767225601009000000,
  /* end_ns */ 1767225601009000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","id":2,"result":{"protocolVersion":"2025-11-25","capabilities":{"experimental":{},"prompts":{"listChanged":false},"resources":{"subscribe":false,"listChanged":false},"tools":{"listChanged":false}},"serverInfo":{"name":"sdk-tour","version":"1.30.0"}}}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967298,
  /* exchange_id */ 4294967301,
  /* seq */ 0,
  /* at_ns */ 1767225601031000000,
  /* end_ns */ 1767225601031000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","id":3,"result":{"content":[{"type":"text","text":"after all"}],"structuredContent":{"result":"after all"},"isError":false}}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967299,
  /* exchange_id */ 4294967302,
  /* seq */ 0,
  /* at_ns */ 1767225601040000000,
  /* end_ns */ 1767225601040000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","id":4,"result":{"tools":[{"name":"echo","description":"Answers with the text it was given.","inputSchema":{"properties":{"text":{"title":"Text","type":"string"}},"required":["text"],"title":"echoArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"echoOutput","type":"object"}},{"name":"slow","description":"Reports progress step by step before it answers.","inputSchema":{"properties":{"steps":{"title":"Steps","type":"integer"}},"required":["steps"],"title":"slowArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"slowOutput","type":"object"}},{"name":"large","description":"Answers with that many kilobytes of text.","inputSchema":{"properties":{"kilobytes":{"title":"Kilobytes","type":"integer"}},"required":["kilobytes"],"title":"largeArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"largeOutput","type":"object"}},{"name":"fail","description":"Fails with the reason given.","inputSchema":{"properties":{"reason":{"title":"Reason","type":"string"}},"required":["reason"],"title":"failArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"failOutput","type":"object"}},{"name":"log","description":"Sends log messages before it answers.","inputSchema":{"properties":{"text":{"title":"Text","type":"string"}},"required":["text"],"title":"logArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"logOutput","type":"object"}},{"name":"ask_model","description":"Asks the client to sample, on the stream of this call.","inputSchema":{"properties":{"text":{"title":"Text","type":"string"}},"required":["text"],"title":"ask_modelArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"ask_modelOutput","type":"object"}},{"name":"ask_user","description":"Asks the user for a profile, on the stream of this call.","inputSchema":{"properties":{"text":{"title":"Text","type":"string"}},"required":["text"],"title":"ask_userArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"ask_userOutput","type":"object"}},{"name":"ask_aside","description":"Asks the client to sample, on the client''s listening stream.","inputSchema":{"properties":{"text":{"title":"Text","type":"string"}},"required":["text"],"title":"ask_asideArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"ask_asideOutput","type":"object"}},{"name":"ask_roots","description":"Asks for the client''s roots, on its listening stream.","inputSchema":{"properties":{},"title":"ask_rootsArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"ask_rootsOutput","type":"object"}},{"name":"announce_change","description":"Says on the listening stream that resources and tools changed.","inputSchema":{"properties":{},"title":"announce_changeArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"announce_changeOutput","type":"object"}},{"name":"hold","description":"Answers once released.","inputSchema":{"properties":{"name":{"title":"Name","type":"string"}},"required":["name"],"title":"holdArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"holdOutput","type":"object"}},{"name":"wait_until_held","description":"Answers once the call of that name is under way.","inputSchema":{"properties":{"name":{"title":"Name","type":"string"}},"required":["name"],"title":"wait_until_heldArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"wait_until_heldOutput","type":"object"}},{"name":"wait_until_cancelled","description":"Answers once the held call of that name was cancelled.","inputSchema":{"properties":{"name":{"title":"Name","type":"string"}},"required":["name"],"title":"wait_until_cancelledArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"wait_until_cancelledOutput","type":"object"}},{"name":"release","description":"Lets the held call of that name go on.","inputSchema":{"properties":{"name":{"title":"Name","type":"string"}},"required":["name"],"title":"releaseArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"releaseOutput","type":"object"}},{"name":"meet","description":"Answers when all callers of that name have arrived, the highest place first.","inputSchema":{"properties":{"name":{"title":"Name","type":"string"},"place":{"title":"Place","type":"integer"},"of":{"title":"Of","type":"integer"}},"required":["name","place","of"],"title":"meetArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"meetOutput","type":"object"}},{"name":"answer_later","description":"Closes its own stream once released; answers at once, or when released again if `live`.","inputSchema":{"properties":{"name":{"title":"Name","type":"string"},"live":{"title":"Live","type":"boolean"}},"required":["name","live"],"title":"answer_laterArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"answer_laterOutput","type":"object"}}]}}');
INSERT INTO sessions VALUES (4294967297, 1, 'python-sdk2/1', 'python-sdk2', 1, 'streamable', '2025-11-25', '586ebf6a7eb31488e2338525bfca826f', 'python-sdk2', '1.0', 'sdk-tour', '1.30.0', 1767225601001000000, 1767225601049000000, 'deleted', 'high');
INSERT INTO message_rows VALUES (4294967297, 1, 4294967297, 4294967297, NULL, 4294967297, NULL, 0, 1767225601001000000, 'c2s', 'request', '1', 'server/discover', NULL, NULL, 328, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967298, 1, 4294967297, 4294967297, NULL, 4294967297, 4294967297, 1, 1767225601004000000, 's2c', 'error', '"server-error"', NULL, NULL, -32600, 105, NULL, 0, 'response_body', NULL);
INSERT INTO message_rows VALUES (4294967299, 1, 4294967297, 4294967298, NULL, 4294967298, NULL, 2, 1767225601006000000, 'c2s', 'request', '2', 'initialize', NULL, NULL, 235, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967300, 1, 4294967297, 4294967298, 4294967297, 4294967298, 4294967299, 3, 1767225601009000000, 's2c', 'response', '2', NULL, NULL, NULL, 267, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967301, 1, 4294967297, 4294967299, NULL, NULL, NULL, 4, 1767225601015000000, 'c2s', 'notification', NULL, 'notifications/initialized', NULL, NULL, 54, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967302, 1, 4294967297, 4294967301, NULL, 4294967299, NULL, 5, 1767225601027000000, 'c2s', 'request', '3', 'tools/call', 'echo', NULL, 104, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967303, 1, 4294967297, 4294967301, 4294967298, 4294967299, 4294967302, 6, 1767225601031000000, 's2c', 'response', '3', NULL, NULL, NULL, 141, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967304, 1, 4294967297, 4294967302, NULL, 4294967300, NULL, 7, 1767225601036000000, 'c2s', 'request', '4', 'tools/list', NULL, NULL, 46, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967305, 1, 4294967297, 4294967302, 4294967299, 4294967300, 4294967304, 8, 1767225601040000000, 's2c', 'response', '4', NULL, NULL, NULL, 5881, NULL, 0, 'stream_event', NULL);
INSERT INTO calls VALUES (4294967297, 1, 4294967297, 4294967297, 4294967297, 'c2s', 'server/discover', NULL, '1', 4294967297, 4294967298, 1767225601001000000, NULL, NULL, 4.0, 'http_error', NULL, 1, 328, 105, NULL);
INSERT INTO calls VALUES (4294967298, 1, 4294967297, 4294967298, 4294967298, 'c2s', 'initialize', NULL, '2', 4294967299, 4294967300, 1767225601006000000, 2.0, 3.0, 3.0, 'ok', NULL, 1, 235, 267, NULL);
INSERT INTO calls VALUES (4294967299, 1, 4294967297, 4294967301, 4294967301, 'c2s', 'tools/call', 'echo', '3', 4294967302, 4294967303, 1767225601027000000, 3.0, 4.0, 4.0, 'ok', NULL, 1, 104, 141, NULL);
INSERT INTO calls VALUES (4294967300, 1, 4294967297, 4294967302, 4294967302, 'c2s', 'tools/list', NULL, '4', 4294967304, 4294967305, 1767225601036000000, 3.0, 4.0, 4.0, 'ok', NULL, 1, 46, 5881, NULL);
COMMIT;
