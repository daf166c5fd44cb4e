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

    /// What a connection takes in before it is left unread is a few turns of its event loop.
    @Test func `What an observer cannot take stays with the server until it can`() async throws {
        try await RawServer.run { server in
            let loop = NIOSingletons.posixEventLoopGroup.next()
            let taken = Observed(0, on: loop)
            let gate = NIOLoopBoundBox.makeBoxSendingValue(true, eventLoop: loop)
            let client = try await RunningClient(server.url, on: loop, observer: { ByteCount(taken, isHeld: gate) })
            try await client.begin(1, .get("/all"))
            try await server.peer(0).request()
            let whole = 32 << 20
            async let sending: Void = server.peer(0).send(
                "HTTP/1.1 200 OK\r\nContent-Length: \(whole)\r\n\r\n" + String(repeating: "x", count: whole))
            try await taken.wait(for: "the first bytes") { $0 > 0 }
            for _ in 0..<2000 { try await loop.submit {}.get() }
            let held = try await taken.wait(for: "what was taken") { _ in true }
            #expect(held < whole / 4)
            try await loop.submit { gate.value = false }.get()
            try await client.run { exchanges, _ in exchanges.readOn() }
            try await taken.wait(for: "all of it") { $0 == whole }
            try await sending
            try await client.end(of: 1)
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

    var isHeld: Bool { false }

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

/// Counts what came, and takes no more while its gate is shut.
private final class ByteCount: WireObserver {
    private let taken: Observed<Int>
    private let gate: NIOLoopBoundBox<Bool>

    init(_ taken: Observed<Int>, isHeld gate: NIOLoopBoundBox<Bool>) {
        self.taken = taken
        self.gate = gate
    }

    var isHeld: Bool { gate.value }

    func saw(_ sight: WireSight) {
        guard sight.part == .responseBody, let bytes = sight.bytes else { return }
        taken.change { $0 += bytes.readableBytes }
    }
}
