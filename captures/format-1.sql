-- format 1
-- A client that speaks 2026-07-28 asks an older server with server/discover, is refused, and shakes hands.
-- made by the recorder of format 1, and kept as it was: dual-era-probe, servers.py streamable (SDK 1.30), the client of SDK 2.3
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
  /* fold_version */ 1,
  /* pid */ 1000,
  /* pid_started */ 100000,
  /* boot_id */ 'db1baa7e-76cb-4c5c-84ab-ac08c5dfc219',
  /* started_ns */ 1767225600000000000,
  /* ended_ns */ 1767225601952000000,
  /* interrupted */ 0,
  /* gaps */ 0,
  /* gap_bytes */ 0,
  /* last_ns */ 1767225601952000000);
INSERT INTO connections (id, recording_id, leg, client, server, http_version, opened_ns, closed_ns, closed_by, close_reason) VALUES (4294967297, 1, 'client', '127.0.0.1:40003', '127.0.0.1:40002', '1.1', 1767225600900000000, 1767225600914000000, 'client', 'fin');
INSERT INTO connections (id, recording_id, leg, client, server, opened_ns, closed_ns, closed_by, close_reason) VALUES (4294967298, 1, 'upstream', '127.0.0.1:40004', '127.0.0.1:40001', 1767225600903000000, 1767225600913000000, 'client', 'fin');
INSERT INTO connections (id, recording_id, leg, client, server, http_version, opened_ns, closed_ns, closed_by, close_reason) VALUES (4294967299, 1, 'client', '127.0.0.1:40005', '127.0.0.1:40002', '1.1', 1767225600911000000, 1767225600924000000, 'client', 'fin');
INSERT INTO connections (id, recording_id, leg, client, server, http_version, opened_ns, closed_ns, closed_by, close_reason) VALUES (4294967300, 1, 'client', '127.0.0.1:40006', '127.0.0.1:40002', '1.1', 1767225600912000000, 1767225601250000000, 'client', 'fin');
INSERT INTO connections (id, recording_id, leg, client, server, opened_ns, closed_ns, closed_by, close_reason) VALUES (4294967301, 1, 'upstream', '127.0.0.1:40007', '127.0.0.1:40001', 1767225600916000000, 1767225600923000000, 'client', 'fin');
INSERT INTO connections (id, recording_id, leg, client, server, opened_ns, closed_ns, closed_by, close_reason) VALUES (4294967302, 1, 'upstream', '127.0.0.1:40008', '127.0.0.1:40001', 1767225600922000000, 1767225601249000000, 'client', 'fin');
INSERT INTO connections (id, recording_id, leg, client, server, http_version, opened_ns, closed_ns, closed_by, close_reason) VALUES (4294967303, 1, 'client', '127.0.0.1:40009', '127.0.0.1:40002', '1.1', 1767225601125000000, 1767225601133000000, 'client', 'fin');
INSERT INTO connections (id, recording_id, leg, client, server, opened_ns, closed_ns, closed_by, close_reason) VALUES (4294967304, 1, 'upstream', '127.0.0.1:40010', '127.0.0.1:40001', 1767225601127000000, 1767225601132000000, 'client', 'fin');
INSERT INTO connections (id, recording_id, leg, client, server, http_version, opened_ns, closed_ns, closed_by, close_reason) VALUES (4294967305, 1, 'client', '127.0.0.1:40011', '127.0.0.1:40002', '1.1', 1767225601134000000, 1767225601142000000, 'client', 'fin');
INSERT INTO connections (id, recording_id, leg, client, server, opened_ns, closed_ns, closed_by, close_reason) VALUES (4294967306, 1, 'upstream', '127.0.0.1:40012', '127.0.0.1:40001', 1767225601136000000, 1767225601141000000, 'client', 'fin');
INSERT INTO connections (id, recording_id, leg, client, server, http_version, opened_ns, closed_ns, closed_by, close_reason) VALUES (4294967307, 1, 'client', '127.0.0.1:40013', '127.0.0.1:40002', '1.1', 1767225601242000000, 1767225601252000000, 'client', 'fin');
INSERT INTO connections (id, recording_id, leg, client, server, opened_ns, closed_ns, closed_by, close_reason) VALUES (4294967308, 1, 'upstream', '127.0.0.1:40014', '127.0.0.1:40001', 1767225601245000000, 1767225601251000000, 'client', 'fin');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body, response_body) VALUES (
  /* id */ 4294967297,
  /* recording_id */ 1,
  /* connection_id */ 4294967297,
  /* upstream_connection_id */ 4294967298,
  /* session_id */ 4294967297,
  /* dialect */ 'streamable',
  /* dialect_evidence */ 'attempt refused with 400',
  /* dialect_confidence */ 'low',
  /* request_start_ns */ 1767225600901000000,
  /* request_end_ns */ 1767225600902000000,
  /* response_start_ns */ 1767225600904000000,
  /* response_end_ns */ 1767225600905000000,
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
  /* request_start_ns */ 1767225600906000000,
  /* request_end_ns */ 1767225600907000000,
  /* response_start_ns */ 1767225600908000000,
  /* response_end_ns */ 1767225600910000000,
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
  /* request_start_ns */ 1767225600915000000,
  /* request_end_ns */ 1767225600917000000,
  /* response_start_ns */ 1767225600918000000,
  /* response_end_ns */ 1767225600919000000,
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
  /* request_start_ns */ 1767225600920000000,
  /* request_end_ns */ 1767225600921000000,
  /* response_start_ns */ 1767225600925000000,
  /* response_end_ns */ 1767225601248000000,
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
  /* request_start_ns */ 1767225601126000000,
  /* request_end_ns */ 1767225601128000000,
  /* response_start_ns */ 1767225601129000000,
  /* response_end_ns */ 1767225601131000000,
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
  /* request_start_ns */ 1767225601135000000,
  /* request_end_ns */ 1767225601137000000,
  /* response_start_ns */ 1767225601138000000,
  /* response_end_ns */ 1767225601140000000,
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
  /* request_start_ns */ 1767225601243000000,
  /* request_end_ns */ 1767225601244000000,
  /* response_start_ns */ 1767225601246000000,
  /* response_end_ns */ 1767225601247000000,
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
  /* at_ns */ 1767225600909000000,
  /* end_ns */ 1767225600909000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","id":2,"result":{"protocolVersion":"2025-11-25","capabilities":{"experimental":{},"prompts":{"listChanged":false},"resources":{"subscribe":false,"listChanged":false},"tools":{"listChanged":false}},"serverInfo":{"name":"sdk-tour","version":"1.30.0"}}}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967298,
  /* exchange_id */ 4294967301,
  /* seq */ 0,
  /* at_ns */ 1767225601130000000,
  /* end_ns */ 1767225601130000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","id":3,"result":{"content":[{"type":"text","text":"after all"}],"structuredContent":{"result":"after all"},"isError":false}}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967299,
  /* exchange_id */ 4294967302,
  /* seq */ 0,
  /* at_ns */ 1767225601138000000,
  /* end_ns */ 1767225601139000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","id":4,"result":{"tools":[{"name":"echo","description":"Answers with the text it was given.","inputSchema":{"properties":{"text":{"title":"Text","type":"string"}},"required":["text"],"title":"echoArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"echoOutput","type":"object"}},{"name":"slow","description":"Reports progress step by step before it answers.","inputSchema":{"properties":{"steps":{"title":"Steps","type":"integer"}},"required":["steps"],"title":"slowArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"slowOutput","type":"object"}},{"name":"large","description":"Answers with that many kilobytes of text.","inputSchema":{"properties":{"kilobytes":{"title":"Kilobytes","type":"integer"}},"required":["kilobytes"],"title":"largeArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"largeOutput","type":"object"}},{"name":"fail","description":"Fails with the reason given.","inputSchema":{"properties":{"reason":{"title":"Reason","type":"string"}},"required":["reason"],"title":"failArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"failOutput","type":"object"}},{"name":"log","description":"Sends log messages before it answers.","inputSchema":{"properties":{"text":{"title":"Text","type":"string"}},"required":["text"],"title":"logArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"logOutput","type":"object"}},{"name":"ask_model","description":"Asks the client to sample, on the stream of this call.","inputSchema":{"properties":{"text":{"title":"Text","type":"string"}},"required":["text"],"title":"ask_modelArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"ask_modelOutput","type":"object"}},{"name":"ask_user","description":"Asks the user for a profile, on the stream of this call.","inputSchema":{"properties":{"text":{"title":"Text","type":"string"}},"required":["text"],"title":"ask_userArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"ask_userOutput","type":"object"}},{"name":"ask_aside","description":"Asks the client to sample, on the client''s listening stream.","inputSchema":{"properties":{"text":{"title":"Text","type":"string"}},"required":["text"],"title":"ask_asideArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"ask_asideOutput","type":"object"}},{"name":"ask_roots","description":"Asks for the client''s roots, on its listening stream.","inputSchema":{"properties":{},"title":"ask_rootsArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"ask_rootsOutput","type":"object"}},{"name":"announce_change","description":"Says on the listening stream that resources and tools changed.","inputSchema":{"properties":{},"title":"announce_changeArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"announce_changeOutput","type":"object"}},{"name":"hold","description":"Answers once released.","inputSchema":{"properties":{"name":{"title":"Name","type":"string"}},"required":["name"],"title":"holdArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"holdOutput","type":"object"}},{"name":"wait_until_held","description":"Answers once the call of that name is under way.","inputSchema":{"properties":{"name":{"title":"Name","type":"string"}},"required":["name"],"title":"wait_until_heldArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"wait_until_heldOutput","type":"object"}},{"name":"wait_until_cancelled","description":"Answers once the held call of that name was cancelled.","inputSchema":{"properties":{"name":{"title":"Name","type":"string"}},"required":["name"],"title":"wait_until_cancelledArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"wait_until_cancelledOutput","type":"object"}},{"name":"release","description":"Lets the held call of that name go on.","inputSchema":{"properties":{"name":{"title":"Name","type":"string"}},"required":["name"],"title":"releaseArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"releaseOutput","type":"object"}},{"name":"meet","description":"Answers when all callers of that name have arrived, the highest place first.","inputSchema":{"properties":{"name":{"title":"Name","type":"string"},"place":{"title":"Place","type":"integer"},"of":{"title":"Of","type":"integer"}},"required":["name","place","of"],"title":"meetArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"meetOutput","type":"object"}},{"name":"answer_later","description":"Closes its own stream once released; answers at once, or when released again if `live`.","inputSchema":{"properties":{"name":{"title":"Name","type":"string"},"live":{"title":"Live","type":"boolean"}},"required":["name","live"],"title":"answer_laterArguments","type":"object"},"outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"answer_laterOutput","type":"object"}}]}}');
INSERT INTO sessions (id, recording_id, name, name_base, name_number, dialect, revision, wire_id, client_name, client_version, server_name, server_version, started_ns, ended_ns, end_reason, confidence) VALUES (4294967297, 1, 'python-sdk2/1', 'python-sdk2', 1, 'streamable', '2025-11-25', '586ebf6a7eb31488e2338525bfca826f', 'python-sdk2', '1.0', 'sdk-tour', '1.30.0', 1767225600901000000, 1767225601247000000, 'deleted', 'high');
INSERT INTO message_rows (id, recording_id, session_id, exchange_id, call_id, seq, at_ns, direction, kind, rpc_id, method, bytes, redacted, stands_in) VALUES (4294967297, 1, 4294967297, 4294967297, 4294967297, 0, 1767225600901000000, 'c2s', 'request', '1', 'server/discover', 328, 0, 'request_body');
INSERT INTO message_rows (id, recording_id, session_id, exchange_id, call_id, answers_id, seq, at_ns, direction, kind, rpc_id, error_code, bytes, redacted, stands_in) VALUES (4294967298, 1, 4294967297, 4294967297, 4294967297, 4294967297, 1, 1767225600904000000, 's2c', 'error', '"server-error"', -32600, 105, 0, 'response_body');
INSERT INTO message_rows (id, recording_id, session_id, exchange_id, call_id, seq, at_ns, direction, kind, rpc_id, method, bytes, redacted, stands_in) VALUES (4294967299, 1, 4294967297, 4294967298, 4294967298, 2, 1767225600906000000, 'c2s', 'request', '2', 'initialize', 235, 0, 'request_body');
INSERT INTO message_rows (id, recording_id, session_id, exchange_id, stream_event_id, call_id, answers_id, seq, at_ns, direction, kind, rpc_id, bytes, redacted, stands_in) VALUES (4294967300, 1, 4294967297, 4294967298, 4294967297, 4294967298, 4294967299, 3, 1767225600909000000, 's2c', 'response', '2', 267, 0, 'stream_event');
INSERT INTO message_rows (id, recording_id, session_id, exchange_id, seq, at_ns, direction, kind, method, bytes, redacted, stands_in) VALUES (4294967301, 1, 4294967297, 4294967299, 4, 1767225600915000000, 'c2s', 'notification', 'notifications/initialized', 54, 0, 'request_body');
INSERT INTO message_rows (id, recording_id, session_id, exchange_id, call_id, seq, at_ns, direction, kind, rpc_id, method, name, bytes, redacted, stands_in) VALUES (4294967302, 1, 4294967297, 4294967301, 4294967299, 5, 1767225601126000000, 'c2s', 'request', '3', 'tools/call', 'echo', 104, 0, 'request_body');
INSERT INTO message_rows (id, recording_id, session_id, exchange_id, stream_event_id, call_id, answers_id, seq, at_ns, direction, kind, rpc_id, bytes, redacted, stands_in) VALUES (4294967303, 1, 4294967297, 4294967301, 4294967298, 4294967299, 4294967302, 6, 1767225601130000000, 's2c', 'response', '3', 141, 0, 'stream_event');
INSERT INTO message_rows (id, recording_id, session_id, exchange_id, call_id, seq, at_ns, direction, kind, rpc_id, method, bytes, redacted, stands_in) VALUES (4294967304, 1, 4294967297, 4294967302, 4294967300, 7, 1767225601135000000, 'c2s', 'request', '4', 'tools/list', 46, 0, 'request_body');
INSERT INTO message_rows (id, recording_id, session_id, exchange_id, stream_event_id, call_id, answers_id, seq, at_ns, direction, kind, rpc_id, bytes, redacted, stands_in) VALUES (4294967305, 1, 4294967297, 4294967302, 4294967299, 4294967300, 4294967304, 8, 1767225601138000000, 's2c', 'response', '4', 5881, 0, 'stream_event');
INSERT INTO calls (id, recording_id, session_id, exchange_id, response_exchange_id, direction, method, rpc_id, request_id, response_id, sent_ns, latency_ms, status, rounds, request_bytes, response_bytes) VALUES (4294967297, 1, 4294967297, 4294967297, 4294967297, 'c2s', 'server/discover', '1', 4294967297, 4294967298, 1767225600901000000, 4.0, 'http_error', 1, 328, 105);
INSERT INTO calls (id, recording_id, session_id, exchange_id, response_exchange_id, direction, method, rpc_id, request_id, response_id, sent_ns, accepted_ms, first_event_ms, latency_ms, status, rounds, request_bytes, response_bytes) VALUES (4294967298, 1, 4294967297, 4294967298, 4294967298, 'c2s', 'initialize', '2', 4294967299, 4294967300, 1767225600906000000, 2.0, 3.0, 3.0, 'ok', 1, 235, 267);
INSERT INTO calls (id, recording_id, session_id, exchange_id, response_exchange_id, direction, method, name, rpc_id, request_id, response_id, sent_ns, accepted_ms, first_event_ms, latency_ms, status, rounds, request_bytes, response_bytes) VALUES (4294967299, 1, 4294967297, 4294967301, 4294967301, 'c2s', 'tools/call', 'echo', '3', 4294967302, 4294967303, 1767225601126000000, 3.0, 4.0, 4.0, 'ok', 1, 104, 141);
INSERT INTO calls (id, recording_id, session_id, exchange_id, response_exchange_id, direction, method, rpc_id, request_id, response_id, sent_ns, accepted_ms, first_event_ms, latency_ms, status, rounds, request_bytes, response_bytes) VALUES (4294967300, 1, 4294967297, 4294967302, 4294967302, 'c2s', 'tools/list', '4', 4294967304, 4294967305, 1767225601135000000, 3.0, 3.0, 4.0, 'ok', 1, 46, 5881);
COMMIT;
