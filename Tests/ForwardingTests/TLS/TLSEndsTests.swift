import Forwarding
import TestSupport
import Testing

extension SocketTests {
    @Suite("Ends are mirrored over TLS", .timeLimit(.minutes(2)))
    struct TLSEndsTests {
        private static let get = "GET /sse HTTP/1.1\r\nHost: localhost\r\n\r\n"
        private static let untilClose = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
        private static let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n"

        @Test(arguments: TLSLegs.some) func `A client that half-closes still gets its response`(_ legs: TLSLegs)
            async throws
        {
            try await RunningForwarder.run(tls: legs) { forwarder in
                let (client, server) = try forwarder.exchange(head: Self.get)
                client.shutdownOutput()
                #expect(try server.end() == .fin)
                try server.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                server.close()
                #expect(try client.receive(until: "ok").hasSuffix("ok"))
                #expect(try client.end() == .fin)
            }
        }

        @Test(arguments: TLSLegs.some)
        func `The upstream's farewell reaches the client behind the bytes, and the client may go on sending`(
            _ legs: TLSLegs
        ) async throws {
            try await RunningForwarder.run(tls: legs) { forwarder in
                let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n"
                let (client, server) = try forwarder.exchange(head: head)
                try server.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")
                server.shutdownOutput()
                #expect(try client.receive(until: "ok").hasSuffix("ok"))
                #expect(try client.end() == .fin)
                try client.send("abcd")
                #expect(try server.receiveText("abcd") == "abcd")
                client.close()
                #expect(try server.end() == .fin)
            }
        }

        @Test(arguments: TLSLegs.some) func `A stream's RST reaches the other side, whoever sent it`(_ legs: TLSLegs)
            async throws
        {
            try await RunningForwarder.run(tls: legs) { forwarder in
                for isServer in [true, false] {
                    let (client, server) = try forwarder.exchange(head: Self.get)
                    try server.send(Self.untilClose)
                    #expect(try client.receiveText(Self.untilClose) == Self.untilClose)
                    let (first, second) = isServer ? (server, client) : (client, server)
                    first.reset()
                    #expect(try second.end() == .rst)
                }
            }
        }

        @Test(arguments: TLSLegs.some) func `An RST of the client is mirrored while its reading is paused`(
            _ legs: TLSLegs
        ) async throws {
            try await RunningForwarder.run(tls: legs) { forwarder in
                let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n"
                let (client, server) = try forwarder.exchange(head: head)
                try EndsTests.fill(client)
                client.reset()
                #expect(try server.end() == .rst)
            }
        }

        /// A stream that only its end delimits must not look whole.
        @Test(arguments: [TLSLegs.upstream, .both], [untilClose, chunked])
        func `An upstream that is cut without a farewell leaves no whole response`(_ legs: TLSLegs, _ head: String)
            async throws
        {
            let tap = CollectingTap()
            try await RunningForwarder.run(tls: legs, tap: tap) { forwarder in
                let (client, server) = try forwarder.exchange(head: Self.get)
                try server.send(head)
                #expect(try client.receiveText(head) == head)
                server.drop()
                let seen = legs == .both ? RawSocket.End.cut : head == Self.untilClose ? .rst : .fin
                #expect(try client.end() == seen)
                client.close()
                let items = try await tap.items { $0.hasClosed }
                #expect(items.ends == [.exchangeEnded(by: .server, reason: .rst)])
                #expect(items.contains { $0.part == .upstreamClosed(number: 2, by: .server, reason: .rst) })
            }
        }

        @Test(arguments: [TLSLegs.client, .both], [untilClose, chunked])
        func `A client that is cut without a farewell is seen so by the upstream`(_ legs: TLSLegs, _ head: String)
            async throws
        {
            let tap = CollectingTap()
            try await RunningForwarder.run(tls: legs, tap: tap) { forwarder in
                let (client, server) = try forwarder.exchange(head: Self.get)
                try server.send(head)
                #expect(try client.receiveText(head) == head)
                client.cutOutput()
                #expect(try server.end() == (legs == .both ? .cut : .fin))
                // It may still listen.
                try server.send("1\r\ny\r\n")
                #expect(try client.receive(until: "y\r\n") == "1\r\ny\r\n")
                server.close()
                _ = try client.end()
                client.drop()
                #expect(try await tap.items { $0.hasClosed }.ends == [.exchangeEnded(by: .client, reason: .rst)])
            }
        }

        @Test(arguments: TLSLegs.some) func `A farewell is the end in order of a stream until close`(_ legs: TLSLegs)
            async throws
        {
            let tap = CollectingTap()
            try await RunningForwarder.run(tls: legs, tap: tap) { forwarder in
                let (client, server) = try forwarder.exchange(head: Self.get)
                try server.send(Self.untilClose + ": bye\n\n")
                server.close()
                #expect(try client.receive(until: ": bye\n\n").hasPrefix(Self.untilClose))
                #expect(try client.end() == .fin)
                client.close()
                #expect(
                    try await tap.items { $0.hasClosed }.ends == [.exchangeEnded(by: .server, reason: .complete)])
            }
        }

        @Test(arguments: TLSLegs.some) func `An idle connection that the upstream closes is closed to the client`(
            _ legs: TLSLegs
        ) async throws {
            try await RunningForwarder.run(tls: legs) { forwarder in
                let (client, server) = try forwarder.exchange()
                try server.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                _ = try client.receive(until: "\r\n\r\n")
                server.close()
                #expect(try client.end() == .fin)
                client.close()
            }
        }

        @Test(arguments: TLSLegs.some) func `A forwarder that stops says farewell`(_ legs: TLSLegs) async throws {
            let held = Held()
            try await RunningForwarder.run(tls: legs) { forwarder in
                let (client, server) = try forwarder.exchange(head: Self.get)
                try server.send(Self.untilClose)
                #expect(try client.receiveText(Self.untilClose) == Self.untilClose)
                held.pair = (client, server)
            }
            let (client, server) = try #require(held.pair)
            #expect(try client.end() == .fin)
            #expect(try server.end() == .fin)
        }

        /// Written by one task at a time.
        private final class Held: @unchecked Sendable {
            var pair: (client: RawSocket, server: RawSocket)?
        }

        @Test(arguments: TLSLegs.some) func `Every exchange that began ends once, whenever anybody leaves`(
            _ legs: TLSLegs
        ) async throws {
            let tap = CollectingTap()
            try await RunningForwarder.run(tls: legs, tap: tap) { forwarder in
                for seed in 1...24 {
                    var generator = SeededGenerator(seed)
                    let before = tap.items.count
                    let (client, server) = try forwarder.exchange("hello")
                    let answer = Array((Self.chunked + "0\r\n\r\n").utf8)
                    try server.send(answer[..<Int.random(in: 0...answer.count, using: &generator)])
                    let (first, second) = Bool.random(using: &generator) ? (client, server) : (server, client)
                    switch Int.random(in: 0...2, using: &generator) {
                    case 0: first.reset()
                    case 1: first.drop()
                    default: first.close()
                    }
                    _ = try? second.end()
                    second.close()
                    let items = Array(try await tap.items { Array($0.dropFirst(before)).hasClosed }[before...])
                    #expect(items.count { $0.part == .requestHead } == 1)
                    #expect(items.ends.count == 1, "seed \(seed)")
                    #expect(items.count { if case .closed = $0.part { true } else { false } } == 1)
                    #expect(items.count { if case .upstreamClosed = $0.part { true } else { false } } == 1)
                }
            }
        }
    }
}
