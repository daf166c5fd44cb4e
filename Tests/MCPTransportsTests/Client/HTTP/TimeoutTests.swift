import NIOCore
import Testing

@testable import MCPTransports

/// How long the client waits, and how it says that it has waited.
@Suite(.timeLimit(.minutes(1))) struct TimeoutTests {
    private func short(_ change: (inout HTTPClientConfiguration) -> Void) -> HTTPClientConfiguration {
        var configuration = HTTPClientConfiguration.standard
        change(&configuration)
        return configuration
    }

    @Test func `A response that does not come, or not to its end, in time is cut`() async throws {
        let configuration = short { $0.timeouts.request = .seconds(1) }
        for answer in ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"] {
            try await RawServer.run { server in
                let client = try await RunningClient(server.url, configuration)
                try await client.begin(1)
                let peer = try await server.peer()
                try await peer.request()
                if !answer.isEmpty { try await peer.send(answer) }
                let error = try #require(try await client.end(of: 1).cut)
                #expect(error.code == .timeout)
                #expect(error.message == "127.0.0.1:\(server.port) did not complete its response within 1 s")
                try await peer.end()
                try await client.close()
            }
        }
    }

    @Test func `A long-lived exchange is under no request timeout`() async throws {
        let configuration = short { $0.timeouts.request = .milliseconds(500) }
        try await RawServer.run { server in
            let client = try await RunningClient(server.url, configuration)
            try await client.begin(1, .get("/stream", isLongLived: true))
            try await server.peer(0).request()
            // This one's time is over when the other's would have been.
            try await client.begin(2)
            let record = try await client.end(of: 2)
            #expect((record.cut ?? record.notSent)?.code == .timeout)
            try await server.peer(0).send(response("still here"))
            #expect(try await client.end(of: 1).body == "still here")
            try await client.close()
        }
    }

    @Test func `A server that takes no connection in time was sent nothing`() async throws {
        let certificates = try Certificates.shared.get()
        var configuration = certificates.trusting
        configuration.timeouts.connect = .seconds(1)
        let limited = configuration
        // TCP is taken, but nobody answers the TLS handshake.
        try await RawServer.run { server in
            let client = try await RunningClient(server.secureURL, limited)
            try await client.begin(1)
            let error = try #require(try await client.end(of: 1).notSent)
            #expect(error.code == .timeout)
            #expect(error.message == "localhost:\(server.port) did not take a connection within 1 s")
            try await server.peer().end()
            try await client.close()
        }
    }

    @Test func `A request's time counts while it waits for a connection`() async throws {
        let certificates = try Certificates.shared.get()
        var configuration = certificates.trusting
        configuration.timeouts.request = .seconds(1)
        let limited = configuration
        try await RawServer.run { server in
            let client = try await RunningClient(server.secureURL, limited)
            try await client.begin(1)
            let error = try #require(try await client.end(of: 1).notSent)
            #expect(error.message == "localhost:\(server.port) did not take the request within 1 s")
            try await server.peer().end()
            try await client.close()
        }
    }

    @Test func `Nobody listening, and a name that nobody has, are told`() async throws {
        let reserved = try ReservedPort()
        defer { withExtendedLifetime(reserved) {} }
        let client = try await RunningClient("http://127.0.0.1:\(reserved.number)")
        try await client.begin(1)
        let refused = try #require(try await client.end(of: 1).notSent)
        #expect(refused.code == .unreachable)
        #expect(refused.message == "nobody listens on 127.0.0.1:\(reserved.number)")
        try await client.close()
        let other = try await RunningClient("http://nowhere.invalid")
        try await other.begin(1)
        let unknown = try #require(try await other.end(of: 1).notSent)
        #expect(unknown.code == .unreachable)
        #expect(unknown.message == "the name nowhere.invalid does not resolve")
        try await other.close()
    }

    @Test func `An exchange that is aborted while its connection is being opened leaves nothing behind`() async throws {
        let certificates = try Certificates.shared.get()
        try await RawServer.run { server in
            let client = try await RunningClient(server.secureURL, certificates.trusting)
            try await client.begin(1)
            let peer = try await server.peer()
            try await peer.received.wait(for: "a hello") { !$0.text.isEmpty }
            try await client.abort(1)
            try await peer.end()
            try await client.begin(2)
            _ = try await server.peer(1)
            try await client.close()
            try await server.peer(1).end()
        }
    }
}
