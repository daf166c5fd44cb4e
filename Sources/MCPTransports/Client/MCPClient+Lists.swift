/// What the server has, over all pages (MCP 2025-11-25 server/utilities/pagination).
///
/// Elements without the names they must have are left out, and ``Handlers/onError`` is told. All methods throw as
/// ``request(_:params:timeout:progress:)``, and ``MCPClientError/Code/endlessList`` when the pages do not end.
extension MCPClient {
    /// The tools.
    public func listTools(timeout: RequestTimeout? = nil) async throws -> [ToolDefinition] {
        try await list("tools/list", "tools", timeout, ToolDefinition.init)
    }

    /// The resources.
    public func listResources(timeout: RequestTimeout? = nil) async throws -> [ResourceDefinition] {
        try await list("resources/list", "resources", timeout, ResourceDefinition.init)
    }

    /// The resource templates.
    public func listResourceTemplates(
        timeout: RequestTimeout? = nil
    ) async throws -> [ResourceTemplateDefinition] {
        try await list("resources/templates/list", "resourceTemplates", timeout, ResourceTemplateDefinition.init)
    }

    /// The prompts.
    public func listPrompts(timeout: RequestTimeout? = nil) async throws -> [PromptDefinition] {
        try await list("prompts/list", "prompts", timeout, PromptDefinition.init)
    }

    private func list<Element>(
        _ method: String, _ key: String, _ timeout: RequestTimeout?, _ decode: (JSONValue) -> Element?
    ) async throws -> [Element] {
        var elements: [Element] = []
        var seen: Set<String> = []
        var cursor: String?
        repeat {
            guard seen.count < configuration.pageLimit else {
                throw MCPClientError(.endlessList, "\(method) has more than \(configuration.pageLimit) pages.")
            }
            let result = try await request(
                method, params: cursor.map { ["cursor": .string($0)] }, timeout: timeout)
            guard let page = result[key]?.arrayValue else {
                throw MCPClientError(.invalidResult, "The result of \(method) has no \(key).")
            }
            for json in page {
                guard let element = decode(json) else {
                    handlers.onError?(
                        MCPClientError(.invalidResult, "\(method) listed something without a name: \(json)"))
                    continue
                }
                elements.append(element)
            }
            // No cursor, null and the empty text all mean that this was the last page.
            cursor = result["nextCursor"]?.stringValue
            if cursor == "" { cursor = nil }
            if let cursor, !seen.insert(cursor).inserted {
                throw MCPClientError(.endlessList, "\(method) gave the cursor \(cursor.debugDescription) twice.")
            }
        } while cursor != nil
        return elements
    }
}
