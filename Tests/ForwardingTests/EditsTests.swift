import Forwarding
import Testing

extension SocketTests {
    @Suite("Edits", .timeLimit(.minutes(2)))
    struct EditsTests {
        /// Sends a request head with `@` for the forwarder's authority; returns what the upstream got and the listed edits.
        private func forwarded(
            _ head: String, headers: [ForwarderConfiguration.Header] = []
        ) async throws -> (head: String, edits: [TapEdit]) {
            let tap = CollectingTap()
            let result = Received()
            try await RunningForwarder.run(tap: tap) {
                $0.upstreamHeaders = headers
            } _: { forwarder in
                let client = try RawSocket.connect(forwarder.port)
                let sent = head.replacing("@", with: forwarder.authority)
                try client.send(sent)
                let server = try forwarder.upstream.accept()
                let got = try server.receive(until: "\r\n\r\n")
                result.head = got.replacing(forwarder.upstreamAuthority, with: "UP")
                client.close()
                server.close()
                let items = try await tap.items { $0.hasClosed }
                #expect(items.text(of: .requestHead) == sent)
                result.edits = items.edits.map { edit in
                    func shown(_ text: String?) -> String? {
                        text?.replacing(forwarder.authority, with: "@").replacing(
                            forwarder.upstreamAuthority, with: "UP")
                    }
                    return TapEdit(edit.place, edit.what, from: shown(edit.from), to: shown(edit.to))
                }
            }
            return (result.head, result.edits)
        }

        /// Written by one task at a time.
        private final class Received: @unchecked Sendable {
            var head = ""
            var edits: [TapEdit] = []
        }

        private static let host = TapEdit(.request, "host", from: "@", to: "UP")

        @Test func `Host becomes the upstream's authority`() async throws {
            let (head, edits) = try await forwarded("GET / HTTP/1.1\r\nHost: @\r\nOrigin: http://a.test\r\n\r\n")
            #expect(head == "GET / HTTP/1.1\r\nHost: UP\r\nOrigin: http://a.test\r\n\r\n")
            #expect(edits == [Self.host])
        }

        @Test func `Fields of the hop are taken off, close and keep-alive and trailers stay`() async throws {
            let (head, edits) = try await forwarded(
                "GET / HTTP/1.1\r\nConnection: keep-alive, X-Hop,TE, content-length\r\nHost: @\r\nx-hop: 1\r\nX-Hop: 2\r\n"
                    + "TE: trailers\r\nProxy-Connection: close\r\nKeep-Alive: 5\r\nContent-Length: 0\r\n\r\n")
            let expected =
                "GET / HTTP/1.1\r\nConnection: keep-alive, TE\r\nHost: UP\r\nTE: trailers\r\nKeep-Alive: 5\r\n"
                + "Content-Length: 0\r\n\r\n"
            #expect(head == expected)
            let listed: Set = [
                Self.host, TapEdit(.request, "x-hop", from: "1", to: nil),
                TapEdit(.request, "x-hop", from: "2", to: nil),
                TapEdit(.request, "proxy-connection", from: "close", to: nil),
                TapEdit(.request, "connection", from: "keep-alive, X-Hop,TE, content-length", to: "keep-alive, TE"),
            ]
            #expect(Set(edits) == listed)
            #expect(edits.count == listed.count)
        }

        @Test func `An offer of h2c is declined by taking it off`() async throws {
            let (head, edits) = try await forwarded(
                "GET / HTTP/1.1\r\nHost: @\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMA\r\n\r\n"
            )
            #expect(head == "GET / HTTP/1.1\r\nHost: UP\r\n\r\n")
            #expect(Set(edits.map(\.what)) == ["host", "connection", "upgrade", "http2-settings"])
        }

        @Test func `Configured fields replace those of the same name`() async throws {
            let header = try ForwarderConfiguration.Header(name: "Authorization", value: "Bearer t")
            let (head, edits) = try await forwarded(
                "GET / HTTP/1.1\r\nauthorization: Basic x\r\nHost: @\r\nConnection: authorization\r\n\r\n",
                headers: [header])
            #expect(head == "GET / HTTP/1.1\r\nHost: UP\r\nAuthorization: Bearer t\r\n\r\n")
            #expect(edits.contains(TapEdit(.request, "authorization", from: "Basic x", to: "Bearer t")))
        }

        @Test func `A target with the forwarder's own origin loses it`() async throws {
            let (head, edits) = try await forwarded("GET http://@/a?b HTTP/1.1\r\nHost: @\r\n\r\n")
            #expect(head == "GET /a?b HTTP/1.1\r\nHost: UP\r\n\r\n")
            #expect(edits.contains(TapEdit(.request, "target", from: "http://@/a?b", to: "/a?b")))
        }

