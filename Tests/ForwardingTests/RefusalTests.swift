import Forwarding
import NIOCore
import Testing

extension SocketTests {
    @Suite("Refusals", .timeLimit(.minutes(2)))
    struct RefusalTests {
        /// Sends `request` and returns the whole answer; nothing may reach the upstream.
        private func refusal(_ request: String, _ forwarder: RunningForwarder) throws -> String {
            let client = try RawSocket.connect(forwarder.port)
            try client.send(request)
            return String(decoding: try client.receiveAll(), as: UTF8.self)
        }

        private static let smuggling: [(String, Int)] = [
            (
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                400
            ),
            ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400),
            ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: +5\r\n\r\nhello", 400),
            ("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
            ("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501),
            ("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n", 400),
            ("GET / HTTP/1.1\nHost: localhost\n\n", 400), ("GET / HTTP/1.1\r\nHost: localhost\r\nX: a\rb\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: localhost\r\nX: a\u{0}b\r\n\r\n", 400), ("GET / HTTP/1.1\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400),
            ("GET  / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400), ("GET / HTTP/2.0\r\nHost: localhost\r\n\r\n", 505),
            ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505), ("\u{16}\u{3}\u{1}\u{2}", 400),
            ("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + String(repeating: "x", count: 70_000) + "\r\n\r\n", 431),
            ("CONNECT localhost:80 HTTP/1.1\r\nHost: localhost:80\r\n\r\n", 501),
            ("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n", 501),
            ("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421),
            ("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 421),
        ]

        @Test(arguments: smuggling.indices)
        func `What could be read in two ways or is not for here is answered and closed`(_ index: Int) async throws {
            let (request, status) = Self.smuggling[index]
            let tap = CollectingTap()
            try await RunningForwarder.run(tap: tap) { forwarder in
                let answer = try refusal(request, forwarder)
                #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(request.prefix(80)): \(answer)")
                #expect(answer.contains("\r\n\r\nmcp-inspect: "))
                #expect(answer.hasSuffix("\n"))
                let items = try await tap.items { $0.hasClosed }
                let began = items.count { $0.part == .requestHead }
                #expect(items.ends.count == began)
                #expect(!items.contains { if case .upstreamOpened = $0.part { true } else { false } })
            }
        }

        @Test func `Valid requests before a malformed one are forwarded and answered first`() async throws {
            try await RunningForwarder.run { forwarder in
                let client = try RawSocket.connect(forwarder.port)
                let valid = "GET /1 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                try client.send(valid + valid + "GET /x HTTP/1.1\r\nHost: localhost\r\nbad line\r\n\r\n" + valid)
                let server = try forwarder.upstream.accept()
                for _ in 0..<2 { #expect(try server.receive(until: "\r\n\r\n").hasPrefix("GET /1")) }
                let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                try server.send(answer)
                #expect(try client.receiveText(answer) == answer)
                #expect(try client.receiveWhatIsThere().isEmpty)
                try server.send(answer)
                #expect(try client.receiveText(answer) == answer)
                #expect(
                    String(decoding: try client.receiveAll(), as: UTF8.self).hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
                #expect(try server.end() == .fin)
            }
        }

        @Test func `A head that cannot be read is recorded from its beginning, though it comes in pieces`() async throws
        {
            let tap = CollectingTap()
            try await RunningForwarder.run(tap: tap) { forwarder in
                let head = "POST / HTTP/1.1\r\nHost: localhost\r\nAuthorization : x\r\n\r\n{}"
                let client = try RawSocket.connect(forwarder.port)
                try client.send("GET /1 HTTP/1.1\r\nHost: localhost\r\n\r\n" + head.prefix(40))
                let server = try forwarder.upstream.accept()
                _ = try server.receive(until: "\r\n\r\n")
                try client.send(String(head.dropFirst(40)))
                let items = try await tap.items { $0.contains { $0.sentence != nil } }
                let item = try #require(items.first { $0.sentence != nil })
                #expect(item.bytes.map { String(buffer: $0) } == head)
                try server.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                #expect(String(decoding: try client.receiveAll(), as: UTF8.self).contains("HTTP/1.1 400 "))
            }
        }

        @Test func `A bad chunk size ends the request that began with 400, and the upstream's side with RST`()
            async throws
        {
            try await RunningForwarder.run { forwarder in
                let head = "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                let (client, server) = try forwarder.exchange(head: head)
                try client.send("xyz\r\n")
                #expect(String(decoding: try client.receiveAll(), as: UTF8.self).hasPrefix("HTTP/1.1 400 "))
                #expect(try server.end() == .rst)
            }
        }

        @Test func `A malformed message behind an interim response is still answered`() async throws {
            try await RunningForwarder.run { forwarder in
                let head =
                    "POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n"
                let (client, server) = try forwarder.exchange(head: head)
                let interim = "HTTP/1.1 100 Continue\r\n\r\n"
                try server.send(interim)
                #expect(try client.receiveText(interim) == interim)
                try client.send("-1\r\n")
                #expect(String(decoding: try client.receiveAll(), as: UTF8.self).hasPrefix("HTTP/1.1 400 "))
            }
        }

        @Test func `An upstream that is not there gives 502 with a sentence`() async throws {
            let (closed, port) = try RawSocket.listen()
            closed.close()
            try await RunningForwarder.run {
                if let origin = try? UpstreamOrigin("http://127.0.0.1:\(port)") { $0.upstream = origin }
            } _: { forwarder in
                let answer = try refusal("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", forwarder)
                #expect(answer.hasPrefix("HTTP/1.1 502 Bad Gateway\r\n"))
                #expect(
                    answer.hasSuffix("mcp-inspect: http://127.0.0.1:\(port) cannot be reached: connection refused.\n"))
                let head = try refusal("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n", forwarder)
                #expect(head.hasSuffix("\r\n\r\n"))
            }
        }

        @Test func `A malformed response gives 502 while nothing was passed on`() async throws {
            try await RunningForwarder.run { forwarder in
                for response in [
                    "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx", "SSH-2.0-x\r\n",
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
                ] {
                    let (client, server) = try forwarder.exchange(head: "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    try server.send(response)
                    let answer = String(decoding: try client.receiveAll(), as: UTF8.self)
                    #expect(answer.hasPrefix("HTTP/1.1 502 Bad Gateway\r\n"), "\(answer)")
                }
            }
        }

        @Test func `A response that becomes malformed ends by RST`() async throws {
            try await RunningForwarder.run { forwarder in
                let (client, server) = try forwarder.exchange(head: "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                try server.send(head)
                #expect(try client.receiveText(head) == head)
                try server.send("zz\r\n")
                #expect(try client.end() == .rst)
            }
        }

        @Test func `A response that nobody asked for is not passed on`() async throws {
            try await RunningForwarder.run { forwarder in
                let (client, server) = try forwarder.exchange()
                let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                try server.send(answer + answer)
                #expect(try client.receiveAll() == Array(answer.utf8))
            }
        }
    }
}

extension TapItem {
    /// Why the bytes are no message, where they are none.
    fileprivate var sentence: String? {
        if case .malformed(_, let sentence) = part { sentence } else { nil }
    }
}
