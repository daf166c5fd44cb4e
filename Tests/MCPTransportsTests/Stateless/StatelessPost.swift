@testable import MCPTransports

/// Makes requests of MCP 2026-07-28, with what a test wants to be wrong.
struct StatelessPost {
    var id: JSONValue = 1
    var method = "tools/list"
    var params: JSONObject = [:]
    var meta: JSONObject = [
        MetaKey.protocolVersion: "2026-07-28", MetaKey.clientCapabilities: ["elicitation": [:], "sampling": [:]],
    ]
    /// Overrides of the header fields that mirror the body; nil leaves one out.
    var headers: [String: String?] = [:]

    static func call(_ tool: String, _ arguments: JSONObject = [:], id: JSONValue = 1) -> StatelessPost {
        StatelessPost(id: id, method: "tools/call", params: ["name": .string(tool), "arguments": .object(arguments)])
    }

    /// The same call again, with answers.
    func retry(id: JSONValue, state: String, _ answers: JSONObject) -> StatelessPost {
        var post = self
        post.id = id
        post.params["requestState"] = .string(state)
        post.params["inputResponses"] = .object(answers)
        return post
    }

    var json: JSONValue {
        var params = params
        if !meta.isEmpty { params["_meta"] = .object(meta) }
        return ["jsonrpc": "2.0", "id": id, "method": .string(method), "params": .object(params)]
    }

    var body: String { json.description }

    var fields: [(name: String, value: String)] {
        var all: [String: String] = ["mcp-method": method]
        all["mcp-protocol-version"] = meta[MetaKey.protocolVersion]?.stringValue ?? "2026-07-28"
        if let key = StatelessRequest.nameKey(of: method), let name = params[key]?.stringValue {
            all["mcp-name"] = HeaderValue.encoded(name)
        }
        for (name, value) in headers { all[name] = value }
        return all.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The header lines, with the types that a client accepts.
    var lines: [String] { ["Accept: application/json, text/event-stream"] + fields.map { "\($0.name): \($0.value)" } }

    var request: HTTPRequest {
        HTTPRequest(
            method: "POST", target: "/mcp", fields: fields.map { HTTPRequest.Field(name: $0.name, value: $0.value) })
    }

    func read() throws -> StatelessRequest {
        guard let id = RequestID(id) else { throw MCPError.invalidRequest("id") }
        return try StatelessRequest(request, id: id, method: method, params: json["params"])
    }
}

extension RawConnection {
    /// Sends a stateless request.
    func post(_ post: StatelessPost, _ path: String = "/mcp", _ more: [String] = []) async throws {
        try await request("POST \(path)", post.lines + more, body: post.body)
    }
}
