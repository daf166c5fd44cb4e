-- format 3
-- 2026-07-28 without a session: server/discover, routing headers, a question as a round of its own, a subscription with what it hears, a call cancelled by closing its response, refusals.
-- made by captures/making/remake.py stateless: servers_sdk2.py streamable (SDK 2.3), the client of SDK 2.3
-- dialect stateless
-- call server/discover - ok
-- call tools/list - ok
-- call tools/call echo ok
-- call tools/call slow ok
-- call tools/call ask_user ok
-- call subscriptions/listen - cancelled
-- call tools/call touch ok
-- call tools/call hold cancelled
-- call resources/read memo://nothing rpc_error
BEGIN;
INSERT INTO recordings (id, source, target, command, tool_version, fold_version, pid, pid_started, boot_id, started_ns, ended_ns, interrupted, gaps, gap_bytes, last_ns) VALUES (
  /* id */ 1,
  /* source */ 'proxy',
  /* target */ 'http://127.0.0.1:40001/mcp',
  /* command */ 'mcp-inspect record http://127.0.0.1:40001/mcp --listen 127.0.0.1:40002 --db stateless.sqlite',
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
INSERT INTO connections VALUES (4294967297, 1, 'client', '127.0.0.1:40003', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601000000000, 1767225601023000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967298, 1, 'upstream', '127.0.0.1:40004', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601003000000, 1767225601022000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967299, 1, 'client', '127.0.0.1:40005', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601024000000, 1767225601060000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967300, 1, 'upstream', '127.0.0.1:40006', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601026000000, 1767225601058000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967301, 1, 'client', '127.0.0.1:40007', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601046000000, 1767225601073000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967302, 1, 'upstream', '127.0.0.1:40008', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601048000000, 1767225601071000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967303, 1, 'client', '127.0.0.1:40009', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601063000000, 1767225601081000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967304, 1, 'upstream', '127.0.0.1:40010', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601065000000, 1767225601080000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967305, 1, 'client', '127.0.0.1:40011', '127.0.0.1:40002', '1.1', NULL, NULL, 1767225601082000000, 1767225601089000000, 'client', 'fin');
INSERT INTO connections VALUES (4294967306, 1, 'upstream', '127.0.0.1:40012', '127.0.0.1:40001', NULL, NULL, NULL, 1767225601085000000, 1767225601088000000, 'client', 'fin');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body, response_body) VALUES (
  /* id */ 4294967297,
  /* recording_id */ 1,
  /* connection_id */ 4294967297,
  /* upstream_connection_id */ 4294967298,
  /* session_id */ 4294967297,
  /* dialect */ 'stateless',
  /* dialect_evidence */ 'request names 2026-07-28 in _meta; server/discover answered',
  /* dialect_confidence */ 'high',
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
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx2/2.16.2"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-protocol-version","2026-07-28"],["mcp-method","server/discover"],["Content-Length","328"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["content-length","338"],["content-type","application/json"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"python-sdk2","version":"1.0"},"io.modelcontextprotocol/clientCapabilities":{"sampling":{},"elicitation":{"form":{},"url":{}},"roots":{"listChanged":true}}}}}',
  /* response_body */ '{"jsonrpc":"2.0","id":1,"result":{"cacheScope":"private","capabilities":{"prompts":{"listChanged":true},"resources":{"listChanged":true,"subscribe":true},"tools":{"listChanged":true}},"resultType":"complete","supportedVersions":["2026-07-28"],"ttlMs":0,"_meta":{"io.modelcontextprotocol/serverInfo":{"name":"sdk2-tour","version":"1.0"}}}}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body, response_body) VALUES (
  /* id */ 4294967298,
  /* recording_id */ 1,
  /* connection_id */ 4294967297,
  /* upstream_connection_id */ 4294967298,
  /* session_id */ 4294967297,
  /* dialect */ 'stateless',
  /* dialect_evidence */ 'request names 2026-07-28 in _meta; answered 200',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601006000000,
  /* request_end_ns */ 1767225601007000000,
  /* response_start_ns */ 1767225601008000000,
  /* response_end_ns */ 1767225601009000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 0,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx2/2.16.2"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-protocol-version","2026-07-28"],["mcp-method","tools/call"],["mcp-name","echo"],["Content-Length","426"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["content-length","305"],["content-type","application/json"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"echo","arguments":{"text":"hello – ünïcode ✓"},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"python-sdk2","version":"1.0"},"io.modelcontextprotocol/clientCapabilities":{"sampling":{},"elicitation":{"form":{},"url":{}},"roots":{"listChanged":true}},"io.modelcontextprotocol/logLevel":"info"}}}',
  /* response_body */ '{"jsonrpc":"2.0","id":2,"result":{"content":[{"text":"hello \u2013 \u00fcn\u00efcode \u2713","type":"text"}],"isError":false,"resultType":"complete","structuredContent":{"result":"hello \u2013 \u00fcn\u00efcode \u2713"},"_meta":{"io.modelcontextprotocol/serverInfo":{"name":"sdk2-tour","version":"1.0"}}}}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body, response_body) VALUES (
  /* id */ 4294967299,
  /* recording_id */ 1,
  /* connection_id */ 4294967297,
  /* upstream_connection_id */ 4294967298,
  /* session_id */ 4294967297,
  /* dialect */ 'stateless',
  /* dialect_evidence */ 'request names 2026-07-28 in _meta; answered 200',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601010000000,
  /* request_end_ns */ 1767225601011000000,
  /* response_start_ns */ 1767225601012000000,
  /* response_end_ns */ 1767225601013000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 0,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx2/2.16.2"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-protocol-version","2026-07-28"],["mcp-method","tools/list"],["Content-Length","365"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["content-length","6338"],["content-type","application/json"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"jsonrpc":"2.0","id":3,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"python-sdk2","version":"1.0"},"io.modelcontextprotocol/clientCapabilities":{"sampling":{},"elicitation":{"form":{},"url":{}},"roots":{"listChanged":true}},"io.modelcontextprotocol/logLevel":"info"}}}',
  /* response_body */ '{"jsonrpc":"2.0","id":3,"result":{"cacheScope":"private","resultType":"complete","tools":[{"description":"Answers with the text it was given.","inputSchema":{"type":"object","properties":{"text":{"title":"Text","type":"string"}},"required":["text"],"title":"echoArguments"},"name":"echo","outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"echoOutput","type":"object"}},{"description":"Reports progress step by step before it answers.","inputSchema":{"type":"object","properties":{"steps":{"title":"Steps","type":"integer"}},"required":["steps"],"title":"slowArguments"},"name":"slow","outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"slowOutput","type":"object"}},{"description":"Answers with that many kilobytes of text.","inputSchema":{"type":"object","properties":{"kilobytes":{"title":"Kilobytes","type":"integer"}},"required":["kilobytes"],"title":"largeArguments"},"name":"large","outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"largeOutput","type":"object"}},{"description":"Fails with the reason given.","inputSchema":{"type":"object","properties":{"reason":{"title":"Reason","type":"string"}},"required":["reason"],"title":"failArguments"},"name":"fail","outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"failOutput","type":"object"}},{"description":"Sends log messages before it answers.","inputSchema":{"type":"object","properties":{"text":{"title":"Text","type":"string"}},"required":["text"],"title":"logArguments"},"name":"log","outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"logOutput","type":"object"}},{"description":"Answers once released.","inputSchema":{"type":"object","properties":{"name":{"title":"Name","type":"string"}},"required":["name"],"title":"holdArguments"},"name":"hold","outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"holdOutput","type":"object"}},{"description":"Answers once the call of that name is under way.","inputSchema":{"type":"object","properties":{"name":{"title":"Name","type":"string"}},"required":["name"],"title":"wait_until_heldArguments"},"name":"wait_until_held","outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"wait_until_heldOutput","type":"object"}},{"description":"Answers once the held call of that name was cancelled.","inputSchema":{"type":"object","properties":{"name":{"title":"Name","type":"string"}},"required":["name"],"title":"wait_until_cancelledArguments"},"name":"wait_until_cancelled","outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"wait_until_cancelledOutput","type":"object"}},{"description":"Lets the held call of that name go on.","inputSchema":{"type":"object","properties":{"name":{"title":"Name","type":"string"}},"required":["name"],"title":"releaseArguments"},"name":"release","outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"releaseOutput","type":"object"}},{"description":"Answers when all callers of that name have arrived, the highest place first.","inputSchema":{"type":"object","properties":{"name":{"title":"Name","type":"string"},"place":{"title":"Place","type":"integer"},"of":{"title":"Of","type":"integer"}},"required":["name","place","of"],"title":"meetArguments"},"name":"meet","outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"meetOutput","type":"object"}},{"description":"Closes its own stream once released; answers at once, or when released again if `live`.","inputSchema":{"type":"object","properties":{"name":{"title":"Name","type":"string"},"live":{"title":"Live","type":"boolean"}},"required":["name","live"],"title":"answer_laterArguments"},"name":"answer_later","outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"answer_laterOutput","type":"object"}},{"description":"Asks the client to sample.","inputSchema":{"type":"object","properties":{"text":{"title":"Text","type":"string"}},"required":["text"],"title":"ask_modelArguments"},"name":"ask_model","outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"ask_modelOutput","type":"object"}},{"description":"Asks the user for a profile.","inputSchema":{"type":"object","properties":{"text":{"title":"Text","type":"string"}},"required":["text"],"title":"ask_userArguments"},"name":"ask_user","outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"ask_userOutput","type":"object"}},{"description":"Asks for the client''s roots.","inputSchema":{"type":"object","properties":{},"title":"ask_rootsArguments"},"name":"ask_roots","outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"ask_rootsOutput","type":"object"}},{"description":"Asks the client to sample, on the client''s listening stream.","inputSchema":{"type":"object","properties":{"text":{"title":"Text","type":"string"}},"required":["text"],"title":"ask_asideArguments"},"name":"ask_aside","outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"ask_asideOutput","type":"object"}},{"description":"Says that resources and tools changed: on the listening stream, and to whoever asked to hear of it.","inputSchema":{"type":"object","properties":{},"title":"announce_changeArguments"},"name":"announce_change","outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"announce_changeOutput","type":"object"}},{"description":"Says that a resource changed, to whoever asked to hear of it.","inputSchema":{"type":"object","properties":{"uri":{"title":"Uri","type":"string"}},"required":["uri"],"title":"touchArguments"},"name":"touch","outputSchema":{"properties":{"result":{"title":"Result","type":"string"}},"required":["result"],"title":"touchOutput","type":"object"}}],"ttlMs":0,"_meta":{"io.modelcontextprotocol/serverInfo":{"name":"sdk2-tour","version":"1.0"}}}}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body) VALUES (
  /* id */ 4294967300,
  /* recording_id */ 1,
  /* connection_id */ 4294967297,
  /* upstream_connection_id */ 4294967298,
  /* session_id */ 4294967297,
  /* dialect */ 'stateless',
  /* dialect_evidence */ 'request names 2026-07-28 in _meta; answered 200',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601014000000,
  /* request_end_ns */ 1767225601015000000,
  /* response_start_ns */ 1767225601016000000,
  /* response_end_ns */ 1767225601021000000,
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
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx2/2.16.2"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-protocol-version","2026-07-28"],["mcp-method","tools/call"],["mcp-name","slow"],["Content-Length","421"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["content-type","text/event-stream"],["cache-control","no-cache, no-transform"],["connection","keep-alive"],["x-accel-buffering","no"],["Transfer-Encoding","chunked"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"slow","arguments":{"steps":3},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"python-sdk2","version":"1.0"},"io.modelcontextprotocol/clientCapabilities":{"sampling":{},"elicitation":{"form":{},"url":{}},"roots":{"listChanged":true}},"io.modelcontextprotocol/logLevel":"info","progressToken":4}}}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body, response_body) VALUES (
  /* id */ 4294967301,
  /* recording_id */ 1,
  /* connection_id */ 4294967299,
  /* upstream_connection_id */ 4294967300,
  /* session_id */ 4294967297,
  /* dialect */ 'stateless',
  /* dialect_evidence */ 'request names 2026-07-28 in _meta; same client and path as the session; answered 200',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601025000000,
  /* request_end_ns */ 1767225601027000000,
  /* response_start_ns */ 1767225601028000000,
  /* response_end_ns */ 1767225601029000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 0,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx2/2.16.2"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-protocol-version","2026-07-28"],["mcp-method","tools/call"],["mcp-name","ask_user"],["Content-Length","419"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["content-length","808"],["content-type","application/json"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"ask_user","arguments":{"text":"Who are you?"},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"python-sdk2","version":"1.0"},"io.modelcontextprotocol/clientCapabilities":{"sampling":{},"elicitation":{"form":{},"url":{}},"roots":{"listChanged":true}},"io.modelcontextprotocol/logLevel":"info"}}}',
  /* response_body */ '{"jsonrpc":"2.0","id":5,"result":{"inputRequests":{"__main__:ask_for_profile":{"method":"elicitation/create","params":{"message":"Who are you?","mode":"form","requestedSchema":{"properties":{"name":{"title":"Name","type":"string"},"age":{"title":"Age","type":"integer"}},"required":["name","age"],"type":"object"}}}},"requestState":"NWY2NTVmNWU0NzRmOWRhNjRiZWVmOTQ5OTlkZDk1Zjg4YjRiZTRiOGM2MTRjMjkxNTA4MDk1MmNiZGU2YTFmZGJjOWI5MDlmMTExNGJmMTlkMGEyZWQzOTc4NTZiNWE2ZjhmZWJkMDgwNjBlMmZiZjlkMWVjMDcyYjg4ZTFmNWQ2YmRhZTBlZTdiZThlYjE3NDJiNWM3Njg4MTZhMjQ0ZjMyNDcyNDMxOTE4MTE5ODE3NDBlZmFiODQ2OWYyM2ZkMGUzM2I0ODYyNTRlM2FhYjRiMjdhOGQ4MDYxNmI3ZDc1MDMxZjkzNjA5ZWI4ODU5NmFiNzZjZDQwNTY2MDY0YmUxM2RlODk4MGNiOD","resultType":"input_required","_meta":{"io.modelcontextprotocol/serverInfo":{"name":"sdk2-tour","version":"1.0"}}}}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body, response_body) VALUES (
  /* id */ 4294967302,
  /* recording_id */ 1,
  /* connection_id */ 4294967299,
  /* upstream_connection_id */ 4294967300,
  /* session_id */ 4294967297,
  /* dialect */ 'stateless',
  /* dialect_evidence */ 'request names 2026-07-28 in _meta; repeats the session''s requestState; answered 200',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601030000000,
  /* request_end_ns */ 1767225601031000000,
  /* response_start_ns */ 1767225601032000000,
  /* response_end_ns */ 1767225601033000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 0,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx2/2.16.2"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-protocol-version","2026-07-28"],["mcp-method","tools/call"],["mcp-name","ask_user"],["Content-Length","895"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["content-length","261"],["content-type","application/json"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"jsonrpc":"2.0","id":6,"method":"tools/call","params":{"inputResponses":{"__main__:ask_for_profile":{"action":"accept","content":{"name":"Ada","age":36}}},"requestState":"NWY2NTVmNWU0NzRmOWRhNjRiZWVmOTQ5OTlkZDk1Zjg4YjRiZTRiOGM2MTRjMjkxNTA4MDk1MmNiZGU2YTFmZGJjOWI5MDlmMTExNGJmMTlkMGEyZWQzOTc4NTZiNWE2ZjhmZWJkMDgwNjBlMmZiZjlkMWVjMDcyYjg4ZTFmNWQ2YmRhZTBlZTdiZThlYjE3NDJiNWM3Njg4MTZhMjQ0ZjMyNDcyNDMxOTE4MTE5ODE3NDBlZmFiODQ2OWYyM2ZkMGUzM2I0ODYyNTRlM2FhYjRiMjdhOGQ4MDYxNmI3ZDc1MDMxZjkzNjA5ZWI4ODU5NmFiNzZjZDQwNTY2MDY0YmUxM2RlODk4MGNiOD","name":"ask_user","arguments":{"text":"Who are you?"},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"python-sdk2","version":"1.0"},"io.modelcontextprotocol/clientCapabilities":{"sampling":{},"elicitation":{"form":{},"url":{}},"roots":{"listChanged":true}},"io.modelcontextprotocol/logLevel":"info"}}}',
  /* response_body */ '{"jsonrpc":"2.0","id":6,"result":{"content":[{"text":"accept: Ada, 36","type":"text"}],"isError":false,"resultType":"complete","structuredContent":{"result":"accept: Ada, 36"},"_meta":{"io.modelcontextprotocol/serverInfo":{"name":"sdk2-tour","version":"1.0"}}}}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body, response_body) VALUES (
  /* id */ 4294967303,
  /* recording_id */ 1,
  /* connection_id */ 4294967299,
  /* upstream_connection_id */ 4294967300,
  /* session_id */ 4294967297,
  /* dialect */ 'stateless',
  /* dialect_evidence */ 'request names 2026-07-28 in _meta; answered 200',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601034000000,
  /* request_end_ns */ 1767225601035000000,
  /* response_start_ns */ 1767225601036000000,
  /* response_end_ns */ 1767225601037000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 0,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx2/2.16.2"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-protocol-version","2026-07-28"],["mcp-method","tools/call"],["mcp-name","fail"],["Content-Length","413"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["content-length","221"],["content-type","application/json"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"fail","arguments":{"reason":"as asked"},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"python-sdk2","version":"1.0"},"io.modelcontextprotocol/clientCapabilities":{"sampling":{},"elicitation":{"form":{},"url":{}},"roots":{"listChanged":true}},"io.modelcontextprotocol/logLevel":"info"}}}',
  /* response_body */ '{"jsonrpc":"2.0","id":7,"result":{"content":[{"text":"Error executing tool fail","type":"text"}],"isError":true,"resultType":"complete","_meta":{"io.modelcontextprotocol/serverInfo":{"name":"sdk2-tour","version":"1.0"}}}}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body, response_body) VALUES (
  /* id */ 4294967304,
  /* recording_id */ 1,
  /* connection_id */ 4294967299,
  /* upstream_connection_id */ 4294967300,
  /* session_id */ 4294967297,
  /* dialect */ 'stateless',
  /* dialect_evidence */ 'request names 2026-07-28 in _meta; answered 200',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601038000000,
  /* request_end_ns */ 1767225601039000000,
  /* response_start_ns */ 1767225601040000000,
  /* response_end_ns */ 1767225601041000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 0,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx2/2.16.2"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-protocol-version","2026-07-28"],["mcp-method","resources/read"],["mcp-name","memo://today"],["Content-Length","390"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["content-length","254"],["content-type","application/json"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"jsonrpc":"2.0","id":8,"method":"resources/read","params":{"uri":"memo://today","_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"python-sdk2","version":"1.0"},"io.modelcontextprotocol/clientCapabilities":{"sampling":{},"elicitation":{"form":{},"url":{}},"roots":{"listChanged":true}},"io.modelcontextprotocol/logLevel":"info"}}}',
  /* response_body */ '{"jsonrpc":"2.0","id":8,"result":{"cacheScope":"private","contents":[{"mimeType":"text/plain","text":"buy milk","uri":"memo://today"}],"resultType":"complete","ttlMs":0,"_meta":{"io.modelcontextprotocol/serverInfo":{"name":"sdk2-tour","version":"1.0"}}}}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body) VALUES (
  /* id */ 4294967305,
  /* recording_id */ 1,
  /* connection_id */ 4294967299,
  /* upstream_connection_id */ 4294967300,
  /* session_id */ 4294967297,
  /* dialect */ 'stateless',
  /* dialect_evidence */ 'request names 2026-07-28 in _meta; answered 200',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601042000000,
  /* request_end_ns */ 1767225601043000000,
  /* response_start_ns */ 1767225601044000000,
  /* response_end_ns */ 1767225601059000000,
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
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx2/2.16.2"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-protocol-version","2026-07-28"],["mcp-method","subscriptions/listen"],["Content-Length","467"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["content-type","text/event-stream"],["cache-control","no-cache, no-transform"],["connection","keep-alive"],["x-accel-buffering","no"],["Transfer-Encoding","chunked"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"jsonrpc":"2.0","id":"listen-1","method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true,"resourceSubscriptions":["memo://today"]},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"python-sdk2","version":"1.0"},"io.modelcontextprotocol/clientCapabilities":{"sampling":{},"elicitation":{"form":{},"url":{}},"roots":{"listChanged":true}},"io.modelcontextprotocol/logLevel":"info"}}}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body, response_body) VALUES (
  /* id */ 4294967306,
  /* recording_id */ 1,
  /* connection_id */ 4294967301,
  /* upstream_connection_id */ 4294967302,
  /* session_id */ 4294967297,
  /* dialect */ 'stateless',
  /* dialect_evidence */ 'request names 2026-07-28 in _meta; same client and path as the session; answered 200',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601047000000,
  /* request_end_ns */ 1767225601049000000,
  /* response_start_ns */ 1767225601050000000,
  /* response_end_ns */ 1767225601051000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 0,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx2/2.16.2"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-protocol-version","2026-07-28"],["mcp-method","tools/call"],["mcp-name","announce_change"],["Content-Length","405"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["content-length","249"],["content-type","application/json"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"announce_change","arguments":{},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"python-sdk2","version":"1.0"},"io.modelcontextprotocol/clientCapabilities":{"sampling":{},"elicitation":{"form":{},"url":{}},"roots":{"listChanged":true}},"io.modelcontextprotocol/logLevel":"info"}}}',
  /* response_body */ '{"jsonrpc":"2.0","id":9,"result":{"content":[{"text":"announced","type":"text"}],"isError":false,"resultType":"complete","structuredContent":{"result":"announced"},"_meta":{"io.modelcontextprotocol/serverInfo":{"name":"sdk2-tour","version":"1.0"}}}}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body, response_body) VALUES (
  /* id */ 4294967307,
  /* recording_id */ 1,
  /* connection_id */ 4294967301,
  /* upstream_connection_id */ 4294967302,
  /* session_id */ 4294967297,
  /* dialect */ 'stateless',
  /* dialect_evidence */ 'request names 2026-07-28 in _meta; answered 200',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601053000000,
  /* request_end_ns */ 1767225601054000000,
  /* response_start_ns */ 1767225601055000000,
  /* response_end_ns */ 1767225601057000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 0,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx2/2.16.2"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-protocol-version","2026-07-28"],["mcp-method","tools/call"],["mcp-name","touch"],["Content-Length","416"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["content-length","246"],["content-type","application/json"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"jsonrpc":"2.0","id":10,"method":"tools/call","params":{"name":"touch","arguments":{"uri":"memo://today"},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"python-sdk2","version":"1.0"},"io.modelcontextprotocol/clientCapabilities":{"sampling":{},"elicitation":{"form":{},"url":{}},"roots":{"listChanged":true}},"io.modelcontextprotocol/logLevel":"info"}}}',
  /* response_body */ '{"jsonrpc":"2.0","id":10,"result":{"content":[{"text":"touched","type":"text"}],"isError":false,"resultType":"complete","structuredContent":{"result":"touched"},"_meta":{"io.modelcontextprotocol/serverInfo":{"name":"sdk2-tour","version":"1.0"}}}}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, request_headers, edits, request_body) VALUES (
  /* id */ 4294967308,
  /* recording_id */ 1,
  /* connection_id */ 4294967301,
  /* upstream_connection_id */ 4294967302,
  /* session_id */ 4294967297,
  /* dialect */ 'stateless',
  /* dialect_evidence */ 'request names 2026-07-28 in _meta',
  /* dialect_confidence */ 'medium',
  /* request_start_ns */ 1767225601061000000,
  /* request_end_ns */ 1767225601062000000,
  /* response_end_ns */ 1767225601072000000,
  /* ended_by */ 'client',
  /* end_reason */ 'fin',
  /* is_stream */ 0,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx2/2.16.2"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-protocol-version","2026-07-28"],["mcp-method","tools/call"],["mcp-name","hold"],["Content-Length","413"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"jsonrpc":"2.0","id":11,"method":"tools/call","params":{"name":"hold","arguments":{"name":"cancelled"},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"python-sdk2","version":"1.0"},"io.modelcontextprotocol/clientCapabilities":{"sampling":{},"elicitation":{"form":{},"url":{}},"roots":{"listChanged":true}},"io.modelcontextprotocol/logLevel":"info"}}}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body, response_body) VALUES (
  /* id */ 4294967309,
  /* recording_id */ 1,
  /* connection_id */ 4294967303,
  /* upstream_connection_id */ 4294967304,
  /* session_id */ 4294967297,
  /* dialect */ 'stateless',
  /* dialect_evidence */ 'request names 2026-07-28 in _meta; same client and path as the session; answered 200',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601064000000,
  /* request_end_ns */ 1767225601066000000,
  /* response_start_ns */ 1767225601067000000,
  /* response_end_ns */ 1767225601068000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 0,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx2/2.16.2"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-protocol-version","2026-07-28"],["mcp-method","tools/call"],["mcp-name","wait_until_held"],["Content-Length","424"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["content-length","266"],["content-type","application/json"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"jsonrpc":"2.0","id":12,"method":"tools/call","params":{"name":"wait_until_held","arguments":{"name":"cancelled"},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"python-sdk2","version":"1.0"},"io.modelcontextprotocol/clientCapabilities":{"sampling":{},"elicitation":{"form":{},"url":{}},"roots":{"listChanged":true}},"io.modelcontextprotocol/logLevel":"info"}}}',
  /* response_body */ '{"jsonrpc":"2.0","id":12,"result":{"content":[{"text":"cancelled is held","type":"text"}],"isError":false,"resultType":"complete","structuredContent":{"result":"cancelled is held"},"_meta":{"io.modelcontextprotocol/serverInfo":{"name":"sdk2-tour","version":"1.0"}}}}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body, response_body) VALUES (
  /* id */ 4294967310,
  /* recording_id */ 1,
  /* connection_id */ 4294967303,
  /* upstream_connection_id */ 4294967304,
  /* session_id */ 4294967297,
  /* dialect */ 'stateless',
  /* dialect_evidence */ 'request names 2026-07-28 in _meta; answered 200',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601069000000,
  /* request_end_ns */ 1767225601070000000,
  /* response_start_ns */ 1767225601074000000,
  /* response_end_ns */ 1767225601075000000,
  /* ended_by */ 'server',
  /* end_reason */ 'complete',
  /* is_stream */ 0,
  /* redacted */ 0,
  /* method */ 'POST',
  /* target */ '/mcp',
  /* path */ '/mcp',
  /* request_version */ '1.1',
  /* status */ 200,
  /* reason */ 'OK',
  /* response_version */ '1.1',
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx2/2.16.2"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-protocol-version","2026-07-28"],["mcp-method","tools/call"],["mcp-name","wait_until_cancelled"],["Content-Length","429"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["content-length","278"],["content-type","application/json"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"jsonrpc":"2.0","id":13,"method":"tools/call","params":{"name":"wait_until_cancelled","arguments":{"name":"cancelled"},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"python-sdk2","version":"1.0"},"io.modelcontextprotocol/clientCapabilities":{"sampling":{},"elicitation":{"form":{},"url":{}},"roots":{"listChanged":true}},"io.modelcontextprotocol/logLevel":"info"}}}',
  /* response_body */ '{"jsonrpc":"2.0","id":13,"result":{"content":[{"text":"cancelled was cancelled","type":"text"}],"isError":false,"resultType":"complete","structuredContent":{"result":"cancelled was cancelled"},"_meta":{"io.modelcontextprotocol/serverInfo":{"name":"sdk2-tour","version":"1.0"}}}}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body, response_body) VALUES (
  /* id */ 4294967311,
  /* recording_id */ 1,
  /* connection_id */ 4294967303,
  /* upstream_connection_id */ 4294967304,
  /* session_id */ 4294967297,
  /* dialect */ 'stateless',
  /* dialect_evidence */ 'request names 2026-07-28 in _meta',
  /* dialect_confidence */ 'medium',
  /* request_start_ns */ 1767225601076000000,
  /* request_end_ns */ 1767225601077000000,
  /* response_start_ns */ 1767225601078000000,
  /* response_end_ns */ 1767225601079000000,
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
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx2/2.16.2"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-protocol-version","2026-07-28"],["mcp-method","resources/read"],["mcp-name","memo://nothing"],["Content-Length","393"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["content-length","126"],["content-type","application/json"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"jsonrpc":"2.0","id":14,"method":"resources/read","params":{"uri":"memo://nothing","_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"python-sdk2","version":"1.0"},"io.modelcontextprotocol/clientCapabilities":{"sampling":{},"elicitation":{"form":{},"url":{}},"roots":{"listChanged":true}},"io.modelcontextprotocol/logLevel":"info"}}}',
  /* response_body */ '{"jsonrpc":"2.0","id":14,"error":{"code":-32602,"message":"Unknown resource: memo://nothing","data":{"uri":"memo://nothing"}}}');
INSERT INTO exchanges (id, recording_id, connection_id, upstream_connection_id, session_id, dialect, dialect_evidence, dialect_confidence, request_start_ns, request_end_ns, response_start_ns, response_end_ns, ended_by, end_reason, is_stream, redacted, method, target, path, request_version, status, reason, response_version, request_headers, response_headers, edits, request_body, response_body) VALUES (
  /* id */ 4294967312,
  /* recording_id */ 1,
  /* connection_id */ 4294967305,
  /* upstream_connection_id */ 4294967306,
  /* session_id */ 4294967298,
  /* dialect */ 'stateless',
  /* dialect_evidence */ 'request names 2026-07-28 in _meta; attempt refused with 400; answered with error -32020',
  /* dialect_confidence */ 'high',
  /* request_start_ns */ 1767225601083000000,
  /* request_end_ns */ 1767225601084000000,
  /* response_start_ns */ 1767225601086000000,
  /* response_end_ns */ 1767225601087000000,
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
  /* request_headers */ '[["Host","127.0.0.1:40002"],["Accept-Encoding","gzip, deflate"],["Connection","keep-alive"],["User-Agent","python-httpx2/2.16.2"],["accept","application/json, text/event-stream"],["content-type","application/json"],["mcp-protocol-version","2026-07-28"],["mcp-method","prompts/list"],["Content-Length","256"]]',
  /* response_headers */ '[["date","Thu, 01 Jan 2026 00:00:00 GMT"],["server","uvicorn"],["content-length","119"],["content-type","application/json"]]',
  /* edits */ '[{"place":"request","what":"host","from":"127.0.0.1:40002","to":"127.0.0.1:40001"}]',
  /* request_body */ '{"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {"_meta": {"io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {}, "io.modelcontextprotocol/clientInfo": {"name": "by-hand", "version": "1"}}}}',
  /* response_body */ '{"jsonrpc":"2.0","id":1,"error":{"code":-32020,"message":"mcp-method header does not match the request body''s method"}}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967297,
  /* exchange_id */ 4294967300,
  /* seq */ 0,
  /* at_ns */ 1767225601017000000,
  /* end_ns */ 1767225601017000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":4,"progress":1,"total":3,"message":"step 1 of 3"}}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967298,
  /* exchange_id */ 4294967300,
  /* seq */ 1,
  /* at_ns */ 1767225601018000000,
  /* end_ns */ 1767225601018000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":4,"progress":2,"total":3,"message":"step 2 of 3"}}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967299,
  /* exchange_id */ 4294967300,
  /* seq */ 2,
  /* at_ns */ 1767225601019000000,
  /* end_ns */ 1767225601019000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":4,"progress":3,"total":3,"message":"step 3 of 3"}}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967300,
  /* exchange_id */ 4294967300,
  /* seq */ 3,
  /* at_ns */ 1767225601020000000,
  /* end_ns */ 1767225601020000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","id":4,"result":{"content":[{"text":"3 steps done","type":"text"}],"isError":false,"resultType":"complete","structuredContent":{"result":"3 steps done"},"_meta":{"io.modelcontextprotocol/serverInfo":{"name":"sdk2-tour","version":"1.0"}}}}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967301,
  /* exchange_id */ 4294967305,
  /* seq */ 0,
  /* at_ns */ 1767225601045000000,
  /* end_ns */ 1767225601045000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":"listen-1"},"notifications":{"toolsListChanged":true,"resourceSubscriptions":["memo://today"]}}}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967302,
  /* exchange_id */ 4294967305,
  /* seq */ 1,
  /* at_ns */ 1767225601052000000,
  /* end_ns */ 1767225601052000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","method":"notifications/tools/list_changed","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":"listen-1"}}}');
INSERT INTO stream_events (id, exchange_id, seq, at_ns, end_ns, kind, type, layout, data) VALUES (
  /* id */ 4294967303,
  /* exchange_id */ 4294967305,
  /* seq */ 2,
  /* at_ns */ 1767225601056000000,
  /* end_ns */ 1767225601056000000,
  /* kind */ 'event',
  /* type */ 'message',
  /* layout */ 'e_rd_rr',
  /* data */ '{"jsonrpc":"2.0","method":"notifications/resources/updated","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":"listen-1"},"uri":"memo://today"}}');
INSERT INTO sessions VALUES (4294967297, 1, 'python-sdk2/1', 'python-sdk2', 1, 'stateless', '2026-07-28', NULL, 'python-sdk2', '1.0', 'sdk2-tour', '1.0', 1767225601001000000, 1767225601079000000, 'abandoned', 'low');
INSERT INTO sessions VALUES (4294967298, 1, 'by-hand/1', 'by-hand', 1, 'stateless', NULL, NULL, 'by-hand', '1', NULL, NULL, 1767225601083000000, 1767225601087000000, 'abandoned', 'medium');
INSERT INTO message_rows VALUES (4294967297, 1, 4294967297, 4294967297, NULL, 4294967297, NULL, 0, 1767225601001000000, 'c2s', 'request', '1', 'server/discover', NULL, NULL, 328, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967298, 1, 4294967297, 4294967297, NULL, 4294967297, 4294967297, 1, 1767225601004000000, 's2c', 'response', '1', NULL, NULL, NULL, 338, NULL, 0, 'response_body', NULL);
INSERT INTO message_rows VALUES (4294967299, 1, 4294967297, 4294967298, NULL, 4294967298, NULL, 2, 1767225601006000000, 'c2s', 'request', '2', 'tools/call', 'echo', NULL, 426, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967300, 1, 4294967297, 4294967298, NULL, 4294967298, 4294967299, 3, 1767225601008000000, 's2c', 'response', '2', NULL, NULL, NULL, 305, NULL, 0, 'response_body', NULL);
INSERT INTO message_rows VALUES (4294967301, 1, 4294967297, 4294967299, NULL, 4294967299, NULL, 4, 1767225601010000000, 'c2s', 'request', '3', 'tools/list', NULL, NULL, 365, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967302, 1, 4294967297, 4294967299, NULL, 4294967299, 4294967301, 5, 1767225601012000000, 's2c', 'response', '3', NULL, NULL, NULL, 6338, NULL, 0, 'response_body', NULL);
INSERT INTO message_rows VALUES (4294967303, 1, 4294967297, 4294967300, NULL, 4294967300, NULL, 6, 1767225601014000000, 'c2s', 'request', '4', 'tools/call', 'slow', NULL, 421, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967304, 1, 4294967297, 4294967300, 4294967297, 4294967300, NULL, 7, 1767225601017000000, 's2c', 'notification', NULL, 'notifications/progress', NULL, NULL, 127, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967305, 1, 4294967297, 4294967300, 4294967298, 4294967300, NULL, 8, 1767225601018000000, 's2c', 'notification', NULL, 'notifications/progress', NULL, NULL, 127, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967306, 1, 4294967297, 4294967300, 4294967299, 4294967300, NULL, 9, 1767225601019000000, 's2c', 'notification', NULL, 'notifications/progress', NULL, NULL, 127, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967307, 1, 4294967297, 4294967300, 4294967300, 4294967300, 4294967303, 10, 1767225601020000000, 's2c', 'response', '4', NULL, NULL, NULL, 255, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967308, 1, 4294967297, 4294967301, NULL, 4294967301, NULL, 11, 1767225601025000000, 'c2s', 'request', '5', 'tools/call', 'ask_user', NULL, 419, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967309, 1, 4294967297, 4294967301, NULL, 4294967301, 4294967308, 12, 1767225601028000000, 's2c', 'response', '5', NULL, NULL, NULL, 808, NULL, 0, 'response_body', NULL);
INSERT INTO message_rows VALUES (4294967310, 1, 4294967297, 4294967302, NULL, 4294967301, NULL, 13, 1767225601030000000, 'c2s', 'request', '6', 'tools/call', 'ask_user', NULL, 895, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967311, 1, 4294967297, 4294967302, NULL, 4294967301, 4294967310, 14, 1767225601032000000, 's2c', 'response', '6', NULL, NULL, NULL, 261, NULL, 0, 'response_body', NULL);
INSERT INTO message_rows VALUES (4294967312, 1, 4294967297, 4294967303, NULL, 4294967302, NULL, 15, 1767225601034000000, 'c2s', 'request', '7', 'tools/call', 'fail', NULL, 413, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967313, 1, 4294967297, 4294967303, NULL, 4294967302, 4294967312, 16, 1767225601036000000, 's2c', 'response', '7', NULL, NULL, NULL, 221, NULL, 0, 'response_body', NULL);
INSERT INTO message_rows VALUES (4294967314, 1, 4294967297, 4294967304, NULL, 4294967303, NULL, 17, 1767225601038000000, 'c2s', 'request', '8', 'resources/read', 'memo://today', NULL, 390, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967315, 1, 4294967297, 4294967304, NULL, 4294967303, 4294967314, 18, 1767225601040000000, 's2c', 'response', '8', NULL, NULL, NULL, 254, NULL, 0, 'response_body', NULL);
INSERT INTO message_rows VALUES (4294967316, 1, 4294967297, 4294967305, NULL, 4294967304, NULL, 19, 1767225601042000000, 'c2s', 'request', '"listen-1"', 'subscriptions/listen', NULL, NULL, 467, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967317, 1, 4294967297, 4294967305, 4294967301, 4294967304, NULL, 20, 1767225601045000000, 's2c', 'notification', NULL, 'notifications/subscriptions/acknowledged', NULL, NULL, 225, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967318, 1, 4294967297, 4294967306, NULL, 4294967305, NULL, 21, 1767225601047000000, 'c2s', 'request', '9', 'tools/call', 'announce_change', NULL, 405, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967319, 1, 4294967297, 4294967306, NULL, 4294967305, 4294967318, 22, 1767225601050000000, 's2c', 'response', '9', NULL, NULL, NULL, 249, NULL, 0, 'response_body', NULL);
INSERT INTO message_rows VALUES (4294967320, 1, 4294967297, 4294967305, 4294967302, 4294967304, NULL, 23, 1767225601052000000, 's2c', 'notification', NULL, 'notifications/tools/list_changed', NULL, NULL, 134, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967321, 1, 4294967297, 4294967307, NULL, 4294967306, NULL, 24, 1767225601053000000, 'c2s', 'request', '10', 'tools/call', 'touch', NULL, 416, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967322, 1, 4294967297, 4294967305, 4294967303, 4294967304, NULL, 25, 1767225601056000000, 's2c', 'notification', NULL, 'notifications/resources/updated', NULL, NULL, 154, NULL, 0, 'stream_event', NULL);
INSERT INTO message_rows VALUES (4294967323, 1, 4294967297, 4294967307, NULL, 4294967306, 4294967321, 26, 1767225601055000000, 's2c', 'response', '10', NULL, NULL, NULL, 246, NULL, 0, 'response_body', NULL);
INSERT INTO message_rows VALUES (4294967324, 1, 4294967297, 4294967308, NULL, 4294967307, NULL, 27, 1767225601061000000, 'c2s', 'request', '11', 'tools/call', 'hold', NULL, 413, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967325, 1, 4294967297, 4294967309, NULL, 4294967308, NULL, 28, 1767225601064000000, 'c2s', 'request', '12', 'tools/call', 'wait_until_held', NULL, 424, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967326, 1, 4294967297, 4294967309, NULL, 4294967308, 4294967325, 29, 1767225601067000000, 's2c', 'response', '12', NULL, NULL, NULL, 266, NULL, 0, 'response_body', NULL);
INSERT INTO message_rows VALUES (4294967327, 1, 4294967297, 4294967310, NULL, 4294967309, NULL, 30, 1767225601069000000, 'c2s', 'request', '13', 'tools/call', 'wait_until_cancelled', NULL, 429, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967328, 1, 4294967297, 4294967310, NULL, 4294967309, 4294967327, 31, 1767225601074000000, 's2c', 'response', '13', NULL, NULL, NULL, 278, NULL, 0, 'response_body', NULL);
INSERT INTO message_rows VALUES (4294967329, 1, 4294967297, 4294967311, NULL, 4294967310, NULL, 32, 1767225601076000000, 'c2s', 'request', '14', 'resources/read', 'memo://nothing', NULL, 393, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967330, 1, 4294967297, 4294967311, NULL, 4294967310, 4294967329, 33, 1767225601078000000, 's2c', 'error', '14', NULL, NULL, -32602, 126, NULL, 0, 'response_body', NULL);
INSERT INTO message_rows VALUES (4294967331, 1, 4294967298, 4294967312, NULL, 4294967311, NULL, 0, 1767225601083000000, 'c2s', 'request', '1', 'tools/list', NULL, NULL, 256, NULL, 0, 'request_body', NULL);
INSERT INTO message_rows VALUES (4294967332, 1, 4294967298, 4294967312, NULL, 4294967311, 4294967331, 1, 1767225601086000000, 's2c', 'error', '1', NULL, NULL, -32020, 119, NULL, 0, 'response_body', NULL);
INSERT INTO calls VALUES (4294967297, 1, 4294967297, 4294967297, 4294967297, 'c2s', 'server/discover', NULL, '1', 4294967297, 4294967298, 1767225601001000000, 3.0, NULL, 4.0, 'ok', NULL, 1, 328, 338, NULL);
INSERT INTO calls VALUES (4294967298, 1, 4294967297, 4294967298, 4294967298, 'c2s', 'tools/call', 'echo', '2', 4294967299, 4294967300, 1767225601006000000, 2.0, NULL, 3.0, 'ok', NULL, 1, 426, 305, NULL);
INSERT INTO calls VALUES (4294967299, 1, 4294967297, 4294967299, 4294967299, 'c2s', 'tools/list', NULL, '3', 4294967301, 4294967302, 1767225601010000000, 2.0, NULL, 3.0, 'ok', NULL, 1, 365, 6338, NULL);
INSERT INTO calls VALUES (4294967300, 1, 4294967297, 4294967300, 4294967300, 'c2s', 'tools/call', 'slow', '4', 4294967303, 4294967307, 1767225601014000000, 2.0, 3.0, 6.0, 'ok', NULL, 1, 421, 255, NULL);
INSERT INTO calls VALUES (4294967301, 1, 4294967297, 4294967301, 4294967302, 'c2s', 'tools/call', 'ask_user', '5', 4294967308, 4294967311, 1767225601025000000, 3.0, NULL, 8.0, 'ok', NULL, 2, 1314, 1069, NULL);
INSERT INTO calls VALUES (4294967302, 1, 4294967297, 4294967303, 4294967303, 'c2s', 'tools/call', 'fail', '7', 4294967312, 4294967313, 1767225601034000000, 2.0, NULL, 3.0, 'tool_error', NULL, 1, 413, 221, NULL);
INSERT INTO calls VALUES (4294967303, 1, 4294967297, 4294967304, 4294967304, 'c2s', 'resources/read', 'memo://today', '8', 4294967314, 4294967315, 1767225601038000000, 2.0, NULL, 3.0, 'ok', NULL, 1, 390, 254, NULL);
INSERT INTO calls VALUES (4294967304, 1, 4294967297, 4294967305, NULL, 'c2s', 'subscriptions/listen', NULL, '"listen-1"', 4294967316, NULL, 1767225601042000000, 2.0, 3.0, NULL, 'cancelled', NULL, 1, 467, NULL, NULL);
INSERT INTO calls VALUES (4294967305, 1, 4294967297, 4294967306, 4294967306, 'c2s', 'tools/call', 'announce_change', '9', 4294967318, 4294967319, 1767225601047000000, 3.0, NULL, 4.0, 'ok', NULL, 1, 405, 249, NULL);
INSERT INTO calls VALUES (4294967306, 1, 4294967297, 4294967307, 4294967307, 'c2s', 'tools/call', 'touch', '10', 4294967321, 4294967323, 1767225601053000000, 2.0, NULL, 4.0, 'ok', NULL, 1, 416, 246, NULL);
INSERT INTO calls VALUES (4294967307, 1, 4294967297, 4294967308, NULL, 'c2s', 'tools/call', 'hold', '11', 4294967324, NULL, 1767225601061000000, NULL, NULL, 11.0, 'cancelled', NULL, 1, 413, NULL, NULL);
INSERT INTO calls VALUES (4294967308, 1, 4294967297, 4294967309, 4294967309, 'c2s', 'tools/call', 'wait_until_held', '12', 4294967325, 4294967326, 1767225601064000000, 3.0, NULL, 4.0, 'ok', NULL, 1, 424, 266, NULL);
INSERT INTO calls VALUES (4294967309, 1, 4294967297, 4294967310, 4294967310, 'c2s', 'tools/call', 'wait_until_cancelled', '13', 4294967327, 4294967328, 1767225601069000000, 5.0, NULL, 6.0, 'ok', NULL, 1, 429, 278, NULL);
INSERT INTO calls VALUES (4294967310, 1, 4294967297, 4294967311, 4294967311, 'c2s', 'resources/read', 'memo://nothing', '14', 4294967329, 4294967330, 1767225601076000000, NULL, NULL, 3.0, 'rpc_error', NULL, 1, 393, 126, NULL);
INSERT INTO calls VALUES (4294967311, 1, 4294967298, 4294967312, 4294967312, 'c2s', 'tools/list', NULL, '1', 4294967331, 4294967332, 1767225601083000000, NULL, NULL, 4.0, 'rpc_error', NULL, 1, 256, 119, NULL);
COMMIT;
