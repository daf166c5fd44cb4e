import Testing

@testable import MCPTransports
@testable import MCPTransportsTestKit

@Suite(.timeLimit(.minutes(1))) struct MCPHostTests {
    private static func code(_ body: () async throws -> Void) async -> MCPHostError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? MCPHostError)?.code
        }
    }

    @Test func `a server is connected with its key and keeps its capabilities`() async throws {
        let peers = HostedPeers()
        let host = peers.host()
        let connecting = Task { try await host.connect(name: "a", url: "u", apiKey: "k") }
        let peer = try await peers.peer("u")
        let params = try await peer.open(capabilities: ["tools": [:]])
        #expect(params?["clientInfo"]?["name"] == "test")
        #expect(try await connecting.value.capabilities == ["tools": [:]])
        #expect(peers.asked.elements == [.init(url: "u", apiKey: "k")])
        #expect(try await host.initializeResult(of: "a")?.offers("tools") == true)
        #expect(await host.names == ["a"])
        await host.closeAll()
        #expect(try await peer.next() == nil)
        #expect(await host.names.isEmpty)
    }

    @Test func `a name stands for one server`() async throws {
        let peers = HostedPeers()
        let host = peers.host()
        let connecting = Task { try await host.connect(name: "a", url: "a") }
        let peer = try await peers.peer("a")
        #expect(await Self.code { try await host.connect(name: "a", url: "b") } == .nameInUse)
        try await peer.open()
        _ = try await connecting.value
        #expect(await Self.code { try await host.connect(name: "a", url: "b") } == .nameInUse)
        #expect(peers.asked.elements.count == 1)
        await host.closeAll()
    }

    @Test func `a name must be able to qualify others`() async throws {
        let host = HostedPeers().host()
        for name in ["", "a/b"] {
            #expect(await Self.code { try await host.connect(name: name, url: "a") } == .invalidName)
        }
    }

    @Test func `what is not connected is unknown`() async throws {
        let host = HostedPeers().host()
        #expect(await Self.code { _ = try await host.listTools(on: "a") } == .unknownServer)
        #expect(await Self.code { _ = try await host.callTool("t", on: "a") } == .unknownServer)
        #expect(await Self.code { try await host.close("a") } == .unknownServer)
    }

    @Test func `a server that opens no session within 15 seconds is given up`() async throws {
        let clock = ManualClock()
        var configuration = MCPClient.Configuration.test
        configuration.clock = clock
        let peers = HostedPeers()
        let host = peers.host(configuration)
        let connecting = Task { try await host.connect(name: "a", url: "u") }
        let peer = try await peers.peer("u")
        _ = try await peer.request("initialize")
        #expect(await clock.asleep.element(at: 0, within: .seconds(10)) == .seconds(15))
        clock.advance(by: .seconds(15))
        let error = await #expect(throws: MCPHostError.self) { try await connecting.value }
        #expect(error?.code == .timedOut)
        #expect(error?.message == "The server a at u did not open a session within 15.0 seconds.")
        #expect(try await peer.next() == nil)
        #expect(await host.names.isEmpty)
    }

    @Test(arguments: [401, 403]) func `a server that wants other credentials says so`(_ status: Int) async throws {
        let peers = HostedPeers()
        let host = peers.host()
        let connecting = Task { try await host.connect(name: "a", url: "u") }
        let peer = try await peers.peer("u")
        let answer = MCPError(code: -32000, message: "no", data: ["status": .integer(Int64(status))])
        try await peer.send(.error(id: try await peer.request("initialize").id, answer))
        let error = await #expect(throws: MCPHostError.self) { try await connecting.value }
        #expect(error?.code == .refused)
        #expect(error?.cause as? MCPError == answer)
        #expect(await host.names.isEmpty)
    }

    @Test func `other failures come through and nothing is kept`() async throws {
        let peers = HostedPeers()
        let host = peers.host()
        await #expect(throws: HostedPeers.NoSuchURL.self) { try await host.connect(name: "a", url: "none") }
        let connecting = Task { try await host.connect(name: "a", url: "u") }
        let peer = try await peers.peer("u")
        try await peer.send(.error(id: try await peer.request("initialize").id, .internalError("x")))
        await #expect(throws: MCPError.internalError("x")) { try await connecting.value }
        #expect(await host.names.isEmpty)
        _ = try await peers.connect(host, "a", connections: 2)
        #expect(await host.names == ["a"])
        await host.closeAll()
    }

    @Test func `cancelling or closing while it connects ends that`() async throws {
        let peers = HostedPeers()
        let host = peers.host()
        let cancelled = Task { try await host.connect(name: "a", url: "a") }
        let first = try await peers.peer("a")
        _ = try await first.request("initialize")
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        #expect(try await first.next() == nil)
        let closed = Task { try await host.connect(name: "a", url: "b") }
        let second = try await peers.peer("b", connections: 2)
        _ = try await second.request("initialize")
        try await host.close("a")
        await #expect(throws: MCPError.connectionClosed) { try await closed.value }
        #expect(await host.names.isEmpty)
    }

    @Test func `a server that left can be connected anew under its name`() async throws {
        let peers = HostedPeers()
        let host = peers.host()
        let first = try await peers.connect(host, "a")
        let client = try await host.client(named: "a")
        await first.transport.disconnect()
        for await _ in client.notifications() {}
        await #expect(throws: MCPError.connectionClosed) { try await host.callTool("t", on: "a") }
        _ = try await peers.connect(host, "a", connections: 2)
        #expect(await host.names == ["a"])
        #expect(try await host.client(named: "a") !== client)
        await host.closeAll()
    }

    @Test func `a client can be made without being kept`() async throws {
        let peers = HostedPeers()
        let host = peers.host()
        let client = try host.makeClient(url: "u", apiKey: "k")
        async let opening = peers.peer("u").open()
        try await client.initialize()
        _ = try await opening
        #expect(await host.names.isEmpty)
        #expect(peers.asked.elements == [.init(url: "u", apiKey: "k")])
        await client.close()
    }

    @Test func `handlers know which server asks`() async throws {
        let peers = HostedPeers()
        let host = peers.host { server in
            var handlers = MCPClient.Handlers()
            handlers.request = { _, _ in ["server": .string(server)] }
            return handlers
        }
        for (number, name) in ["a", "b"].enumerated() {
            let peer = try await peers.connect(host, name, connections: number + 1)
            #expect(
                try await peer.ask(.integer(1), "who") == .response(id: .integer(1), result: ["server": .string(name)]))
        }
        await host.closeAll()
    }
}
