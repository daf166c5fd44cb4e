import Synchronization

/// A client of the Model Context Protocol: speaks with one server through any ``MCPTransport``.
///
/// ```swift
/// let client = MCPClient(transport: transport, configuration: .init(name: "weather-app", version: "1.0"))
/// try await client.initialize()
/// let result = try await client.callTool("forecast", arguments: ["city": "Oslo"])
/// await client.close()
/// ```
///
/// It speaks the protocol with a handshake; a transport whose dialect has none translates. Requests may be made from many
/// tasks at a time; each gets its own answer, in whatever order they come. Cancelling the task of a request tells the
/// server with `notifications/cancelled`. It lives until ``close()`` is called or the transport ends, whichever is first.
public final class MCPClient: Sendable {
    enum Phase: Sendable {
        case idle
        case connecting
        case open
        case closed((any Error)?)
    }

    static let rememberedCalls = 256

    struct State {
        var phase = Phase.idle
        var lastID: Int64 = 0
        var calls: [Int64: PendingCall] = [:]
        /// Calls that ended without an answer, which may still come, the last of them.
        var givenUp: [Int64] = []
        var serverRequests: [RequestID: Task<Void, Never>] = [:]
        var subscribers: [Int: AsyncStream<ServerNotification>.Continuation] = [:]
        var lastSubscriber = 0
        var receiving: Task<Void, Never>?
        var opening: InitializeResult?
    }

    /// Who the client is and how patient.
    public let configuration: Configuration
    let handlers: Handlers
    let transport: any MCPTransport
    let clock: RequestClock
    let state = Mutex(State())

    /// A client, which does nothing until ``connect()`` or ``initialize(timeout:)``.
    public init(transport: any MCPTransport, configuration: Configuration, handlers: Handlers = Handlers()) {
        self.transport = transport
        self.configuration = configuration
        self.handlers = handlers
        clock = RequestClock(configuration.clock)
    }

    /// What the server said about itself; nil before ``initialize(timeout:)`` has succeeded.
    public var initializeResult: InitializeResult? { state.withLock { $0.opening } }

    /// Whether the conversation has ended, from whichever side; nothing can be said any more.
    public var isClosed: Bool {
        state.withLock { state in
            guard case .closed = state.phase else { return false }
            return true
        }
    }

    /// Connects the transport and begins to receive, without a handshake. Does nothing when that was done before.
    ///
    /// - Throws: what the transport throws; ``MCPError/connectionClosed`` when the client was closed.
    public func connect() async throws {
        let isFirst = try state.withLock { state in
            switch state.phase {
            case .idle:
                state.phase = .connecting
                return true
            case .connecting, .open: return false
            case .closed(let error): throw error ?? MCPError.connectionClosed
            }
        }
        guard isFirst else { return }
        do {
            try await transport.connect()
        } catch {
            await end(with: error)
            throw error
        }
        let isOpen = state.withLock { state in
            guard case .connecting = state.phase else { return false }
            state.phase = .open
            state.receiving = Task { await receive() }
            return true
        }
        guard isOpen else { throw MCPError.connectionClosed }
    }

    /// Ends the conversation: requests without an answer throw ``MCPError/connectionClosed``, handlers are cancelled, the
    /// transport is disconnected. Harmless when it is called again.
    public func close() async {
        await end(with: nil)
        let receiving = state.withLock { $0.receiving }
        await receiving?.value
    }

    /// Ends the conversation once.
    func end(with error: (any Error)?) async {
        let ended = state.withLock { state -> State? in
            if case .closed = state.phase { return nil }
            defer {
                state.calls = [:]
                state.serverRequests = [:]
                state.subscribers = [:]
            }
            state.phase = .closed(error)
            return state
        }
        await transport.disconnect()
        guard let ended else { return }
        for call in ended.calls.values { call.resolve(.failure(error ?? MCPError.connectionClosed)) }
        for request in ended.serverRequests.values { request.cancel() }
        for subscriber in ended.subscribers.values { subscriber.finish() }
        handlers.onClose?(error)
    }

    /// What the server notifies of from now on, progress included. Each call gives a stream of its own; all end with the
    /// conversation. Who does not read loses the oldest, which ``Handlers/onError`` is told.
    public func notifications() -> AsyncStream<ServerNotification> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: ServerNotification.self, bufferingPolicy: .bufferingNewest(max(1, configuration.notificationLimit)))
        let number = state.withLock { state -> Int? in
            if case .closed = state.phase { return nil }
            state.lastSubscriber += 1
            state.subscribers[state.lastSubscriber] = continuation
            return state.lastSubscriber
        }
        guard let number else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.subscribers.removeValue(forKey: number) }
        }
        return stream
    }
}
