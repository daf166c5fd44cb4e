import Forwarding
import Testing

extension SocketTests {
    @Suite("Ends are mirrored", .timeLimit(.minutes(2)))
    struct EndsTests {
        private static let get = "GET /sse HTTP/1.1\r\nHost: localhost\r\n\r\n"
        private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"

        @Test func `A client that half-closes still gets its response`() async throws {
            try await RunningForwarder.run { forwarder in
                let (client, server) = try forwarder.exchange(head: Self.get)
                client.shutdownOutput()
                #expect(try server.end() == .fin)
                try server.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                server.close()
                #expect(try client.receive(until: "ok").hasSuffix("ok"))
                #expect(try client.end() == .fin)
            }
        }

        @Test func `The upstream's FIN reaches the client behind the bytes, and the client may go on sending`()
            async throws
        {
            try await RunningForwarder.run { forwarder in
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

        @Test func `A stream's RST reaches the other side, whoever sent it`() async throws {
            try await RunningForwarder.run { forwarder in
                let (client, server) = try forwarder.exchange(head: Self.get)
                try server.send(Self.head)
                #expect(try client.receiveText(Self.head) == Self.head)
                server.reset()
                #expect(try client.end() == .rst)

                let (second, secondServer) = try forwarder.exchange(head: Self.get)
                try secondServer.send(Self.head)
                #expect(try second.receiveText(Self.head) == Self.head)
                second.reset()
                #expect(try secondServer.end() == .rst)
            }
        }

        @Test func `An RST of the client is mirrored while its reading is paused`() async throws {
            try await RunningForwarder.run { forwarder in
                let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n"
                let (client, server) = try forwarder.exchange(head: head)
                try Self.fill(client)
                client.reset()
                #expect(try server.end() == .rst)
            }
        }

        @Test func `An RST of the upstream is mirrored while its reading is paused`() async throws {
            try await RunningForwarder.run { forwarder in
                let client = try RawSocket.connect(forwarder.port)
                try client.send(Self.get)
                let server = try forwarder.upstream.accept()
                _ = try server.receive(until: "\r\n\r\n")
                try server.send(Self.head)
                try Self.fill(server)
                server.reset()
                #expect(try client.end() == .rst)
            }
        }

        @Test func `A FIN behind bytes that wait reaches the other side with all of them`() async throws {
            try await RunningForwarder.run { forwarder in
                let client = try RawSocket.connect(forwarder.port)
                try client.send(Self.get)
                let server = try forwarder.upstream.accept()
                _ = try server.receive(until: "\r\n\r\n")
                try server.send(Self.head)
                let sent = try Self.fill(server)
                server.close()
                #expect(try client.receiveAll().count == Self.head.utf8.count + sent)
            }
        }

        @Test func `A client that leaves before its first request leaves no upstream connection`() async throws {
            let tap = CollectingTap()
            try await RunningForwarder.run(tap: tap) { forwarder in
                let client = try RawSocket.connect(forwarder.port)
                try client.send("GET / HT")
                client.close()
                let items = try await tap.items { $0.hasClosed }
                #expect(items.count == 2)
                #expect(items.last?.part == .closed(by: .client, reason: .fin))
            }
        }

        @Test func `An idle connection that the upstream closes is closed to the client`() async throws {
            try await RunningForwarder.run { forwarder in
                let (client, server) = try forwarder.exchange()
                try server.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                _ = try client.receive(until: "\r\n\r\n")
                server.close()
                #expect(try client.end() == .fin)
                client.close()
            }
        }

        /// Writes until nothing more fits: the whole way to the other side is full. Returns how many bytes went.
        @discardableResult
        static func fill(_ socket: RawSocket) throws -> Int {
            let block = [UInt8](repeating: 0x78, count: 64 * 1024)
            var total = 0
            var quiet = ContinuousClock().now
            while ContinuousClock().now - quiet < .milliseconds(300) {
                let sent = socket.sendWhatFits(block[...])
                total += sent
                if sent > 0 { quiet = ContinuousClock().now }
            }
            return total
        }
    }
}
