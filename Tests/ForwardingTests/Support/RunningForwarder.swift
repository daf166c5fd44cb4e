import Forwarding
import NIOCore
import Synchronization
import Testing

/// Which legs of a forwarder speak TLS.
enum TLSLegs: CaseIterable, Sendable {
    case none, client, upstream, both

    static let some: [TLSLegs] = [.client, .upstream, .both]

    var hasClient: Bool { self == .client || self == .both }
    var hasUpstream: Bool { self == .upstream || self == .both }
}

/// A forwarder on a free port, with the listener of a scripted upstream behind it.
struct RunningForwarder {
    var tls = TLSLegs.none
    let port: Int
    let upstreamPort: Int
    let upstream: RawSocket

    var authority: String { "127.0.0.1:\(port)" }
    var upstreamAuthority: String { "\(tls.hasUpstream ? "localhost" : "127.0.0.1"):\(upstreamPort)" }
    /// With the scheme that clients see.
    var origin: String { "\(tls.hasClient ? "https" : "http")://\(authority)" }
    var upstreamOrigin: String { "\(tls.hasUpstream ? "https" : "http")://\(upstreamAuthority)" }

    /// A client of the forwarder, its handshake over where it speaks TLS.
    func connect() throws -> RawSocket {
        let client = try RawSocket.connect(port)
        if tls.hasClient {
            try client.startTLS(.client(try TestCertificates.shared.get().clientContext(), name: "localhost"))
        }
        return client
    }

    /// The upstream's side of the next connection, its handshake over where it speaks TLS.
    func accept() throws -> RawSocket {
        let server = try upstream.accept()
        if tls.hasUpstream { try server.startTLS(.server(try TestCertificates.shared.get().serverContext())) }
        return server
    }

    /// A client and the connection that its first request, `head` and `content`, opens; the upstream has read it.
    func exchange(_ content: String = "", head: String? = nil) throws -> (client: RawSocket, server: RawSocket) {
        let client = try connect()
        let head = head ?? "POST /mcp HTTP/1.1\r\nHost: \(authority)\r\nContent-Length: \(content.utf8.count)\r\n\r\n"
        try client.send(head + content)
        let server = try accept()
        _ = try server.receive(until: "\r\n\r\n")
        _ = try server.receive(exactly: content.utf8.count)
        return (client, server)
    }

    /// Runs a forwarder while `body` runs.
    static func run(
        tls: TLSLegs = .none, tap: (any ForwardingTap)? = nil,
        configure: (inout ForwarderConfiguration) -> Void = { _ in },
        _ body: @Sendable (RunningForwarder) async throws -> Void
    ) async throws {
        let (upstream, upstreamPort) = try RawSocket.listen()
        let url = tls.hasUpstream ? "https://localhost:\(upstreamPort)/mcp" : "http://127.0.0.1:\(upstreamPort)/mcp"
        var configuration = ForwarderConfiguration(upstream: try UpstreamOrigin(url))
        configuration.listenPort = 0
        if tls.hasClient { configuration.listenerTLS = try TestCertificates.shared.get().listener }
        if tls.hasUpstream { configuration.upstreamTLS = try TestCertificates.shared.get().upstream }
        configure(&configuration)
        let (addresses, continuation) = AsyncStream.makeStream(of: SocketAddress.self)
        let forwarder = Forwarder(configuration: configuration, tap: tap) { continuation.yield($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { continuation.finish() }
                try await forwarder.run()
            }
            var iterator = addresses.makeAsyncIterator()
            let port = try #require(await iterator.next()?.port)
            try await body(RunningForwarder(tls: tls, port: port, upstreamPort: upstreamPort, upstream: upstream))
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}

/// Collects items; holds the traffic when told to.
final class CollectingTap: ForwardingTap {
    private struct State {
        var items: [TapItem] = []
        var holds = false
        var resume: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    func record(_ items: inout [TapItem]) -> Bool {
        state.withLock { state in
            state.items += items
            return !state.holds
        }
    }

    func attach(resume: @escaping @Sendable () -> Void) { state.withLock { $0.resume = resume } }

    var items: [TapItem] { state.withLock { $0.items } }

    func hold() { state.withLock { $0.holds = true } }

    func release() {
        let resume = state.withLock { state in
            state.holds = false
            return state.resume
        }
        resume?()
    }

    /// The items once `condition` holds; fails the test when it does not in ten seconds.
    func items(until condition: ([TapItem]) -> Bool) async throws -> [TapItem] {
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(10)
        while clock.now < deadline {
            let items = items
            if condition(items) { return items }
            try await Task.sleep(for: .milliseconds(2))
        }
        Issue.record("the tap did not get what was awaited: \(items.map(\.part))")
        return items
    }
}

extension [TapItem] {
    /// All bytes of the items with this part, joined.
    func bytes(of part: TapPart, exchange: UInt32? = nil) -> [UInt8] {
        var result: [UInt8] = []
        for item in self where item.part == part && (exchange == nil || item.exchange == exchange) {
            if let bytes = item.bytes { result += bytes.readableBytesView }
        }
        return result
    }

    func text(of part: TapPart) -> String { String(decoding: bytes(of: part), as: UTF8.self) }

    var edits: [TapEdit] {
        compactMap { if case .edited(let edit) = $0.part { edit } else { nil } }
    }

    var ends: [TapPart] {
        compactMap { if case .exchangeEnded = $0.part { $0.part } else { nil } }
    }

    var hasClosed: Bool { contains { if case .closed = $0.part { true } else { false } } }
}
