/// One request of MCP 2026-07-28 with all that its answer depends on, read and held against its header fields before
/// anything runs.
struct StatelessRequest: Sendable, Hashable {
    let id: RequestID
    let method: String
    let params: JSONObject
    let revision: ProtocolRevision
    let client: Implementation?
    let clientCapabilities: JSONValue
    /// From which severity on the client wants log messages; nil: none at all (MCP 2026-07-28 server/utilities/logging).
    let logLevel: LogLevel?
    let progressToken: JSONValue?

    /// Why a POST is no request that could be answered, and what its sender is told.
    struct Rejection: Error, Hashable {
        let status: Int
        let id: RequestID?
        let error: MCPError

        var response: HTTPResponse { .json(status, JSONRPCMessage.error(id: id, error).json) }
    }

    /// Whether a POST belongs to this dialect: by its body, or by a header field that names a revision without sessions.
    static func isMeant(by request: HTTPRequest, _ body: JSONValue) -> Bool {
        body["params"]?["_meta"]?[MetaKey.protocolVersion] != nil || isMeant(by: request)
    }

    /// The same by the head alone.
    static func isMeant(by request: HTTPRequest) -> Bool {
        guard let version = request["mcp-protocol-version"] else { return false }
        return version >= ProtocolRevision.v20260728.rawValue
            && ProtocolRevision.handshake.allSatisfy { $0.rawValue != version }
    }

    /// Reads and checks a request, except whether there is such a method.
    ///
    /// The order of the checks is that a client that contradicts itself is told so, rather than that its revision is not
    /// spoken (MCP 2026-07-28 transports, server validation).
    init(_ request: HTTPRequest, id: RequestID, method: String, params: JSONValue?) throws(Rejection) {
        do throws(MCPError) {
            try self.init(checking: request, id: id, method: method, params: params?.objectValue ?? [:])
        } catch {
            throw Rejection(status: 400, id: id, error: error)
        }
    }

    private init(
        checking request: HTTPRequest, id: RequestID, method: String, params: JSONObject
    ) throws(MCPError) {
        let meta = params["_meta"]?.objectValue ?? [:]
        for key in [MetaKey.protocolVersion, MetaKey.clientCapabilities] where meta[key] == nil {
            throw .invalidParams("_meta lacks \(key)")
        }
        try Self.checkHeaders(request, version: meta[MetaKey.protocolVersion], method: method, params: params)
        revision = try Self.revision(meta[MetaKey.protocolVersion])
        guard let capabilities = meta[MetaKey.clientCapabilities], capabilities.objectValue != nil else {
            throw .invalidParams("\(MetaKey.clientCapabilities) is not an object")
        }
        logLevel = try meta[MetaKey.logLevel].map(Self.logLevel)
        progressToken = meta["progressToken"]
        client = Implementation(meta[MetaKey.clientInfo])
        clientCapabilities = capabilities
        self.id = id
        self.method = method
        self.params = params
    }

    /// The parameter that `Mcp-Name` repeats.
    static func nameKey(of method: String) -> String? {
        switch method {
        case "tools/call", "prompts/get": "name"
        case "resources/read": "uri"
        default: nil
        }
    }

    private static func checkHeaders(
        _ request: HTTPRequest, version: JSONValue?, method: String, params: JSONObject
    ) throws(MCPError) {
        for name in ["MCP-Protocol-Version", "Mcp-Method", "Mcp-Name"] {
            guard request.fields.count(where: { $0.name == name.lowercased() }) <= 1 else {
                throw .headerMismatch("\(name) is there more than once")
            }
        }
        guard let stated = request["mcp-protocol-version"] else {
            throw .headerMismatch("MCP-Protocol-Version is missing")
        }
        guard version == .string(stated) else {
            throw .headerMismatch("MCP-Protocol-Version says \"\(stated)\" and _meta something else")
        }
        guard let stated = request["mcp-method"] else { throw .headerMismatch("Mcp-Method is missing") }
        guard stated == method else {
            throw .headerMismatch("Mcp-Method says \"\(stated)\" and the body something else")
        }
        guard let key = nameKey(of: method), let name = params[key]?.stringValue else { return }
        guard let stated = request["mcp-name"] else { throw .headerMismatch("Mcp-Name is missing") }
        guard HeaderValue.decoded(stated) == name else {
            throw .headerMismatch("Mcp-Name does not say what the \(key) says")
        }
    }

    private static func revision(_ value: JSONValue?) throws(MCPError) -> ProtocolRevision {
        guard let text = value?.stringValue else { throw .invalidParams("\(MetaKey.protocolVersion) is not a string") }
        guard let revision = ProtocolRevision.stateless.first(where: { $0.rawValue == text }) else {
            throw .unsupportedProtocolVersion(text, supported: ProtocolRevision.stateless)
        }
        return revision
    }

    private static func logLevel(_ value: JSONValue) throws(MCPError) -> LogLevel {
        guard let level = value.stringValue.flatMap(LogLevel.init) else { throw .invalidParams("Unknown log level") }
        return level
    }
}
