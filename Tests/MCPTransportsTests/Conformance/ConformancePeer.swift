import MCPTransports
import Testing

/// A client that speaks HTTP by hand, so that every byte of it is the test's: one connection a request.
struct ConformancePeer: Sendable {
    /// The revisions that the suite knows; the last one has no sessions.
    enum Revision: String, Sendable, CaseIterable, Comparable {
        case v20250326 = "2025-03-26"
        case v20250618 = "2025-06-18"
        case v20251125 = "2025-11-25"
        case v20260728 = "2026-07-28"

        static let handshake: [Revision] = [.v20250618, .v20251125]
        /// Those that a scenario which came with 2025-06-18 and is still there applies to.
        static let all: [Revision] = handshake + [.v20260728]

        static func < (left: Revision, right: Revision) -> Bool { left.rawValue < right.rawValue }
    }

    static let everything: JSONValue = ["sampling": [:], "elicitation": [:], "roots": [:]]

    let port: Int
    let revision: Revision
    var capabilities: JSONValue
    /// What `initialize` was answered; nil without a handshake.
    private(set) var handshake: WireAnswer?

    /// A peer past its handshake, where its revision has one.
    static func connect(
        _ port: Int, _ revision: Revision, capabilities: JSONValue = everything
    ) async throws -> ConformancePeer {
        var peer = ConformancePeer(port: port, revision: revision, capabilities: capabilities)
        guard revision != .v20260728 else { return peer }
        let answer = try await peer.post(peer.initialize, ["Accept": Self.bothTypes])
        peer.handshake = answer
        #expect(answer.status == 200)
        let initialized = try await peer.post(["jsonrpc": "2.0", "method": "notifications/initialized"])
        try #require(initialized.status == 202)
        return peer
    }

    static let bothTypes = "application/json, text/event-stream"
    static let clientInfo: JSONValue = ["name": "conformance", "version": "1.0.0"]

    var initialize: JSONValue {
        let params: JSONValue = [
            "protocolVersion": .string(revision.rawValue), "capabilities": capabilities, "clientInfo": Self.clientInfo,
        ]
        return ["jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params]
    }

    var sessionID: String? { handshake?.fields["mcp-session-id"] }

    /// The fields that belong to a request, for a message where the revision mirrors it.
    func fields(for message: JSONValue? = nil) -> [String: String] {
        var fields = ["Accept": Self.bothTypes, "MCP-Protocol-Version": revision.rawValue]
        fields["Mcp-Session-Id"] = sessionID
        guard revision == .v20260728, let method = message?["method"]?.stringValue else { return fields }
        fields["Mcp-Method"] = method
        if ["tools/call", "prompts/get"].contains(method) {
            fields["Mcp-Name"] = message?["params"]?["name"]?.stringValue
        }
        if method == "resources/read" { fields["Mcp-Name"] = message?["params"]?["uri"]?.stringValue }
        return fields
    }

    /// The `_meta` that every request of 2026-07-28 has.
    var meta: JSONObject {
        [
            "io.modelcontextprotocol/protocolVersion": .string(revision.rawValue),
            "io.modelcontextprotocol/clientCapabilities": capabilities,
            "io.modelcontextprotocol/clientInfo": Self.clientInfo,
        ]
    }

    /// A request as the revision wants it. Members of a `_meta` in `params` win.
    func message(_ method: String, _ params: JSONObject = [:], id: JSONValue = 1) -> JSONValue {
        var params = params
        if revision == .v20260728 {
            var all = meta
            for member in params["_meta"]?.objectValue?.members ?? [] { all[member.key] = member.value }
            params["_meta"] = .object(all)
        }
        return ["jsonrpc": "2.0", "id": id, "method": .string(method), "params": .object(params)]
    }

    /// Sends a request and gives the whole response.
    func request(_ method: String, _ params: JSONObject = [:], id: JSONValue = 1) async throws -> WireAnswer {
        try await post(message(method, params, id: id))
    }

    /// The result of a request that must have one.
    func result(_ method: String, _ params: JSONObject = [:]) async throws -> JSONValue {
        let answer = try await request(method, params)
        return try #require(answer.result, "\(answer)")
    }

    /// The result of a tool.
    func call(_ tool: String, _ arguments: JSONObject = [:]) async throws -> JSONValue {
        try await result("tools/call", ["name": .string(tool), "arguments": .object(arguments)])
    }

    /// POSTs a message with its fields, or exactly those given.
    func post(_ message: JSONValue, _ fields: [String: String]? = nil) async throws -> WireAnswer {
        let connection = try await begin("POST", message, fields)
        return try await WireAnswer(connection.waitForEnd())
    }

    /// Sends a request of any method and gives the connection to listen on.
    func begin(
        _ verb: String, _ message: JSONValue? = nil, _ fields: [String: String]? = nil, more: [String: String] = [:]
    ) async throws -> RawConnection {
        let connection = try await RawConnection(port: port)
        let all = (fields ?? self.fields(for: message)).merging(more) { $1 }
        let lines = all.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        try await connection.request("\(verb) /mcp", lines + ["Connection: close"], body: message?.description)
        return connection
    }
}
