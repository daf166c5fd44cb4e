/// What every result of MCP 2026-07-28 says besides the answer itself.
struct ResultDressing: Sendable, Hashable {
    /// Methods whose results may be cached (MCP 2026-07-28 server/utilities/caching).
    private static let cacheable: Set<String> = [
        "server/discover", "tools/list", "prompts/list", "resources/list", "resources/templates/list",
        "resources/read",
    ]

    let implementation: Implementation
    let caching: CachePolicy

    /// The final result of a method.
    ///
    /// - Parameter isFresh: False when the client was asked on the way: such an answer belongs to nobody else.
    func complete(_ result: JSONValue, of method: String, isFresh: Bool = true) -> JSONValue {
        var object = result.objectValue ?? [:]
        if object["resultType"] == nil { object["resultType"] = "complete" }
        if Self.cacheable.contains(method) {
            object["ttlMs"] = .integer(isFresh ? caching.milliseconds : 0)
            object["cacheScope"] = caching.isShared && isFresh ? "public" : "private"
        }
        return signed(.object(object))
    }

    /// The result with the server's name in its `_meta` (MCP 2026-07-28 basic/index).
    func signed(_ result: JSONValue) -> JSONValue {
        var object = result.objectValue ?? [:]
        var meta = object["_meta"]?.objectValue ?? [:]
        meta[MetaKey.serverInfo] = implementation.json
        object["_meta"] = .object(meta)
        return .object(object)
    }
}

extension MCPError {
    /// The error as this dialect has it: the number of a missing resource is -32602 there (MCP 2026-07-28 server/resources).
    var stateless: MCPError {
        code == -32002 ? MCPError(code: -32602, message: message, data: data) : self
    }
}
