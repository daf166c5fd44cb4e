/// One MCP session as a server sees it, as a pure state machine: what arrives goes in, what to do comes out.
///
/// It owns the handshake, the ids of both directions, and the decision which exchange carries which message. It knows no
/// sockets, tasks or clocks. Every method returns the actions it causes, in order; an ended session causes none.
struct SessionMachine: Sendable {
    enum Phase: Sendable, Hashable {
        /// `initialize` has not come.
        case opening
        case open
        case ended
    }

    struct Call: Sendable {
        let id: RequestID
        let stream: Int
    }

    let rules: SessionRules
    var phase = Phase.opening
    /// Assumed until the handshake says it (MCP 2025-11-25 transports, protocol version header).
    var revision = ProtocolRevision.v20250326
    var client: Implementation?
    var clientCapabilities: JSONValue = [:]
    var minimumLogLevel: LogLevel?
    /// The resources whose changes the client wants to hear of.
    var subscribedResources: Set<String> = []

    var streams: [Int: OutboundStream] = [:]
    var streamOfExchange: [ExchangeID: Int] = [:]
    var calls: [CallToken: Call] = [:]
    var tokens: [RequestID: CallToken] = [:]
    /// The server's requests without an answer, and the stream each went out on.
    var asked: [Int: Int] = [:]
    var store: EventStore?

    var lastStream = OutboundStream.listen
    var lastToken = 0
    var lastAsked = 0
    var actions: [SessionAction] = []

    init(rules: SessionRules) {
        self.rules = rules
        store = rules.dialect == .streamable ? rules.retention.map(EventStore.init) : nil
    }

    /// Whether no exchange and no handler keeps the session busy, so that it may be dropped after a while.
    var isIdle: Bool { streamOfExchange.isEmpty && calls.isEmpty }

    /// Whether the client knows how to come back for the rest of a stream that the server ends early
    /// (MCP 2025-11-25 transports).
    var canPoll: Bool { store != nil && revision >= .v20251125 }

    mutating func takeActions() -> [SessionAction] {
        defer { actions = [] }
        return actions
    }

    /// Ends the session: handlers are cancelled, streams end, questions to the client fail.
    mutating func terminate() -> [SessionAction] {
        guard phase != .ended else { return [] }
        phase = .ended
        for token in calls.keys.sorted(by: { $0.number < $1.number }) { actions.append(.cancel(token)) }
        for (_, stream) in streams.sorted(by: { $0.key < $1.key }) {
            switch stream.carrier {
            case .undecided(let exchange):
                actions.append(.answer(exchange, .rejected(status: 404, Self.sessionNotFound)))
            case .open(let exchange): actions.append(.finish(exchange))
            case .none: break
            }
        }
        for number in asked.keys.sorted() { actions.append(.resolve(number, .failure(.connectionClosed))) }
        calls = [:]
        tokens = [:]
        streams = [:]
        streamOfExchange = [:]
        asked = [:]
        store = nil
        return takeActions()
    }

    /// What a client is told whose session is not, or no longer, known (MCP 2025-11-25 transports, session management).
    static let sessionNotFound = MCPError(code: -32001, message: "Session not found")
}
