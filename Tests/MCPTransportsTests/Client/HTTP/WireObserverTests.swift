import NIOCore
import NIOPosix
import Testing

@testable import MCPTransports

/// What an observer sees of exchanges with a server of which every byte is said here.
@Suite(.timeLimit(.minutes(1))) struct WireObserverTests {
    @Test func `It sees both heads and contents as they are on the wire, and who ended what`() async throws {
        try await RawServer.run { server in
            let (client, sights) = try await Self.observed(server.url)
            try await client.begin(1, .post("{}"))
            let request = try await server.peer().request(body: "{}")
            try await server.peer().send("HTTP/1.1 103 Early\r\n\r\n")
            let wire = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\nT: 1\r\n\r\n"
            try await server.peer().send(wire)
            try await client.end(of: 1)
            try await client.close()
            let seen = try await sights.wait(for: "the close") { $0.last?.hasPrefix("closed") ?? false }
            let head = request.dropLast(2)
            #expect(seen[0].hasPrefix("opened 127.0.0.1:") && seen[0].hasSuffix(" 127.0.0.1:\(server.port)"))
            #expect(
                seen.dropFirst() == [
                    "1 request \(head)", "1 content {}", "1 asked", "1 informational HTTP/1.1 103 Early\r\n\r\n",
                    "1 response HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1 chunk 3", "1 body hel",
                    "1 chunk 2", "1 body lo", "1 chunk 0", "1 answered T: 1\r\n", "1 ended server complete",
                    "closed client fin",
                ])
        }
    }

    @Test func `A server that goes away ends the exchange, and a client that leaves does`() async throws {
        try await RawServer.run { server in
            let (client, sights) = try await Self.observed(server.url)
            try await client.begin(1, .get("/cut"))
            try await server.peer(0).request()
            try await server.peer(0).send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npart")
            try await client.record(of: 1, "its part") { $0.body == "part" }
            try await server.peer(0).close()
            try await client.end(of: 1)
            try await client.begin(2, .get("/left"))
            try await server.peer(1).request()
            try await client.abort(2)
            try await client.begin(3, .get("/reset"))
            try await server.peer(2).request()
            try await server.peer(2).reset()
            try await client.end(of: 3)
            let ends = try await sights.wait(for: "three ends") { $0.count { $0.hasPrefix("closed") } == 3 }
                .filter { $0.contains("ended") || $0.hasPrefix("closed") }
            #expect(
                Set(ends) == [
                    "1 ended server fin", "closed server fin", "2 ended client fin", "closed client fin",
                    "3 ended server rst", "closed server rst",
                ])
            try await client.close()
        }
    }

    @Test func `A response without length is whole when the connection ends, and nonsense is seen as it is`()
        async throws
    {
        try await RawServer.run { server in
            let (client, sights) = try await Self.observed(server.url)
            try await client.begin(1, .get("/open"))
            try await server.peer(0).request()
            try await server.peer(0).send("HTTP/1.1 200 OK\r\n\r\nall")
            try await client.record(of: 1, "its body") { $0.body == "all" }
            try await server.peer(0).close()
            try await client.end(of: 1)
            try await client.begin(2, .get("/nonsense"))
            try await server.peer(1).request()
            try await server.peer(1).send("what?\r\n\r\n")
            try await client.end(of: 2)
            let seen = try await sights.wait(for: "both ends") { $0.count { $0.hasPrefix("closed") } == 2 }
            #expect(seen.contains("1 answered ") && seen.contains("1 ended server complete"))
            #expect(seen.contains { $0.hasPrefix("2 malformed") && $0.hasSuffix("what?\r\n\r\n") })
            #expect(seen.contains("2 ended client invalid"))
            try await client.close()
        }
    }

    @Test func `Bytes behind a response belong to no exchange`() async throws {
        try await RawServer.run { server in
            let (client, sights) = try await Self.observed(server.url)
            try await client.begin(1)
            try await server.peer().request()
            try await server.peer().send(response("ok") + "more")
            try await client.end(of: 1)
            let seen = try await sights.wait(for: "the close") { $0.last?.hasPrefix("closed") ?? false }
            #expect(
                seen.suffix(3) == [
                    "1 ended server complete", "- malformed bytes that no request asked for: more", "closed client fin",
                ])
            try await client.close()
        }
    }

    private static func observed(_ url: String) async throws -> (RunningClient, Observed<[String]>) {
        let loop = NIOSingletons.posixEventLoopGroup.next()
        let sights = Observed<[String]>([], on: loop)
        let client = try await RunningClient(url, on: loop, observer: { SightRecord(sights) })
        return (client, sights)
    }
}

/// Keeps what is seen, in words.
private final class SightRecord: WireObserver {
    private let sights: Observed<[String]>

    init(_ sights: Observed<[String]>) {
        self.sights = sights
    }

    func saw(_ sight: WireSight) {
        let bytes = sight.bytes.map { String(buffer: $0) } ?? ""
        let number = sight.exchange.map { "\($0) " } ?? "- "
        let text =
            switch sight.part {
            case .connectionOpened(let local, let remote, let tls):
                "opened \(local) \(remote)" + (tls.map { " \($0.version ?? "")" } ?? "")
            case .requestHead: number + "request \(bytes)"
            case .requestBody: number + "content \(bytes)"
            case .requestEnd: number + "asked"
            case .informational: number + "informational \(bytes)"
            case .responseHead: number + "response \(bytes)"
            case .responseChunk(let size): number + "chunk \(size)"
            case .responseBody: number + "body \(bytes)"
            case .responseEnd: number + "answered \(bytes)"
            case .malformed(let sentence): number + "malformed \(sentence): \(bytes)"
            case .exchangeEnded(let side, let reason): number + "ended \(side) \(reason)"
            case .connectionClosed(let side, let reason): "closed \(side) \(reason)"
            }
        sights.change { $0.append(text) }
    }
}
