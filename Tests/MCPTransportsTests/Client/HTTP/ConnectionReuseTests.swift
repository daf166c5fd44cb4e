import Dispatch
import NIOCore
import NIOPosix
import Testing

@testable import MCPTransports

/// Which connection an exchange goes on.
@Suite(.timeLimit(.minutes(1))) struct ConnectionReuseTests {
    /// Completes one exchange on the connection with this index.
    private func exchange(
        _ number: UInt32, on index: Int, _ server: RawServer, _ client: RunningClient, _ answer: String = response("ok")
    ) async throws {
        try await client.begin(number, .get("/\(number)"))
        let peer = try await server.peer(index)
        _ = try await peer.text(with: "GET /\(number) HTTP/1.1\r\n")
        try await peer.send(answer)
        #expect(try await client.end(of: number).isComplete)
    }

    @Test func `A connection is used again, also from within the end of an exchange`() async throws {
        try await RawServer.run { server in
            let client = try await RunningClient(server.url)
            try await client.run { exchanges, owner in
                owner.onEnd = { [unowned exchanges] number in
                    if number < 5 { exchanges.begin(.get("/\(number + 1)"), as: number + 1) }
                }
                exchanges.begin(.get("/1"), as: 1)
            }
            for number in 1...5 {
                _ = try await server.peer().text(with: "GET /\(number) HTTP/1.1\r\n")
                try await server.peer().send(response("ok"))
            }
            #expect(try await client.end(of: 5).isComplete)
            #expect(try await server.peers == 1)
            try await client.close()
        }
    }

    @Test(arguments: [
        response("ok", ["Connection: close"]), response("ok") + "excess",
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
    ])
    func `A connection that cannot be used again is not`(answer: String) async throws {
        try await RawServer.run { server in
            let client = try await RunningClient(server.url)
            try await exchange(1, on: 0, server, client, answer)
            try await server.peer(0).end()
            try await exchange(2, on: 1, server, client)
            try await client.close()
        }
    }

    @Test func `A connection that the server closed is not used, though the client has not heard of it yet`()
        async throws
    {
        // A thread of the client's own, because it is held up.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        try await RawServer.run { server in
            let client = try await RunningClient(server.url, on: group.next())
            try await exchange(1, on: 0, server, client)
            let peer = try await server.peer()
            // The loop of the client is busy while the server closes, and uses the connection before it can see that.
            let closed = DispatchGate()
            async let begun: Void = client.run { exchanges, _ in
                closed.wait()
                exchanges.begin(.get("/2"), as: 2)
            }
            try await peer.close()
            closed.open()
            try await begun
            let second = try await server.peer(1)
            try await second.request()
            try await second.send(response("ok"))
            #expect(try await client.end(of: 2).isComplete)
            try await client.close()
        }
        try await group.shutdownGracefully()
    }

    @Test func `Bytes on an idle connection end it`() async throws {
        try await RawServer.run { server in
            let client = try await RunningClient(server.url)
            try await exchange(1, on: 0, server, client)
            try await server.peer().send(response("nobody asked"))
            try await server.peer().end()
            try await exchange(2, on: 1, server, client)
            try await client.close()
        }
    }

    @Test func `Exchanges at one time have connections of their own, of which as many are kept as configured`()
        async throws
    {
        try await RawServer.run { server in
            var configuration = HTTPClientConfiguration.standard
            configuration.pool.idleConnections = 2
            let client = try await RunningClient(server.url, configuration)
            for number in 0..<4 as Range<UInt32> {
                try await client.begin(number)
                try await server.peer(Int(number)).request()
            }
            for number in 0..<4 as Range<UInt32> {
                try await server.peer(Int(number)).send(response("ok"))
                try await client.end(of: number)
            }
            // The one that was idle longest goes first.
            try await server.peer(0).end()
            try await server.peer(1).end()
            try await exchange(10, on: 3, server, client)
            try await exchange(11, on: 3, server, client)
            #expect(try await server.peers == 4)
            try await client.close()
        }
    }

    @Test func `An idle connection is closed after its time`() async throws {
        try await RawServer.run { server in
            var configuration = HTTPClientConfiguration.standard
            configuration.pool.idleTime = .milliseconds(30)
            let client = try await RunningClient(server.url, configuration)
            try await exchange(1, on: 0, server, client)
            try await server.peer().end()
            try await client.close()
        }
    }

    @Test func `An idle connection is dropped before the server drops it`() async throws {
        try await RawServer.run { server in
            let client = try await RunningClient(server.url)
            try await exchange(1, on: 0, server, client, response("ok", ["Keep-Alive: timeout=1, max=5"]))
            try await server.peer().end()
            try await client.close()
        }
    }

    @Test func `A long-lived exchange leaves idle connections to others`() async throws {
        try await RawServer.run { server in
            let client = try await RunningClient(server.url)
            try await exchange(1, on: 0, server, client)
            try await client.begin(2, .get("/stream", isLongLived: true))
            try await server.peer(1).request()
            try await exchange(3, on: 0, server, client)
            try await client.close()
        }
    }

    @Test func `Closing ends everything without a word, and later requests are refused`() async throws {
        try await RawServer.run { server in
            let client = try await RunningClient(server.url)
            try await exchange(1, on: 0, server, client)
            try await client.begin(2)
            try await client.begin(3, .get(isLongLived: true))
            try await server.peer(1).request()
            try await client.close()
            try await server.peer(0).end()
            try await server.peer(1).end()
            try await client.begin(4)
            #expect(try await client.end(of: 4).notSent?.code == .closed)
            let records = try await client.records.wait(for: "all") { _ in true }
            #expect(records[2] == nil && records[3] == nil)
        }
    }

    @Test func `An exchange may be aborted from within whatever is told of it`() async throws {
        try await RawServer.run { server in
            let client = try await RunningClient(server.url)
            try await client.run { exchanges, owner in
                owner.onHead = { [unowned exchanges] in if $0 == 1 { exchanges.abort($0) } }
                owner.onBody = { [unowned exchanges] in if $0 == 2 { exchanges.abort($0) } }
            }
            for number in 1...2 as ClosedRange<UInt32> {
                try await client.begin(number)
                let peer = try await server.peer(Int(number) - 1)
                try await peer.request()
                try await peer.send(response("ok"))
                try await peer.end()
                let record = try await client.record(of: number, "the record") { _ in true }
                #expect(record.end == nil)
                #expect(record.pieces == Int(number) - 1)
            }
            try await client.close()
        }
    }
}

/// Holds a thread up.
final class DispatchGate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    func wait() { semaphore.wait() }
    func open() { semaphore.signal() }
}
