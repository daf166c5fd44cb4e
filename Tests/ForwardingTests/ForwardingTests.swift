import Forwarding
import TestSupport
import Testing

extension SocketTests {
    @Suite("Bytes pass as they are", .timeLimit(.minutes(2)))
    struct ForwardingTests {
        private static let json = #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#

        /// Heads keep everything but the value of Host.
        @Test func `A head passes with its order, case and spacing`() async throws {
            try await RunningForwarder.run { forwarder in
                let client = try RawSocket.connect(forwarder.port)
                let head =
                    "POST /a%20b?c=1 HTTP/1.1\r\nX-b:  2 \r\nhOsT:\t@\r\nx-B: 1\r\nX-Empty:\r\nContent-Length: 0\r\n\r\n"
                try client.send(head.replacing("@", with: forwarder.authority))
                let server = try forwarder.upstream.accept()
                #expect(try server.receive(until: "\r\n\r\n") == head.replacing("@", with: forwarder.upstreamAuthority))
                let answer = "HTTP/1.1 200 \r\nsEt-cookie: a\r\nSet-Cookie:b\r\nContent-Length: 3\r\n\r\nabc"
                try server.send(answer)
                #expect(try client.receiveText(answer) == answer)
            }
        }

        private static let responses = [
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 46\r\n\r\n" + json,
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0A;x=\"y\"\r\n0123456789\r\n1\r\n\n\r\n000\r\nT: 1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/event-stream\r\n\r\n"
                + "00f\r\n: hi\n\nevent: me\r\n1c\r\nssage\r\ndata: {\"a\":\"ä\"}\r\n\r\n\n\r\n7\r\ndata: x\r\n2\r\n\n\n\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nretry: 1\n\nevent: endpoint\ndata: /m?s=1\n\ndata: {}\n\n",
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 33\r\n\r\nevent: endpoint\ndata: /m\n\n: bye\n\n",
            "HTTP/1.0 200 OK\r\n\r\nuntil close\u{0}\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 405 No\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        ]

        @Test(arguments: responses.indices) func `Responses are equal under random splits`(_ index: Int) async throws {
            let response = Array(Self.responses[index].utf8)
            try await RunningForwarder.run { forwarder in
                var generator = SeededGenerator(index + 1)
                for limit in [1, 3, 17, 400] {
                    let client = try RawSocket.connect(forwarder.port)
                    try client.send("GET /sse HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    let server = try forwarder.upstream.accept()
                    _ = try server.receive(until: "\r\n\r\n")
                    for piece in response.pieces(upTo: limit, using: &generator) {
                        try server.send(piece)
                        await Task.yield()
                    }
                    server.close()
                    #expect(try client.receiveAll() == response, "pieces of up to \(limit)")
                }
            }
        }

        @Test func `Requests are equal under random splits`() async throws {
            let requests = [
                "POST /m HTTP/1.1\r\nHost: @\r\nContent-Length: 46\r\n\r\n" + Self.json,
                "POST /m HTTP/1.1\r\nTransfer-Encoding: chunked\r\nHost: @\r\n\r\n5;a\r\nhello\r\n0\r\nX: 1\r\n\r\n",
                "DELETE /m HTTP/1.1\r\nHost: @\r\nMcp-Session-Id: 1\r\n\r\n", "GET /x HTTP/1.0\r\nHost: @\r\n\r\n",
            ].joined()
            try await RunningForwarder.run { forwarder in
                let sent = Array(requests.replacing("@", with: forwarder.authority).utf8)
                let expected = requests.replacing("@", with: forwarder.upstreamAuthority)
                var generator = SeededGenerator(99)
                for limit in [1, 4, 30, 1000] {
                    let client = try RawSocket.connect(forwarder.port)
                    var server: RawSocket?
                    for piece in sent.pieces(upTo: limit, using: &generator) { try client.send(piece) }
                    server = try forwarder.upstream.accept()
                    #expect(try server?.receiveText(expected) == expected)
                }
            }
        }

        @Test func `Ten megabytes arrive whole in both directions`() async throws {
            let block = (0..<10_007).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
            let body = Array(repeatElement(block, count: 1000).joined())
            try await RunningForwarder.run { forwarder in
                let head = "POST /m HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.count)\r\n\r\n"
                let client = try RawSocket.connect(forwarder.port)
                try client.send(head)
                let server = try forwarder.upstream.accept()
                _ = try server.receive(until: "\r\n\r\n")
                #expect(try Self.pump(body, from: client, to: server) == body)
                let answer = "HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n"
                try server.send(answer)
                #expect(try client.receiveText(answer) == answer)
                #expect(try Self.pump(body, from: server, to: client) == body)
            }
        }

        /// Writes what fits and reads what is there, in turns.
        static func pump(_ bytes: [UInt8], from: RawSocket, to: RawSocket) throws -> [UInt8] {
            var sent = 0
            var received: [UInt8] = []
            while received.count < bytes.count {
                let before = sent
                if sent < bytes.count { sent += from.sendWhatFits(bytes[sent..<min(sent + 200_000, bytes.count)]) }
                received +=
                    sent == before ? try to.receive() ?? [] : try to.receiveWhatIsThere()
            }
            return received
        }

        @Test func `Each event leaves when it arrived`() async throws {
            try await RunningForwarder.run { forwarder in
                let (client, server) = try forwarder.exchange(head: "GET /mcp HTTP/1.1\r\nHost: localhost\r\n\r\n")
                let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                for part in [
                    head, "6\r\n: hi\n\n\r\n", "9\r\ndata: 1\n\n\r\n", "9\r\ndata: 2\n\n\r\n", "3\r\n: \n\r\n",
                ] {
                    try server.send(part)
                    #expect(try client.receiveText(part) == part)
                }
            }
        }

        @Test func `A head with Expect goes on at once and 100 comes back before the content`() async throws {
            try await RunningForwarder.run { forwarder in
                let client = try RawSocket.connect(forwarder.port)
                try client.send(
                    "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
                let server = try forwarder.upstream.accept()
                #expect(try server.receive(until: "\r\n\r\n").contains("Expect: 100-continue"))
                let interim = "HTTP/1.1 100 Continue\r\n\r\n"
                try server.send(interim)
                #expect(try client.receiveText(interim) == interim)
                try client.send("ok")
                #expect(try server.receiveText("ok") == "ok")
            }
        }

        @Test func `Pipelined requests pass in order on one connection, HEAD among them`() async throws {
            try await RunningForwarder.run { forwarder in
                let client = try RawSocket.connect(forwarder.port)
                let request = { (method: String, index: Int) in
                    "\(method) /\(index) HTTP/1.1\r\nHost: localhost\r\n\r\n"
                }
                try client.send((0..<200).map { request($0 % 3 == 0 ? "HEAD" : "GET", $0) }.joined())
                let server = try forwarder.upstream.accept()
                for index in 0..<200 {
                    #expect(try server.receive(until: "\r\n\r\n").contains(" /\(index) HTTP/1.1\r\n"))
                    let content = index % 3 == 0 ? "" : "abc"
                    let answer = "HTTP/1.1 200 OK\r\nX-Index: \(index)\r\nContent-Length: 3\r\n\r\n\(content)"
                    try server.send(answer)
                    #expect(try client.receiveText(answer) == answer)
                }
            }
        }

        @Test func `An early response passes while the request goes on`() async throws {
            try await RunningForwarder.run { forwarder in
                let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n"
                let (client, server) = try forwarder.exchange(head: head)
                let answer = "HTTP/1.1 413 No\r\nContent-Length: 0\r\n\r\n"
                try server.send(answer)
                #expect(try client.receiveText(answer) == answer)
                try client.send("abcd" + "GET /next HTTP/1.1\r\nHost: localhost\r\n\r\n")
                #expect(try server.receive(until: "\r\n\r\n").hasPrefix("abcdGET /next"))
            }
        }
    }
}
