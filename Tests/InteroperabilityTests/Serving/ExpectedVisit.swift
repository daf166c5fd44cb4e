import MCPTransports

/// What a client must see of the demo server, step by step, written down from what the server is to offer.
struct ExpectedVisit {
    let visit: Visit

    init(_ visit: Visit) { self.visit = visit }

    var hasHandshake: Bool { visit.dialect != .stateless }

    var lines: [Visit.Line] {
        opening + lists + tools + questions + failures + contents + [polling] + changes + cancelling + cuts + closing
    }

    func line(_ step: String, _ saw: JSONValue) -> Visit.Line { Visit.Line(step: step, saw: saw) }

    /// The result of a tool that answers with one text.
    func answer(
        _ tool: String, as step: String? = nil, _ text: JSONValue, isError: Bool = false, structured: JSONValue? = nil,
        progress: [JSONValue]? = nil
    ) -> Visit.Line {
        var saw: JSONObject = ["text": [text], "isError": .bool(isError)]
        saw["structured"] = structured
        saw["progress"] = progress.map(JSONValue.array)
        return line(step ?? tool, .object(saw))
    }

    func failure(_ step: String, code: JSONValue, _ message: JSONValue, data: JSONValue? = nil) -> Visit.Line {
        var error: JSONObject = ["code": code, "message": message]
        error["data"] = data
        return line(step, ["error": .object(error)])
    }

    /// All steps of the tool `slow`, once each and in order.
    func slow(as step: String? = nil, steps: Int) -> Visit.Line {
        let progress = (1...steps).map { done -> JSONValue in
            [.integer(Int64(done)), .integer(Int64(steps)), "step \(done) of \(steps)"]
        }
        return answer("slow", as: step, "done in \(steps) steps", progress: progress)
    }
}

extension ExpectedVisit {
    private var opening: [Visit.Line] {
        // Who asks nothing beforehand knows nothing of the server.
        guard hasHandshake || visit.finds else {
            let assumed: JSONValue = [
                "protocolVersion": "2026-07-28", "serverInfo": nil, "capabilities": [:], "instructions": nil,
                "hasSessionID": false,
            ]
            return [line("open", assumed)]
        }
        let opened: JSONValue = [
            "protocolVersion": hasHandshake ? "2025-11-25" : "2026-07-28",
            "serverInfo": ["name": "mcp-inspect-demo", "version": "1.0.0", "title": "mcp-inspect demo server"],
            "capabilities": [
                "logging": [:], "prompts": ["listChanged": false],
                "resources": ["subscribe": false, "listChanged": false], "tools": ["listChanged": true],
            ],
            "instructions":
                "A server to try tools on: echo answers at once, slow reports progress, fail and rpc_error fail.",
            "hasSessionID": .bool(visit.dialect == .streamable),
        ]
        return [line("open", opened)] + (hasHandshake ? [line("ping", [:])] : [])
    }

    private var lists: [Visit.Line] {
        [
            line(
                "tools",
                [
                    ["echo", "add", "slow", "log", "large"], ["poll", "fail", "rpc_error", "crash", "ask_sampling"],
                    ["ask_elicitation", "ask_roots", "ping_client", "trigger_tools_changed", "touch_resource"],
                    ["route", "hold", "wait_until_held", "wait_until_cancelled", "announce"],
                ]),
            line(
                "first of tools",
                [
                    "name": "echo", "title": "Echo", "description": "Answers with the same text.",
                    "inputSchema": [
                        "type": "object", "properties": ["text": ["type": "string", "description": "What to answer."]],
                        "required": ["text"],
                    ],
                    "annotations": ["readOnlyHint": true],
                ]),
            line(
                "resources",
                [["greeting", "note 1", "note 2", "note 3", "note 4"], ["note 5", "note 6", "note 7"]]),
            line(
                "first of resources",
                [
                    "uri": "demo://greeting", "name": "greeting", "description": "A greeting.",
                    "mimeType": "text/plain",
                ]),
            line("resource_templates", [["greeting by name"]]),
            line(
                "first of resource_templates",
                [
                    "uriTemplate": "demo://greeting/{name}", "name": "greeting by name",
                    "description": "A greeting for somebody.", "mimeType": "text/plain",
                ]),
            line(
                "prompts",
                [["summarize", "review", "explain", "translate", "rewrite"], ["title", "outline"]]),
            line(
                "first of prompts",
                [
                    "name": "summarize", "description": "Asks for a summary.",
                    "arguments": [
                        ["name": "text", "description": "What to summarize.", "required": true],
                        ["name": "words", "description": "How long the summary may be.", "required": false],
                    ],
                ]),
        ]
    }

