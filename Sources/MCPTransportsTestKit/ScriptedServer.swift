import MCPTransports
import NIOCore
import NIOPosix

/// A real HTTP/1.1 server on a free port of 127.0.0.1 that answers as a test wants, faults included.
///
/// ```swift
/// let server = try await ScriptedServer.start()
/// server.expectRequest("initialize").respond(result: ["protocolVersion": "2025-11-25"])
/// server.expectNotification("notifications/initialized")
/// let call = server.expectRequest("tools/call").openStream()
/// …  // let the client call
/// let stream = try await call.stream()
/// stream.sendEvent(data: "", id: "1")
/// stream.sendResult(["content": []])
/// stream.close()
/// try await server.verify()
/// await server.stop()
/// ```
///
/// A request is taken by the first expectation, in the order in which they were added, that it matches and that has not
/// had enough: those of one kind are met in order, those of different kinds in any. What no expectation takes is answered
/// with 500 and reported by ``verify(within:)``. Waiting is never polling, and never longer than the patience of the server.
public final class ScriptedServer: Sendable {
    let script: ScriptRunner
    let patience: Duration
    private let listener: any Channel
    /// The port it listens on.
    public let port: Int

    private init(script: ScriptRunner, listener: any Channel, patience: Duration) {
        self.script = script
        self.listener = listener
        self.patience = patience
        port = listener.localAddress?.port ?? 0
    }

    /// A server that listens.
    ///
    /// - Parameter patience: How long its waits take at most, where they are told nothing else.
    /// - Throws: what keeps a port of the loopback interface from being bound.
    public static func start(patience: Duration = .seconds(10)) async throws -> ScriptedServer {
        let script = ScriptRunner()
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 256)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let number = script.connected(channel) else { throw ChannelError.ioOnClosedChannel }
                    let handler = ScriptedConnection(number: number, script: script)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return ScriptedServer(script: script, listener: listener, patience: patience)
    }

    deinit {
        listener.close(promise: nil)
        for channel in script.stop().channels { channel.close(promise: nil) }
    }

    /// The URL of `path` on this server.
    public func url(_ path: String = "/mcp") -> String { "http://127.0.0.1:\(port)\(path)" }

    /// All requests so far.
    public var requests: [RecordedRequest] { script.requests.elements }

    /// Waits for the request with this index.
    ///
    /// - Throws: ``ScriptedServerFailure`` when it does not come in time.
    public func request(at index: Int, within limit: Duration? = nil) async throws -> RecordedRequest {
        guard let request = await script.requests.element(at: index, within: limit ?? patience) else {
            throw ScriptedServerFailure(
                "Only \(requests.count) requests came in time, so there is none at index \(index).")
        }
        return request
    }

    /// How many connections are open.
    public var openConnections: Int { script.channels.count }

    /// Resets all connections, as a server that crashes does. New ones are taken.
    public func dropConnections() {
        for channel in script.channels { channel.reset() }
    }

    /// Waits until every expectation is met.
    ///
    /// - Throws: ``ScriptedServerFailure`` with a sentence for each expectation that is not met in time or was never
    ///   given a reply, each request that was not expected, and each reply that failed. What was not expected is
    ///   thrown without waiting.
    public func verify(within limit: Duration? = nil) async throws {
        let deadline = ContinuousClock.now + (limit ?? patience)
        var sentences: [String] = []
        for expectation in script.expectations {
            guard let times = expectation.times, times > 0 else { continue }
            let left = script.failures.isEmpty ? max(.zero, deadline - .now) : .zero
            if await expectation.exchanges.element(at: times - 1, within: left) == nil {
                let count = expectation.exchanges.elements.count
                sentences.append("The client did not send \(expectation.description): \(count) of \(times) times.")
            } else if expectation.isUnanswered {
                sentences.append("The script has no reply to \(expectation.description).")
            }
        }
        sentences = script.failures + sentences
        if !sentences.isEmpty { throw ScriptedServerFailure(sentences: sentences) }
    }

    /// Takes no more connections, ends those that are open, and returns when all of that is done.
    public func stop() async {
        let (channels, answers) = script.stop()
        try? await listener.close()
        for channel in channels { channel.close(promise: nil) }
        for channel in channels { try? await channel.closeFuture.get() }
        for answer in answers { await answer.value }
    }
}

/// Runs `body` with a server, then verifies its script and stops it. What `body` throws goes first.
public func withScriptedServer<Result>(
    patience: Duration = .seconds(10), _ body: (ScriptedServer) async throws -> Result
) async throws -> Result {
    let server = try await ScriptedServer.start(patience: patience)
    do {
        let result = try await body(server)
        try await server.verify()
        await server.stop()
        return result
    } catch {
        await server.stop()
        throw error
    }
}
