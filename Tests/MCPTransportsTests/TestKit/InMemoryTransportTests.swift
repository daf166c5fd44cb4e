import MCPTransports
import Testing

@testable import MCPTransportsTestKit

@Suite(.timeLimit(.minutes(1))) struct InMemoryTransportTests {
    @Test func `messages arrive in order in both directions`() async throws {
        let (client, server) = InMemoryTransport.pair()
        try await client.connect()
        for byte in 0..<10 as Range<UInt8> {
            try await client.send([byte])
            try await server.send([byte, byte])
        }
        await client.disconnect()
        var received: [[UInt8]] = []
        for try await message in server.receive() { received.append(message) }
        #expect(received == (0..<10).map { [$0] })
    }

    @Test func `a full direction makes its sender wait until something is received`() async throws {
        let pipe = InMemoryPipe(capacity: 2)
        try await pipe.send([1])
        try await pipe.send([2])
        async let third: Void = pipe.send([3])
        #expect(try await pipe.next() == [1])
        try await third
        #expect(try await pipe.next() == [2])
        #expect(try await pipe.next() == [3])
    }

    @Test func `disconnecting ends both ends after what was sent`() async throws {
        let (client, server) = InMemoryTransport.pair()
        try await client.send([1])
        try await server.send([2])
        await client.disconnect()
        await client.disconnect()
        await #expect(throws: MCPError.connectionClosed) { try await client.send([3]) }
        await #expect(throws: MCPError.connectionClosed) { try await server.send([3]) }
        var received: [[UInt8]] = []
        for try await message in server.receive() { received.append(message) }
        #expect(received == [[1]])
        for try await message in client.receive() { Issue.record("received \(message)") }
    }

    @Test func `a failure is thrown behind what has arrived, at both ends`() async throws {
        let (client, server) = InMemoryTransport.pair()
        try await server.send([1])
        server.fail(MCPError.internalError("broken"))
        var iterator = client.receive().makeAsyncIterator()
        #expect(try await iterator.next() == [1])
        await #expect(throws: MCPError.internalError("broken")) { try await iterator.next() }
        await #expect(throws: MCPError.internalError("broken")) { for try await _ in server.receive() {} }
    }

    @Test func `a sender that waits is told when the other end leaves or its task is cancelled`() async throws {
        let pipe = InMemoryPipe(capacity: 1)
        try await pipe.send([1])
        let cancelled = Task { try await pipe.send([2]) }
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        let waiting = Task { try await pipe.send([3]) }
        pipe.end()
        await #expect(throws: MCPError.connectionClosed) { try await waiting.value }
        #expect(try await pipe.next() == [1])
        #expect(try await pipe.next() == nil)
    }

    @Test func `receive can be called once`() async throws {
        let (client, _) = InMemoryTransport.pair()
        _ = client.receive()
        await #expect(throws: MCPError.self) { for try await _ in client.receive() {} }
    }
}