    private var tools: [Visit.Line] {
        [
            answer("echo", "Grüße, 世界 \u{1F680}\n\"quoted\""),
            answer("add", "5", structured: ["sum": 5]),
            slow(steps: 4),
            answer("log", "logged"),
            answer("log", as: "log below the level", "logged"),
            line("logged", .array(logged)),
            line("large", 300_000),
            line("together", true),
        ]
    }

    /// fastmcp's client asks for everything where the level is up to each request.
    private var logged: [JSONValue] {
        let careful: JSONValue = ["level": "warning", "data": "careful", "logger": "demo"]
        let unheard: JSONValue = ["level": "info", "data": "unheard", "logger": "demo"]
        return visit.client == .fastmcp && !hasHandshake ? [careful, unheard] : [careful]
    }

    private var questions: [Visit.Line] {
        [
            answer("ask_sampling", "sampled words"),
            answer("ask_elicitation", "Hello, Ada!"),
            answer("ask_roots", "file:///tour"),
        ] + (hasHandshake ? [answer("ping_client", "The client answered the ping.")] : []) + [
            line(
                "asked",
                [
                    ["sampling": "Say something", "maxTokens": 100],
                    ["elicitation": "Who are you?", "fields": ["name"]], ["roots": true],
                ])
        ]
    }

    private var failures: [Visit.Line] {
        [
            answer("fail", "as asked", isError: true),
            failure("rpc_error", code: -32055, "as asked", data: ["tool": "rpc_error"]),
            failure("crash", code: -32603, "tools/call failed: the tool crashed on purpose"),
            failure("unknown tool", code: -32602, "Unknown tool: nothing"),
            failure(
                "unknown resource", code: hasHandshake ? -32002 : -32602, "Resource not found",
                data: ["uri": "demo://nothing"]),
            failure("unknown prompt", code: -32602, "Unknown prompt: nothing"),
            failure("bad cursor", code: -32602, "Invalid cursor"),
        ]
    }

    private var contents: [Visit.Line] {
        let prompt: JSONValue = [
            "role": "user",
            "content": ["type": "text", "text": "Summarize this text in at most 7 words:\n\na long story"],
        ]
        return [
            text("demo://greeting", "Hello from the demo server.\n"),
            text("demo://notes/3", "This is note number 3.\n"),
            text("demo://greeting/Ada", "Hello, Ada!\n"),
            line("prompt", dressed(["description": "Asks for a summary.", "messages": [prompt]])),
        ]
    }

    /// A result as the dialect wants it: without a handshake each says what it is, and how long it may be kept.
    private func dressed(_ result: JSONObject, _ caching: JSONObject = [:]) -> JSONValue {
        guard !hasHandshake else { return .object(result) }
        var dressed = result
        dressed["resultType"] = "complete"
        dressed["_meta"] = [
            "io.modelcontextprotocol/serverInfo": [
                "name": "mcp-inspect-demo", "version": "1.0.0", "title": "mcp-inspect demo server",
            ]
        ]
        for member in caching.members { dressed[member.key] = member.value }
        return .object(dressed)
    }

    private func text(_ uri: JSONValue, _ text: JSONValue) -> Visit.Line {
        let contents: JSONObject = ["contents": [["uri": uri, "mimeType": "text/plain", "text": text]]]
        return line(uri.stringValue ?? "", dressed(contents, ["ttlMs": 0, "cacheScope": "private"]))
    }
}

extension ExpectedVisit {
    private var polling: Visit.Line {
        let isFetched = visit.dialect == .streamable
        return answer("poll", isFetched ? "fetched after the stream was closed" : "answered on the first stream")
    }

    private var changes: [Visit.Line] {
        let honored = hasHandshake ? [] : [line("honored", ["honored": ["toolsListChanged": true]])]
        let change: JSONValue = hasHandshake ? "notifications/tools/list_changed" : "ToolsListChanged"
        return honored + [answer("announce", "announced to 1"), line("change", [change])]
    }

    private var cancelling: [Visit.Line] {
        [
            answer("wait_until_held", "cancelled is held"),
            answer("wait_until_cancelled", "cancelled is cancelled"),
        ]
    }

    private var cuts: [Visit.Line] {
        guard !visit.without.contains("cuts") else { return [] }
        return [slow(as: "cut after a step", steps: 5), slow(as: "cut before a step", steps: 6)]
    }

    private var closing: [Visit.Line] {
        visit.dialect == .streamable ? [line("session after the client left", 404)] : []
    }
}
