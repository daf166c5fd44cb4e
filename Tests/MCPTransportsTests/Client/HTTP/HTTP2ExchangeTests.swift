import NIOCore
import Testing

@testable import MCPTransports

/// Exchanges by HTTP/2 with a server of which every frame is said here.
@Suite(.timeLimit(.minutes(1))) struct HTTP2ExchangeTests {
    private let certificates: Certificates

    init() throws { certificates = try Certificates.shared.get() }

    private func run(
        _ change: (inout HTTPClientConfiguration) -> Void = { _ in }, streams: Int = 100,
        _ body: (HTTP2Server, RunningClient) async throws -> Void
    ) async throws {
        let context = try certificates.serverContext(protocols: ["h2", "http/1.1"])
        try await HTTP2Server.run(tls: context, streams: streams) { server in
            var configuration = certificates.trusting
            change(&configuration)
            let client = try await RunningClient(server.url, configuration)
            try await body(server, client)
            try await client.close()
        }
    }

    @Test func `A request is spelled with everything that HTTP/2 asks for, and nothing of HTTP/1.1`() async throws {
        try await run { server, client in
            let fields = [
                HTTPRequest.Field(name: "Content-Type", value: "application/json"),
                HTTPRequest.Field(name: "Connection", value: "keep-alive"),
                HTTPRequest.Field(name: "Keep-Alive", value: "timeout=5"), .init(name: "Upgrade", value: "h2c"),
            ]
            try await client.begin(1, .post("{}", fields))
            let stream = try await server.peer().stream()
            let request = try await stream.request()
            let authority = server.url.dropFirst("https://".count)
            let expected: [(String, String)] = [
                (":method", "POST"), (":scheme", "https"), (":authority", String(authority)), (":path", "/mcp"),
                ("content-type", "application/json"), ("user-agent", LibraryVersion.userAgent), ("content-length", "2"),
            ]
            #expect(request.headers.map { "\($0.name): \($0.value)" } == expected.map { "\($0): \($1)" })
            #expect(request.body == 2)
            try await stream.head(103, ["link": "x"])
            try await stream.head(200, ["x-name": "a"])
            try await client.record(of: 1, "the head") { $0.head?["x-name"] == "a" && $0.head?.status == 200 }
            for count in 1...3 {
                try await stream.data("data:\(count)\n")
                try await client.record(of: 1, "event \(count)") { $0.pieces == count }
            }
            try await stream.send(.headers(.init(headers: ["trailer": "x"], endStream: true)))
            let record = try await client.end(of: 1)
            #expect(record.isComplete && record.body == "data:1\ndata:2\ndata:3\n" && !record.isDisordered)
        }
    }

    @Test func `All exchanges share one connection, also those that were begun before it was open`() async throws {
        try await run { server, client in
            try await client.run { exchanges, _ in
                for number in 0..<50 as Range<UInt32> { exchanges.begin(.get("/\(number)"), as: number) }
            }
            for index in 0..<50 {
                let stream = try await server.peer().stream(index)
                let path = try await stream.request().headers.first(name: ":path")
                try await stream.respond(try #require(path))
            }
            for number in 0..<50 as Range<UInt32> { #expect(try await client.end(of: number).body == "/\(number)") }
            #expect(try await server.peers == 1)
        }
    }

    @Test func `More exchanges than the server takes at one time wait for their turn`() async throws {
        try await run(streams: 2) { server, client in
            // The server's limit arrives with its settings, before the first response.
            try await client.begin(0)
            try await server.peer().stream(0).respond("ok")
            try await client.end(of: 0)
            for number in 1...4 as ClosedRange<UInt32> { try await client.begin(number) }
            for index in 1...4 { try await server.peer().stream(index).respond("ok") }
            for number in 1...4 as ClosedRange<UInt32> { #expect(try await client.end(of: number).isComplete) }
        }
    }

    @Test func `Bodies larger than every window pass in both directions`() async throws {
        try await run { server, client in
            let large = String(repeating: "x", count: 3 << 20)
            try await client.begin(1, .post(large))
            let stream = try await server.peer().stream()
            #expect(try await stream.request().body == large.count)
            try await stream.respond(large)
            #expect(try await client.end(of: 1).body.count == large.count)
        }
    }

    @Test func `An aborted exchange resets its stream and leaves the others alone`() async throws {
        try await run { server, client in
            try await client.begin(1, .get(isLongLived: true))
            try await client.begin(2, .get(isLongLived: true))
            let first = try await server.peer().stream(0)
            try await first.head(200)
            try await client.record(of: 1, "the head") { $0.head != nil }
            try await client.abort(1)
            #expect(try await first.reset() == .cancel)
            try await server.peer().stream(1).respond("ok")
            #expect(try await client.end(of: 2).isComplete)
            #expect(try await client.record(of: 1, "the record") { _ in true }.end == nil)
            #expect(try await server.peers == 1)
        }
    }

    @Test func `A reset is told with its reason, and a refused request was not sent`() async throws {
        try await run { server, client in
            for number in 1...3 as ClosedRange<UInt32> {
                try await client.begin(number)
                let stream = try await server.peer().stream(Int(number) - 1)
                _ = try await stream.request()
                if number == 3 { try await stream.head(200) }
                try await stream.send(.rstStream(number == 1 ? .refusedStream : .internalError))
                let record = try await client.end(of: number)
                let error = try #require(number == 1 ? record.notSent : record.cut)
                #expect(error.code == .connectionReset)
            }
            #expect(try await server.peers == 1)
        }
    }

    @Test func `After GOAWAY what was begun goes on, what was not is not sent, and a new connection takes the rest`()
        async throws
    {
        try await run { server, client in
            try await client.begin(1, .get(isLongLived: true))
            try await client.begin(2)
            let first = try await server.peer()
            _ = try await first.stream(1).request()
            try await first.goAway(after: 1)
            #expect(try await client.end(of: 2).notSent?.code == .connectionReset)
            try await client.begin(3)
            try await server.peer(1).stream().respond("new")
            #expect(try await client.end(of: 3).body == "new")
            try await first.stream(0).respond("old")
            #expect(try await client.end(of: 1).body == "old")
            try await first.end()
        }
    }

    @Test func `A connection that ends cuts what is on it`() async throws {
        try await run { server, client in
            try await client.begin(1)
            try await client.begin(2)
            _ = try await server.peer().stream(1).request()
            try await server.peer().stream(0).head(200)
            try await client.record(of: 1, "the head") { $0.head != nil }
            try await server.peer().close()
            #expect(try await client.end(of: 1).cut?.message.hasSuffix("within its response") == true)
            #expect(try await client.end(of: 2).cut?.message.hasSuffix("without a response") == true)
        }
    }

    @Test func `A server that answers no PING is left`() async throws {
        let context = try certificates.serverContext(protocols: ["h2"])
        var configuration = certificates.trusting
        configuration.keepAlive.http2PingInterval = .milliseconds(20)
        configuration.keepAlive.http2PingTimeout = .milliseconds(500)
        let pinging = configuration
        try await RawServer.run(tls: context) { server in
            let client = try await RunningClient(server.secureURL, pinging)
            try await client.begin(1, .get(isLongLived: true))
            let error = try #require(try await client.end(of: 1).cut)
            #expect(error.code == .timeout)
            #expect(error.message == "localhost:\(server.port) did not answer an HTTP/2 PING within 0.5 s")
            try await client.close()
        }
    }

    @Test func `A server that answers is asked again and again, and kept`() async throws {
        // The machine may be slow to answer: how long it may take is another test.
        let keepAlive = HTTPClientConfiguration.KeepAlive(
            http2PingInterval: .milliseconds(5), http2PingTimeout: .seconds(300))
        try await run({ $0.keepAlive = keepAlive }) { server, client in
            try await client.begin(1, .get(isLongLived: true))
            let stream = try await server.peer().stream()
            // A PING is sent only when the one before it was answered.
            try await server.peer().pings.wait(for: "four PINGs") { $0 >= 4 }
            try await stream.respond("alive")
            #expect(try await client.end(of: 1).body == "alive")
        }
    }

    @Test func `An idle connection is closed after its time`() async throws {
        try await run({ $0.pool.idleTime = .milliseconds(30) }) { server, client in
            try await client.begin(1)
            try await server.peer().stream().respond("ok")
            try await client.end(of: 1)
            try await server.peer().end()
        }
    }

    @Test func `A client that offers no HTTP/2 gets HTTP/1.1`() async throws {
        let context = try certificates.serverContext(protocols: ["h2", "http/1.1"])
        try await RawServer.run(tls: context) { server in
            var configuration = certificates.trusting
            configuration.offersHTTP2 = false
            let client = try await RunningClient(server.secureURL, configuration)
            try await client.begin(1)
            #expect(try await server.peer().request().hasPrefix("GET / HTTP/1.1\r\n"))
            try await client.close()
        }
    }
}
