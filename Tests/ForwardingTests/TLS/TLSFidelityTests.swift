import Forwarding
import TestSupport
import Testing

extension SocketTests {
    @Suite("Bytes pass as they are over TLS on any leg", .timeLimit(.minutes(2)))
    struct TLSFidelityTests {
        private static let stream =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/event-stream\r\n\r\n"
            + "00f\r\n: hi\n\nevent: me\r\n1c\r\nssage\r\ndata: {\"a\":\"ä\"}\r\n\r\n\n\r\n7\r\ndata: x\r\n2\r\n\n\n\r\n0\r\n\r\n"
        private static let untilClose =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nretry: 1\n\nevent: endpoint\ndata: /m?s=1\n\ndata: {}\n\n"

        @Test(arguments: TLSLegs.some) func `Responses are equal under random splits`(_ legs: TLSLegs) async throws {
            try await RunningForwarder.run(tls: legs) { forwarder in
                for (index, response) in [Self.stream, Self.untilClose].enumerated() {
                    var generator = SeededGenerator(index + 1)
                    for limit in [1, 17, 400] {
                        let client = try forwarder.connect()
                        try client.send("GET /sse HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        let server = try forwarder.accept()
                        _ = try server.receive(until: "\r\n\r\n")
                        for piece in Array(response.utf8).pieces(upTo: limit, using: &generator) {
                            try server.send(piece)
                            await Task.yield()
                        }
                        server.close()
                        #expect(try client.receiveAll() == Array(response.utf8), "pieces of up to \(limit)")
                    }
                }
            }
        }

        @Test(arguments: TLSLegs.some) func `Requests are equal under random splits`(_ legs: TLSLegs) async throws {
            let requests = [
                "POST /m HTTP/1.1\r\nHost: @\r\nContent-Length: 5\r\n\r\nhello",
                "POST /m HTTP/1.1\r\nTransfer-Encoding: chunked\r\nHost: @\r\n\r\n5;a\r\nhello\r\n0\r\nX: 1\r\n\r\n",
                "DELETE /m HTTP/1.1\r\nHost: @\r\nMcp-Session-Id: 1\r\n\r\n",
            ].joined()
            try await RunningForwarder.run(tls: legs) { forwarder in
                let sent = Array(requests.replacing("@", with: forwarder.authority).utf8)
                let expected = requests.replacing("@", with: forwarder.upstreamAuthority)
                var generator = SeededGenerator(99)
                for limit in [1, 30, 1000] {
                    let client = try forwarder.connect()
                    for piece in sent.pieces(upTo: limit, using: &generator) { try client.send(piece) }
                    let server = try forwarder.accept()
                    #expect(try server.receiveText(expected) == expected)
                }
            }
        }

        @Test(arguments: TLSLegs.some) func `Four megabytes arrive whole in both directions`(_ legs: TLSLegs)
            async throws
        {
            let block = (0..<10_007).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
            let body = Array(repeatElement(block, count: 400).joined())
            try await RunningForwarder.run(tls: legs) { forwarder in
                let head = "POST /m HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.count)\r\n\r\n"
                let (client, server) = try forwarder.exchange(head: head)
                #expect(try ForwardingTests.pump(body, from: client, to: server) == body)
                let answer = "HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n"
                try server.send(answer)
                #expect(try client.receiveText(answer) == answer)
                #expect(try ForwardingTests.pump(body, from: server, to: client) == body)
            }
        }

        @Test(arguments: TLSLegs.some) func `Each event leaves when it arrived`(_ legs: TLSLegs) async throws {
            try await RunningForwarder.run(tls: legs) { forwarder in
                let (client, server) = try forwarder.exchange(head: "GET /mcp HTTP/1.1\r\nHost: localhost\r\n\r\n")
                let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                for part in [head, "6\r\n: hi\n\n\r\n", "9\r\ndata: 1\n\n\r\n", "3\r\n: \n\r\n"] {
                    try server.send(part)
                    #expect(try client.receiveText(part) == part)
                }
            }
        }

        @Test(arguments: TLSLegs.some) func `A slow reader stops the writer, and nothing is lost`(_ legs: TLSLegs)
            async throws
        {
            try await RunningForwarder.run(tls: legs) { forwarder in
                let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 400000000\r\n\r\n"
                let (client, server) = try forwarder.exchange(head: head)
                var sent = 0
                let block = [UInt8](repeating: 0x78, count: 16 * 1024)
                var quiet = ContinuousClock().now
                while ContinuousClock().now - quiet < .milliseconds(300) {
                    let more = client.sendWhatFits(block[...])
                    sent += more
                    if more > 0 { quiet = ContinuousClock().now }
                }
                #expect(sent < 64 * 1024 * 1024)
                // A record that did not go as a whole is completed by what follows.
                var received = 0
                while received < sent - block.count { received += try server.receive()?.count ?? sent }
                try client.send("more")
                #expect(try server.receiveCount(sent + 4 - received) == sent + 4 - received)
            }
        }

        @Test(arguments: TLSLegs.allCases) func `What names the upstream's origin gets ours, with its scheme`(
            _ legs: TLSLegs
        ) async throws {
            let tap = CollectingTap()
            try await RunningForwarder.run(tls: legs, tap: tap) { forwarder in
                let (client, server) = try forwarder.exchange(
                    head: "GET /sse HTTP/1.1\r\nHost: \(forwarder.authority)\r\n\r\n")
                let moved = "HTTP/1.1 307 X\r\nLocation: @/a\r\nContent-Length: 0\r\n\r\n"
                try server.send(moved.replacing("@", with: forwarder.upstreamOrigin))
                let expected = moved.replacing("@", with: forwarder.origin)
                #expect(try client.receiveText(expected) == expected)
                try client.send("GET /sse HTTP/1.1\r\nHost: \(forwarder.authority)\r\n\r\n")
                _ = try server.receive(until: "\r\n\r\n")
                let stream =
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nevent: endpoint\ndata: @/m?s=1\n\n"
                try server.send(stream.replacing("@", with: forwarder.upstreamOrigin))
                let rewritten = stream.replacing("@", with: forwarder.origin)
                #expect(try client.receiveText(rewritten) == rewritten)
                let items = try await tap.items { $0.edits.contains { $0.what == "endpoint" } }
                #expect(items.edits.map(\.what).filter { $0 != "host" } == ["location", "endpoint"])
            }
        }
    }
}