        @Test func `A stream that may name the upstream is asked for as it is`() async throws {
            let (head, edits) = try await forwarded(
                "GET /sse HTTP/1.1\r\nHost: @\r\nAccept: application/json, text/event-stream\r\n"
                    + "Accept-Encoding: gzip, deflate\r\naccept-encoding: br\r\n\r\n")
            #expect(
                head == "GET /sse HTTP/1.1\r\nHost: UP\r\nAccept: application/json, text/event-stream\r\n"
                    + "Accept-Encoding: identity\r\n\r\n")
            #expect(
                edits == [
                    Self.host, TapEdit(.request, "accept-encoding", from: "gzip, deflate", to: "identity"),
                    TapEdit(.request, "accept-encoding", from: "br", to: nil),
                ])
        }

        @Test(arguments: [
            "POST /mcp HTTP/1.1\r\nHost: @\r\nAccept: text/event-stream\r\nAccept-Encoding: gzip\r\nContent-Length: 0\r\n\r\n",
            "GET /mcp HTTP/1.1\r\nHost: @\r\nAccept: text/event-stream\r\nAccept-Encoding: gzip\r\nMcp-Session-Id: 1\r\n\r\n",
            "GET /page HTTP/1.1\r\nHost: @\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\n\r\n",
            "GET /sse HTTP/1.1\r\nHost: @\r\nAccept: text/event-stream\r\n\r\n",
            "GET /sse HTTP/1.1\r\nHost: @\r\nAccept: text/event-stream\r\nAccept-Encoding: identity\r\n\r\n",
        ]) func `Everywhere else Accept-Encoding passes as it is`(_ sent: String) async throws {
            let (head, edits) = try await forwarded(sent)
            #expect(head == sent.replacing("@", with: "UP"))
            #expect(edits == [Self.host])
        }

        @Test func `A stream that comes encoded nevertheless passes with a note`() async throws {
            let tap = CollectingTap()
            try await RunningForwarder.run(tap: tap) { forwarder in
                let (client, server) = try forwarder.exchange(
                    head: "GET /sse HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
                let response =
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: br\r\n\r\n\u{1}\u{2}"
                try server.send(response)
                server.close()
                #expect(try client.receiveAll() == Array(response.utf8))
                client.close()
                let notes = try await tap.items { $0.hasClosed }.edits.filter { $0.what == "note" }
                #expect(notes.count == 1 && notes.first?.to?.hasSuffix("encoded as br") == true)
            }
        }

        @Test(
            "Headers that frame, route or are none cannot be configured",
            arguments: [
                ("Host", "x"), ("content-length", "1"), ("A b", "x"), ("X", "a\r\nb"), ("", "x"), ("X", "a\u{0}"),
            ])
        func refusesHeader(_ name: String, _ value: String) {
            #expect(throws: ForwarderError.self) { try ForwarderConfiguration.Header(name: name, value: value) }
        }

        // MARK: Responses

        /// What the client gets for `response`, `UP` and `@` standing for the authorities.
        private func answered(_ response: String, split: Int? = nil) async throws -> (text: String, edits: [TapEdit]) {
            let tap = CollectingTap()
            let result = Received()
            try await RunningForwarder.run(tap: tap) { forwarder in
                let client = try RawSocket.connect(forwarder.port)
                try client.send("GET /sse HTTP/1.1\r\nHost: \(forwarder.authority)\r\n\r\n")
                let server = try forwarder.upstream.accept()
                _ = try server.receive(until: "\r\n\r\n")
                try server.send(response.replacing("UP", with: forwarder.upstreamAuthority))
                server.close()
                result.head = String(decoding: try client.receiveAll(), as: UTF8.self)
                    .replacing(forwarder.upstreamAuthority, with: "UP").replacing(forwarder.authority, with: "@")
                client.close()
                result.edits = try await tap.items { $0.hasClosed }.edits.filter { $0.place != .request }
            }
            return (result.head, result.edits)
        }

        @Test func `A Location of the upstream's origin becomes the forwarder's, others stay`() async throws {
            let template =
                "HTTP/1.1 307 X\r\nlocation: http://UP/a?b\r\nContent-Location: http://UP/\r\nContent-Length: 0\r\n\r\n"
            let (text, edits) = try await answered(template)
            #expect(text == template.replacing("location: http://UP", with: "location: http://@"))
            #expect(edits.map(\.what) == ["location"])
            for other in ["/a", "http://UP1/", "https://UP/", "http://other.test/"] {
                let response = "HTTP/1.1 307 X\r\nLocation: \(other)\r\nContent-Length: 0\r\n\r\n"
                #expect(try await answered(response).text == response)
            }
        }

        @Test func `The resource metadata of a challenge gets the own origin`() async throws {
            let template =
                "HTTP/1.1 401 X\r\nWWW-Authenticate: Bearer realm=\"x\", resource_metadata=\"http://UP/.well-known/m\"\r\n"
                + "Content-Length: 0\r\n\r\n"
            let (text, edits) = try await answered(template)
            #expect(text == template.replacing("UP", with: "@"))
            #expect(edits.map(\.what) == ["www-authenticate"])
        }

        private static let event = "event: endpoint\ndata: http://UP/m?s=1\n\ndata: http://UP/\n\n"

        @Test func `The endpoint event is rewritten in a stream until close`() async throws {
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
            let (text, edits) = try await answered(head + Self.event)
            #expect(text == head + "event: endpoint\ndata: http://@/m?s=1\n\ndata: http://UP/\n\n")
            #expect(edits.map(\.what) == ["endpoint"])
        }

        @Test func `The endpoint event is rewritten under Content-Length, which follows`() async throws {
            let own = "event: endpoint\ndata: http://localhost:1/m\n\n"
            try await RunningForwarder.run { forwarder in
                let client = try RawSocket.connect(forwarder.port)
                try client.send("GET /sse HTTP/1.1\r\nHost: localhost:1\r\n\r\n")
                let server = try forwarder.upstream.accept()
                _ = try server.receive(until: "\r\n\r\n")
                let sent = "event: endpoint\ndata: http://\(forwarder.upstreamAuthority)/m\n\n"
                let head = "HTTP/1.1 200 OK\r\nContent-Length: #\r\nContent-Type: text/event-stream\r\n\r\n"
                try server.send(head.replacing("#", with: "\(sent.utf8.count + 5)") + sent + ": bye")
                let expected = head.replacing("#", with: "\(own.utf8.count + 5)") + own + ": bye"
                #expect(try client.receiveText(expected) == expected)
            }
        }
    }
}
