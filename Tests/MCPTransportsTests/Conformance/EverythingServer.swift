import MCPTransports

/// The server that the conformance suite wants to meet: what it offers has the names and contents that the checks look for.
enum EverythingServer {
    static var server: MCPServer {
        MCPServer(
            name: "everything", version: "1.0.0", instructions: "A server for conformance checks.",
            tools: contentTools + askingTools + schemaTools + statelessTools + roundTools, resources: resources,
            resourceTemplates: resourceTemplates, prompts: prompts,
            completions: { query, _ in ["paris", "park", "party"].filter { $0.hasPrefix(query.value) } },
            announces: .all)
    }

    /// Runs the server, with resumable streams, while `body` uses it.
    static func run<Result>(
        _ configuration: SSEServerTransport.Configuration = .init(retention: EventRetention()),
        _ body: (_ port: Int) async throws -> Result
    ) async throws -> Result {
        try await withHost(server, configuration, body)
    }

    /// A red pixel as PNG.
    static let image =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=="
    /// Four samples of silence as WAV.
    static let sound = "UklGRigAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQQAAACAgICA"
}
