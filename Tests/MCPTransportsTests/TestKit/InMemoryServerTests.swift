import DemoServer
import MCPTransports
import MCPTransportsTestKit
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct InMemoryServerTests {
    private static func withClient(
        _ server: MCPServer, _ handlers: MCPClient.Handlers = .init(), _ body: (MCPClient) async throws -> Void
    ) async throws {
        let client = MCPClient(
            transport: InMemoryTransport.connect(to: server), configuration: .test, handlers: handlers)
        try await client.initialize()
        try await body(client)
        await client.close()
    }

    @Test func `a server is used without sockets`() async throws {
        try await Self.withClient(DemoServer.server) { client in
            #expect(client.initializeResult?.server?.name == DemoServer.server.implementation.name)
            try await client.ping()
            #expect(try await client.listTools().map(\.name) == DemoServer.server.tools.map(\.name))
            #expect(try await client.listResources().map(\.uri) == DemoServer.server.resources.map(\.uri))
            #expect(
                try await client.listResourceTemplates().map(\.uriTemplate)
                    == DemoServer.server.resourceTemplates.map(\.uriTemplate))
            #expect(try await client.listPrompts().map(\.name) == DemoServer.server.prompts.map(\.name))
            await #expect(throws: MCPError.self) { try await client.callTool("no such tool") }
        }
    }

    @Test func `a tool tells its progress and asks the client`() async throws {
        let tool = Tool(name: "t", description: "") { _, context in
            context.progress(1, total: 2)
            let answer = try await context.elicit("?", schema: ["type": "object"])
            context.log(level: .info, "said")
            guard case .accepted(let values) = answer else { return .failure("declined") }
            return .text(values["x"]?.stringValue ?? "")
        }
        var handlers = MCPClient.Handlers()
        handlers.elicitation = { _ in .accepted(["x": "yes"]) }
        let logged = Mutex<[String]>([])
        handlers.onNotification = { notification in logged.withLock { $0.append(notification.method) } }
        let server = MCPServer(name: "s", version: "1", tools: [tool])
        try await Self.withClient(server, handlers) { client in
            let updates = Mutex<[ProgressUpdate]>([])
            let result = try await client.callTool("t") { update in updates.withLock { $0.append(update) } }
            #expect(result == .text("yes"))
            #expect(updates.withLock { $0 } == [ProgressUpdate(progress: 1, total: 2)])
            #expect(logged.withLock { $0 } == ["notifications/progress", "notifications/message"])
        }
    }

    @Test func `cancelling a call and leaving cancel the handler`() async throws {
        let (ends, end) = AsyncStream.makeStream(of: String.self)
        let (starts, start) = AsyncStream.makeStream(of: Void.self)
        let tool = Tool(name: "t", description: "") { call, _ in
            start.yield()
            do {
                try await Task.sleep(for: .seconds(3600))
            } catch {
                end.yield(try call.string("name"))
            }
            return .text("")
        }
        var started = starts.makeAsyncIterator()
        var ended = ends.makeAsyncIterator()
        try await Self.withClient(MCPServer(name: "s", version: "1", tools: [tool])) { client in
            let first = Task { try await client.callTool("t", arguments: ["name": "cancelled"]) }
            await started.next()
            first.cancel()
            await #expect(throws: CancellationError.self) { try await first.value }
            #expect(await ended.next() == "cancelled")
            let second = Task { try await client.callTool("t", arguments: ["name": "left"]) }
            await started.next()
            await client.close()
            await #expect(throws: MCPError.connectionClosed) { try await second.value }
            #expect(await ended.next() == "left")
        }
    }

    @Test func `what is wrong is answered with an error`() async throws {
        let transport = InMemoryTransport.connect(to: MCPServer(name: "s", version: "1"))
        var messages = transport.receive().makeAsyncIterator()
        for text in ["nonsense", "[]", #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#] {
            try await transport.send(Array(text.utf8))
            let answer = try JSONRPCMessage(JSONValue(parsing: try #require(await messages.next())))
            guard case .error = answer else {
                Issue.record("\(answer)")
                continue
            }
        }
        await transport.disconnect()
        #expect(try await messages.next() == nil)
    }
}
