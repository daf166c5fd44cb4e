/// What the server does for the client. All methods throw as ``request(_:params:timeout:progress:)``, and
/// ``MCPClientError/Code/invalidResult`` when the result lacks what it must have.
extension MCPClient {
    /// Calls a tool (MCP 2025-11-25 server/tools). That it ran and failed is in the result, not thrown.
    ///
    /// - Parameter progress: Hears how far the tool is, before the result is returned.
    public func callTool(
        _ name: String, arguments: JSONObject = [:], timeout: RequestTimeout? = nil,
        progress: (@Sendable (ProgressUpdate) -> Void)? = nil
    ) async throws -> ToolResult {
        let params: JSONValue = ["name": .string(name), "arguments": .object(arguments)]
        return try ToolResult(try await request("tools/call", params: params, timeout: timeout, progress: progress))
    }

    /// Reads a resource (MCP 2025-11-25 server/resources).
    public func readResource(_ uri: String, timeout: RequestTimeout? = nil) async throws -> [ResourceContents] {
        let result = try await request("resources/read", params: ["uri": .string(uri)], timeout: timeout)
        guard let contents = result["contents"]?.arrayValue else {
            throw MCPClientError(.invalidResult, "The result of resources/read has no contents.")
        }
        return try contents.map(ResourceContents.init)
    }

    /// Asks to be notified when a resource changes, by `notifications/resources/updated`.
    public func subscribe(to uri: String, timeout: RequestTimeout? = nil) async throws {
        _ = try await request("resources/subscribe", params: ["uri": .string(uri)], timeout: timeout)
    }

    /// Ends what ``subscribe(to:timeout:)`` began.
    public func unsubscribe(from uri: String, timeout: RequestTimeout? = nil) async throws {
        _ = try await request("resources/unsubscribe", params: ["uri": .string(uri)], timeout: timeout)
    }

    /// Fills a prompt (MCP 2025-11-25 server/prompts).
    public func getPrompt(
        _ name: String, arguments: [String: String] = [:], timeout: RequestTimeout? = nil
    ) async throws -> PromptResult {
        let values = arguments.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
        let params: JSONValue = ["name": .string(name), "arguments": .object(JSONObject(values))]
        return try PromptResult(try await request("prompts/get", params: params, timeout: timeout))
    }

    /// Asks how an argument may go on (MCP 2025-11-25 server/utilities/completion).
    ///
    /// - Parameters:
    ///   - value: What there is of it.
    ///   - context: The values of other arguments.
    public func complete(
        _ reference: CompletionReference, argument: String, value: String, context: [String: String] = [:],
        timeout: RequestTimeout? = nil
    ) async throws -> Completion {
        var params: JSONObject = [
            "ref": reference.json, "argument": ["name": .string(argument), "value": .string(value)],
        ]
        if !context.isEmpty {
            let values = context.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
            params["context"] = ["arguments": .object(JSONObject(values))]
        }
        return try Completion(try await request("completion/complete", params: .object(params), timeout: timeout))
    }
}
