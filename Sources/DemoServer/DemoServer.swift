import MCPTransports

/// A small MCP server that shows every kind of traffic: answers at once and late, notifications, questions to the client,
/// failures, lists of several pages. It serves all four dialects from one listener.
package struct DemoServer: Sendable {
    /// Where and how it serves.
    package struct Configuration: Sendable {
        /// The address to listen on.
        package var host: String
        /// The port; 0 lets the system choose one.
        package var port: Int
        /// The pause between heartbeats on open streams.
        package var heartbeat: Duration
        /// In which form Streamable HTTP answers requests.
        package var answerForm: AnswerForm
        /// Whether events are kept for a while and carry ids, so that streams can be resumed.
        package var isResumable: Bool

        /// By default 127.0.0.1:6490 with a heartbeat each 15 seconds.
        package init(
            host: String = "127.0.0.1", port: Int = 6490, heartbeat: Duration = .seconds(15),
            answerForm: AnswerForm = .automatic, isResumable: Bool = true
        ) {
            self.host = host
            self.port = port
            self.heartbeat = heartbeat
            self.answerForm = answerForm
            self.isResumable = isResumable
        }
    }

    /// The path of HTTP+SSE on the listener.
    package static let eventStreamPath = "/sse"
    /// The path of Streamable HTTP on the listener, with sessions and without.
    package static let streamablePath = "/mcp"
    /// Where listeners of the broadcast dialect are.
    package static let broadcastStreamPath = "/broadcast/sse"
    /// Where the broadcast dialect takes POSTs.
    package static let broadcastPath = "/broadcast"

    private let configuration: Configuration
    private let onListening: @Sendable (_ port: Int) async -> Void

    /// A server, which does nothing until ``run()``.
    ///
    /// - Parameter onListening: Called once when connections are taken, with the port that was bound.
    package init(
        configuration: Configuration = Configuration(),
        onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.onListening = onListening
    }

    /// Serves until the task is cancelled, which is the normal end.
    ///
    /// - Throws: what keeps the address from being bound.
    package func run() async throws {
        let host = SSEServerTransport(
            server: Self.server,
            configuration: .init(
                host: configuration.host, port: configuration.port,
                dialects: Set(HTTPDialect.allCases),
                paths: .init(
                    eventStream: Self.eventStreamPath, streamable: Self.streamablePath,
                    broadcastStream: Self.broadcastStreamPath, broadcastMessages: Self.broadcastPath),
                answerForm: configuration.answerForm,
                retention: configuration.isResumable ? EventRetention() : nil,
                timeouts: .init(heartbeat: configuration.heartbeat)),
            onListening: { [configuration, onListening] address in
                await onListening(address.port ?? configuration.port)
            })
        try await host.run()
    }

    /// What is served: nothing in it depends on the configuration or on the time.
    package static let server = MCPServer(
        name: "mcp-inspect-demo", version: "1.0.0", title: "mcp-inspect demo server",
        instructions: "A server to try tools on: echo answers at once, slow reports progress, fail and rpc_error fail.",
        tools: answeringTools + failingTools + askingTools + announcingTools, resources: resources,
        resourceTemplates: resourceTemplates,
        prompts: prompts, pageSize: 5, announces: .all)
}
