import Foundation
import Logging
import MCPTransports
import MCPTransportsTestKit
import Testing

/// The shape of the transport of the official Swift SDK.
private protocol Transport: Actor {
    var logger: Logger { get }
    func connect() async throws
    func disconnect() async
    func send(_ data: Data) async throws
    func receive() -> AsyncThrowingStream<Data, any Error>
}

actor Adapter: Transport {
    let logger = Logger(label: "mcp")
    private let inner: any MCPTransport
    init(_ inner: any MCPTransport) { self.inner = inner }
    func connect() async throws { try await inner.connect() }
    func disconnect() async { await inner.disconnect() }
    func send(_ data: Data) async throws { try await inner.send([UInt8](data)) }
    func receive() -> AsyncThrowingStream<Data, any Error> {
        let messages = inner.receive()
        return AsyncThrowingStream { continuation in
            Task {
                do {
                    for try await message in messages { continuation.yield(Data(message)) }
                    continuation.finish()
                } catch { continuation.finish(throwing: error) }
            }
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct AdapterTests {
    @Test func `the adapter of the article carries messages both ways and ends`() async throws {
        let (near, far) = InMemoryTransport.pair()
        let adapter = Adapter(near)
        try await adapter.connect()
        let received = await adapter.receive()
        try await adapter.send(Data("1".utf8))
        var messages = far.receive().makeAsyncIterator()
        #expect(try await messages.next() == Array("1".utf8))
        try await far.send(Array("2".utf8))
        await far.disconnect()
        var texts: [String] = []
        for try await data in received { texts.append(String(decoding: data, as: UTF8.self)) }
        #expect(texts == ["2"])
        await adapter.disconnect()
    }
}
