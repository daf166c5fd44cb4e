/// What the servers have and do. What names a server throws ``MCPHostError/Code/unknownServer`` when there is none of that
/// name, and otherwise as the method of ``MCPClient`` does.
extension MCPHost {
    /// The tools of one server.
    public func listTools(on server: String) async throws -> [ToolDefinition] {
        try await client(named: server).listTools()
    }

    /// The resources of one server.
    public func listResources(on server: String) async throws -> [ResourceDefinition] {
        try await client(named: server).listResources()
    }

    /// The resource templates of one server.
    public func listResourceTemplates(on server: String) async throws -> [ResourceTemplateDefinition] {
        try await client(named: server).listResourceTemplates()
    }

    /// The prompts of one server.
    public func listPrompts(on server: String) async throws -> [PromptDefinition] {
        try await client(named: server).listPrompts()
    }

    /// Calls a tool of one server.
    public func callTool(
        _ name: String, on server: String, arguments: JSONObject = [:], timeout: RequestTimeout? = nil,
        progress: (@Sendable (ProgressUpdate) -> Void)? = nil
    ) async throws -> ToolResult {
        try await client(named: server).callTool(name, arguments: arguments, timeout: timeout, progress: progress)
    }

    /// Calls a tool by its qualified name.
    public func callTool(
        _ name: QualifiedName, arguments: JSONObject = [:], timeout: RequestTimeout? = nil,
        progress: (@Sendable (ProgressUpdate) -> Void)? = nil
    ) async throws -> ToolResult {
        try await callTool(
            name.name, on: name.server, arguments: arguments, timeout: timeout, progress: progress)
    }

    /// Reads a resource of one server.
    public func readResource(_ uri: String, on server: String) async throws -> [ResourceContents] {
        try await client(named: server).readResource(uri)
    }

    /// Reads a resource by its qualified URI.
    public func readResource(_ uri: QualifiedName) async throws -> [ResourceContents] {
        try await readResource(uri.name, on: uri.server)
    }

    /// Fills a prompt of one server.
    public func getPrompt(
        _ name: String, on server: String, arguments: [String: String] = [:]
    ) async throws -> PromptResult {
        try await client(named: server).getPrompt(name, arguments: arguments)
    }

    /// Fills a prompt by its qualified name.
    public func getPrompt(_ name: QualifiedName, arguments: [String: String] = [:]) async throws -> PromptResult {
        try await getPrompt(name.name, on: name.server, arguments: arguments)
    }
}

/// What all servers have. Those that did not announce the capability are not asked; those that fail are listed as such.
extension MCPHost {
    /// The tools of all servers.
    public func listTools() async -> HostListing<ToolDefinition> {
        await list("tools", { try await $0.listTools() }, \.name)
    }

    /// The resources of all servers, by their URIs.
    public func listResources() async -> HostListing<ResourceDefinition> {
        await list("resources", { try await $0.listResources() }, \.uri)
    }

    /// The resource templates of all servers, by their URI templates.
    public func listResourceTemplates() async -> HostListing<ResourceTemplateDefinition> {
        await list("resources", { try await $0.listResourceTemplates() }, \.uriTemplate)
    }

    /// The prompts of all servers.
    public func listPrompts() async -> HostListing<PromptDefinition> {
        await list("prompts", { try await $0.listPrompts() }, \.name)
    }

    private func list<Element: Sendable>(
        _ capability: String, _ ask: @escaping @Sendable (MCPClient) async throws -> [Element],
        _ name: (Element) -> String
    ) async -> HostListing<Element> {
        let servers = openClients().filter { $0.client.initializeResult?.offers(capability) == true }
        let answers = await withTaskGroup(of: (String, Result<[Element], any Error>).self) { group in
            for (server, client) in servers {
                group.addTask {
                    do { return (server, .success(try await ask(client))) } catch { return (server, .failure(error)) }
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        var listing = HostListing<Element>()
        for (server, _) in servers {
            switch answers[server] {
            case .success(let elements):
                listing.items += elements.map { .init(name: .init(server: server, name: name($0)), element: $0) }
            case .failure(let error): listing.failures[server] = error
            case nil: break
            }
        }
        return listing
    }
}
