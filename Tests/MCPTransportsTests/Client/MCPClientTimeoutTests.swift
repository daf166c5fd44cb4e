import Testing

@testable import MCPTransports
@testable import MCPTransportsTestKit

@Suite(.timeLimit(.minutes(1))) struct MCPClientTimeoutTests {
    private static func connectedToClock(
        _ timeout: RequestTimeout = .standard
    ) async throws -> (client: MCPClient, peer: InMemoryPeer, clock: ManualClock) {
        let clock = ManualClock()
        var configuration = MCPClient.Configuration.test
        configuration.clock = clock
        configuration.timeout = timeout
        let (client, peer) = try await connected(configuration)
        return (client, peer, clock)
    }

    private static func deadline(_ number: Int, _ clock: ManualClock) async -> Duration? {
        await clock.asleep.element(at: number, within: .seconds(10))
    }

    @Test func `a call that is silent for 30 seconds fails and is cancelled at the server`() async throws {
        let (client, peer, clock) = try await Self.connectedToClock()
        let call = Task { try await client.request("slow") }
        _ = try await peer.request("slow")
        #expect(await Self.deadline(0, clock) == .seconds(30))
        clock.advance(by: .seconds(30))
        await #expect(throws: MCPError.requestTimedOut) { try await call.value }
        let params = try await peer.notification("notifications/cancelled")
        #expect(params == ["requestId": 1, "reason": "Request timed out"])
        await client.close()
    }

    @Test func `initialize that times out is not cancelled at the server`() async throws {
        let (client, peer, clock) = try await Self.connectedToClock()
        let opening = Task { try await client.initialize(timeout: RequestTimeout(.seconds(15))) }
        _ = try await peer.request("initialize")
        #expect(await Self.deadline(0, clock) == .seconds(15))
        clock.advance(by: .seconds(15))
        await #expect(throws: MCPError.requestTimedOut) { try await opening.value }
        try await client.notify("next")
        try await peer.notification("next")
        await client.close()
    }

    @Test func `progress extends the limit where that is wanted, up to the total`() async throws {
        let timeout = RequestTimeout(.seconds(10), isResetByProgress: true, total: .seconds(25))
        let (client, peer, clock) = try await Self.connectedToClock(timeout)
        let updates = AwaitedUpdates()
        let call = Task { try await client.request("slow") { updates.append($0) } }
        let (_, params) = try await peer.request("slow")
        let token = try #require(params?["_meta"]?["progressToken"])
        #expect(await Self.deadline(0, clock) == .seconds(10))
        for (step, deadline) in [16, 22, 25].enumerated() {
            clock.advance(by: .seconds(6))
            try await peer.notify(
                "notifications/progress", ["progressToken": token, "progress": .integer(Int64(step))])
            #expect(await updates.first(step + 1))
            #expect(client.state.withLock { $0.calls[1]?.deadline } == .seconds(deadline))
        }
        clock.advance(by: .seconds(7))
        await #expect(throws: MCPError.requestTimedOut) { try await call.value }
        await client.close()
    }

    @Test func `progress extends nothing by default`() async throws {
        let (client, peer, clock) = try await Self.connectedToClock()
        let updates = AwaitedUpdates()
        let call = Task { try await client.request("slow") { updates.append($0) } }
        let (_, params) = try await peer.request("slow")
        #expect(await Self.deadline(0, clock) == .seconds(30))
        clock.advance(by: .seconds(20))
        let token = try #require(params?["_meta"]?["progressToken"])
        try await peer.notify("notifications/progress", ["progressToken": token, "progress": 1])
        #expect(await updates.first(1))
        clock.advance(by: .seconds(10))
        await #expect(throws: MCPError.requestTimedOut) { try await call.value }
        await client.close()
    }

    @Test func `without a limit nothing is timed`() async throws {
        let (client, peer, clock) = try await Self.connectedToClock(.unlimited)
        async let call: Void = client.ping()
        let (id, _) = try await peer.request("ping")
        clock.advance(by: .seconds(1_000_000))
        try await peer.answer(id)
        try await call
        #expect(clock.asleep.elements.isEmpty)
        await client.close()
    }

    @Test func `the timer of a call ends with it`() async throws {
        let (client, peer, clock) = try await Self.connectedToClock()
        async let call: Void = client.ping()
        let (id, _) = try await peer.request("ping")
        #expect(await Self.deadline(0, clock) == .seconds(30))
        try await peer.answer(id)
        try await call
        clock.advance(by: .seconds(60))
        try await client.notify("next")
        try await peer.notification("next")
        await client.close()
    }

    @Test func `real time counts too`() async throws {
        let (client, peer) = try await connected()
        await #expect(throws: MCPError.requestTimedOut) {
            try await client.ping(timeout: RequestTimeout(.milliseconds(1)))
        }
        _ = try await peer.request("ping")
        await client.close()
    }
}
