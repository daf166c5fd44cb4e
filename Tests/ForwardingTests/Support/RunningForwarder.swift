import Forwarding
import NIOCore
import Synchronization
import Testing

/// A forwarder on a free port, with the listener of a scripted upstream behind it.
struct RunningForwarder {
    let port: Int
    let upstreamPort: Int
    let upstream: RawSocket

    var authority: String { "127.0.0.1:\(port)" }
    var upstreamAuthority: String { "127.0.0.1:\(upstreamPort)" }

    /// A client and the connection that its first request, `head` and `content`, opens; the upstream has read it.
    func exchange(_ content: String = "", head: String? = nil) throws -> (client: RawSocket, server: RawSocket) {
        let client = try RawSocket.connect(port)
        let head = head ?? "POST /mcp HTTP/1.1\r\nHost: \(authority)\r\nContent-Length: \(content.utf8.count)\r\n\r\n"
        try client.send(head + content)
        let server = try upstream.accept()
        _ = try server.receive(until: "\r\n\r\n")
        _ = try server.receive(exactly: content.utf8.count)
        return (client, server)
    }

    /// Runs a forwarder while `body` runs.
    static func run(
        tap: (any ForwardingTap)? = nil, configure: (inout ForwarderConfiguration) -> Void = { _ in },
        _ body: @Sendable (RunningForwarder) async throws -> Void
    ) async throws {
        let (upstream, upstreamPort) = try RawSocket.listen()
        var configuration = ForwarderConfiguration(upstream: try UpstreamOrigin("http://127.0.0.1:\(upstreamPort)/mcp"))
        configuration.listenPort = 0
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
            try await body(RunningForwarder(port: port, upstreamPort: upstreamPort, upstream: upstream))
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
