import Testing

@testable import MCPTransports
@testable import MCPTransportsTestKit

@Suite(.timeLimit(.minutes(1))) struct MCPClientHandshakeTests {
    private static func pair(
        _ configuration: MCPClient.Configuration = .test, _ handlers: MCPClient.Handlers = .init()
    ) -> (client: MCPClient, peer: InMemoryPeer) {
        let (near, far) = InMemoryTransport.pair()
        return (MCPClient(transport: near, configuration: configuration, handlers: handlers), InMemoryPeer(far))
    }

    @Test func `the handshake offers the newest revision and keeps what the server says`() async throws {
        let (client, peer) = Self.pair()
        async let opening = peer.open(capabilities: ["tools": [:], "prompts": nil])
        let result = try await client.initialize()
        let params = try await opening
        #expect(params?["protocolVersion"] == "2025-11-25")
        #expect(params?["clientInfo"] == ["name": "test", "version": "1"])
        #expect(params?["capabilities"] == [:])
        #expect(result.revision == .v20251125)
        #expect(result.server == Implementation(name: "peer", version: "1"))
        #expect(result.instructions == "be kind")
        #expect(result.offers("tools") && !result.offers("prompts") && !result.offers("resources"))
        #expect(client.initializeResult == result)
        await client.close()
    }

    @Test(arguments: ["2024-11-05", "2025-03-26", "2025-06-18", "2026-07-28"])
    func `a server may choose another revision`(_ version: String) async throws {
        let (client, peer) = Self.pair()
        let opening = Task { try await client.initialize() }
        try await peer.open(version: version)
        try await peer.notification("notifications/initialized")
        #expect(try await opening.value.protocolVersion == version)
        await client.close()
    }

    @Test func `an older revision is offered when that is wanted`() async throws {
        var configuration = MCPClient.Configuration.test
        configuration.revision = .v20241105
        let (client, peer) = Self.pair(configuration)
        async let opening = peer.open()
        try await client.initialize()
        #expect(try await opening?["protocolVersion"] == "2024-11-05")
        await client.close()
    }

    @Test func `handlers are announced as capabilities`() async throws {
        var configuration = MCPClient.Configuration.test
        configuration.capabilities = ["experimental": ["x": 1], "sampling": ["tools": [:]]]
        var handlers = MCPClient.Handlers()
        handlers.sampling = { _ in SampledMessage(content: [.text("")], model: "m") }
        handlers.elicitation = { _ in .declined }
        handlers.roots = { [] }
        let (client, peer) = Self.pair(configuration, handlers)
        async let opening = peer.open()
        try await client.initialize()
        #expect(
            try await opening?["capabilities"] == [
                "experimental": ["x": 1], "sampling": ["tools": [:]], "elicitation": [:],
                "roots": ["listChanged": true],
            ])
        await client.close()
    }

    @Test func `a revision nobody knows ends the conversation`() async throws {
        let heard = Heard()
        let (client, peer) = Self.pair(.test, heard.handlers)
        async let opening = peer.open(version: "1999-01-01")
        let error = await #expect(throws: MCPClientError.self) { try await client.initialize() }
        #expect(error?.code == .unsupportedRevision)
        _ = try await opening
        #expect(try await peer.next() == nil)
        #expect(heard.closings.elements.count == 1)
        #expect(client.initializeResult == nil)
    }

    @Test func `a refused handshake is the error of initialize`() async throws {
        let (client, peer) = Self.pair()
        let opening = Task { try await client.initialize() }
        let (id, _) = try await peer.request("initialize")
        try await peer.send(.error(id: id, .invalidParams("no")))
        await #expect(throws: MCPError.invalidParams("no")) { try await opening.value }
        await client.close()
    }

    @Test func `a result without a version is no handshake`() async throws {
        let (client, peer) = Self.pair()
        let opening = Task { try await client.initialize() }
        let (id, _) = try await peer.request("initialize")
        try await peer.answer(id, [:])
        let error = await #expect(throws: MCPClientError.self) { try await opening.value }
        #expect(error?.code == .invalidResult)
        await client.close()
    }

    @Test func `nothing can be said before connecting or after closing`() async throws {
        let (client, _) = Self.pair()
        let error = await #expect(throws: MCPClientError.self) { try await client.ping() }
        #expect(error?.code == .notConnected)
        await client.close()
        await #expect(throws: MCPError.connectionClosed) { try await client.ping() }
        await #expect(throws: MCPError.connectionClosed) { try await client.notify("n") }
        await #expect(throws: MCPError.connectionClosed) { try await client.connect() }
        for await notification in client.notifications() { Issue.record("\(notification)") }
    }

    @Test func `a transport that cannot connect closes the client`() async throws {
        struct Unreachable: MCPTransport, Error {
            func connect() async throws { throw self }
            func disconnect() async {}
            func send(_ message: [UInt8]) async throws { throw self }
            func receive() -> AsyncThrowingStream<[UInt8], any Error> { AsyncThrowingStream { $0.finish() } }
        }
        let heard = Heard()
        let client = MCPClient(transport: Unreachable(), configuration: .test, handlers: heard.handlers)
        await #expect(throws: Unreachable.self) { try await client.initialize() }
        #expect(heard.closings.elements.first.flatMap { $0 } is Unreachable)
        await #expect(throws: Unreachable.self) { try await client.ping() }
    }
}
