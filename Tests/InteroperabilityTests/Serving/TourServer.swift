import DemoServer
import MCPTransports

/// The demo server with tools that let its visitor steer and watch it.
struct TourServer {
    let milestones = Milestones()
    /// What it speaks.
    var dialects = HTTPDialect.standard

    /// Serves on a free port of 127.0.0.1 while `body` uses it.
    func serve<Result: Sendable>(_ body: (_ port: Int) async throws -> Result) async throws -> Result {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        var server = DemoServer.server
        server.announces = .toolsListChanged
        let transport = SSEServerTransport(
            server: server,
            configuration: .init(
                dialects: dialects, retention: EventRetention(), timeouts: .init(heartbeat: .milliseconds(300))),
            onListening: { address in continuation.yield(address.port ?? 0) })
        transport.update { $0.tools += [hold, waitUntilHeld, waitUntilCancelled, announce(transport)] }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { continuation.finish() }
                try await transport.run()
            }
            var iterator = ports.makeAsyncIterator()
            guard let port = await iterator.next() else { throw HarnessFailure("the server said no port") }
            let result = try await body(port)
            group.cancelAll()
            try await group.waitForAll()
            return result
        }
    }

    private var hold: Tool {
        Tool(
            name: "hold", description: "Works until it is cancelled.",
            inputSchema: ["type": "object", "properties": ["name": ["type": "string"]], "required": ["name"]]
        ) { call, _ in
            let name = try call.string("name")
            await milestones.reach("\(name) held")
            do {
                try await Task.sleep(for: .seconds(3600))
            } catch {
                await milestones.reach("\(name) cancelled")
                throw error
            }
            return .text("nobody cancelled this")
        }
    }

    private var waitUntilHeld: Tool { wait("wait_until_held", for: "held") }
    private var waitUntilCancelled: Tool { wait("wait_until_cancelled", for: "cancelled") }

    private func wait(_ tool: String, for what: String) -> Tool {
        Tool(
            name: tool, description: "Answers once the call of `hold` with that name is \(what).",
            inputSchema: ["type": "object", "properties": ["name": ["type": "string"]], "required": ["name"]]
        ) { call, _ in
            let name = try call.string("name")
            guard await milestones.wait(for: "\(name) \(what)") else { return .failure("\(name) was never \(what)") }
            return .text("\(name) is \(what)")
        }
    }

    private func announce(_ transport: SSEServerTransport) -> Tool {
        Tool(name: "announce", description: "Says that the tools changed, to whoever listens.") {
            [weak transport] _, _ in
            .text("announced to \(transport?.announce(.tools) ?? 0)")
        }
    }
}
