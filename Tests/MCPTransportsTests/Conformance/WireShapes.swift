/// The messages of MCP 2025-06-18 to 2026-07-28, as far as this library sends them.
enum WireShapes {
    private static let role = WireShape.oneOf(["user", "assistant"])
    private static let contents = WireShape.either([
        .object(["uri": .string, "mimeType?": .string, "text": .string]),
        .object(["uri": .string, "mimeType?": .string, "blob": .string]),
    ])
    static let content = WireShape.either([
        .object(["type": .constant("text"), "text": .string]),
        .object(["type": .constant("image"), "data": .string, "mimeType": .string]),
        .object(["type": .constant("audio"), "data": .string, "mimeType": .string]),
        .object(["type": .constant("resource"), "resource": contents]),
        .object(["type": .constant("resource_link"), "uri": .string, "name": .string]),
    ])
    private static let schema = WireShape.object(["type": .constant("object")])
    private static let implementation = WireShape.object(["name": .string, "version": .string, "title?": .string])
    private static let capabilities = WireShape.object([
        "tools?": .object(["listChanged?": .bool]), "prompts?": .object(["listChanged?": .bool]),
        "resources?": .object(["listChanged?": .bool, "subscribe?": .bool]), "logging?": .object([:]),
        "completions?": .object([:]),
    ])
    private static let page: [String: WireShape] = ["nextCursor?": .string]
    private static let message = WireShape.object(["role": role, "content": content])

    /// The result of each method.
    static let results: [String: WireShape] = [
        "initialize": .object([
            "protocolVersion": .string, "capabilities": capabilities, "serverInfo": implementation,
            "instructions?": .string,
        ]),
        "server/discover": .object([
            "supportedVersions": .list(.string), "capabilities": capabilities, "instructions?": .string,
        ]),
        "ping": .object([:]), "logging/setLevel": .object([:]),
        "resources/subscribe": .object([:]), "resources/unsubscribe": .object([:]),
        "tools/list": .object([
            "tools": .list(
                .object([
                    "name": .string, "title?": .string, "description?": .string, "inputSchema": schema,
                    "outputSchema?": .object([:]), "annotations?": .object([:]),
                ]))
        ]).with(page),
        "tools/call": .object(["content": .list(content), "isError?": .bool, "structuredContent?": .object([:])]),
        "resources/list": .object([
            "resources": .list(
                .object(["uri": .string, "name": .string, "description?": .string, "mimeType?": .string]))
        ]).with(page),
        "resources/templates/list": .object([
            "resourceTemplates": .list(.object(["uriTemplate": .string, "name": .string, "description?": .string]))
        ]).with(page),
        "resources/read": .object(["contents": .list(contents)]),
        "prompts/list": .object([
            "prompts": .list(
                .object([
                    "name": .string, "description?": .string,
                    "arguments?": .list(.object(["name": .string, "description?": .string, "required?": .bool])),
                ]))
        ]).with(page),
        "prompts/get": .object(["description?": .string, "messages": .list(message)]),
        "completion/complete": .object([
            "completion": .object(["values": .list(.string), "total?": .integer, "hasMore?": .bool])
        ]),
    ]

    /// What 2026-07-28 adds to results.
    static func stateless(_ result: WireShape, of method: String) -> WireShape {
        let meta = WireShape.object(["io.modelcontextprotocol/serverInfo?": implementation])
        let all = result.with(["resultType": .constant("complete"), "_meta?": meta])
        guard method.hasSuffix("/list") || ["resources/read", "server/discover"].contains(method) else { return all }
        return all.with(["ttlMs": .integer, "cacheScope": .oneOf(["public", "private"])])
    }

    /// A result that asks.
    static let inputRequired = WireShape.object([
        "resultType": .constant("input_required"), "inputRequests?": .object([:]), "requestState?": .string,
    ])

    /// The parameters of notifications and requests of both sides.
    static let params: [String: WireShape] = [
        "initialize": .object(["protocolVersion": .string, "capabilities": .object([:]), "clientInfo": implementation]),
        "notifications/initialized": .object([:]),
        "notifications/progress": .object([
            "progressToken": .either([.string, .integer]), "progress": .number, "total?": .number, "message?": .string,
        ]),
        "notifications/message": .object([
            "level": .oneOf(["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"]),
            "logger?": .string, "data": .anything,
        ]),
        "sampling/createMessage": .object([
            "messages": .list(message), "maxTokens": .integer, "systemPrompt?": .string,
        ]),
        "elicitation/create": .object([
            "message": .string, "requestedSchema": schema.with(["properties": .object([:])]),
        ]),
        "notifications/subscriptions/acknowledged": .object(["notifications": .object([:])]),
        "tools/call": .object(["name": .string, "arguments?": .object([:])]),
        "prompts/get": .object(["name": .string, "arguments?": .object([:])]),
        "resources/read": .object(["uri": .string]),
        "completion/complete": .object([
            "ref": .either([
                .object(["type": .constant("ref/prompt"), "name": .string]),
                .object(["type": .constant("ref/resource"), "uri": .string]),
            ]),
            "argument": .object(["name": .string, "value": .string]),
        ]),
        "notifications/cancelled": .object(["requestId": .either([.string, .integer]), "reason?": .string]),
    ]

    static let error = WireShape.object(["code": .integer, "message": .string, "data?": .anything])
}
