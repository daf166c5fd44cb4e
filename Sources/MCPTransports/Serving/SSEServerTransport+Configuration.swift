extension SSEServerTransport {
    /// Where a host listens and what it speaks.
    public struct Configuration: Sendable, Hashable {
        /// The address to listen on: an IP address or a name.
        public var host: String
        /// The port; 0 lets the system choose one.
        public var port: Int
        /// The dialects to serve.
        public var dialects: Set<HTTPDialect>
        /// Where each dialect is found.
        public var paths: Paths
        /// In which form Streamable HTTP answers requests.
        public var answerForm: AnswerForm
        /// What is kept for clients that lost a connection; nil: nothing, events have no ids.
        public var retention: EventRetention?
        /// Whom the host talks to.
        public var access: Access
        /// How it proves who it is; nil: plain HTTP.
        public var tls: TLS?
        /// What is sent to keep open streams alive.
        public var heartbeat: Heartbeat
        /// How long things may take.
        public var timeouts: Timeouts
        /// How much of everything there may be.
        public var limits: Limits
        /// How many event loops share the connections.
        public var eventLoops: Int

        /// By default loopback only, all standard dialects, an event loop, and no kept events.
        public init(
            host: String = "127.0.0.1", port: Int = 0, dialects: Set<HTTPDialect> = HTTPDialect.standard,
            paths: Paths = Paths(), answerForm: AnswerForm = .automatic, retention: EventRetention? = nil,
            access: Access = Access(), tls: TLS? = nil, heartbeat: Heartbeat = .comment,
            timeouts: Timeouts = Timeouts(), limits: Limits = Limits(), eventLoops: Int = 1
        ) {
            self.host = host
            self.port = port
            self.dialects = dialects
            self.paths = paths
            self.answerForm = answerForm
            self.retention = retention
            self.access = access
            self.tls = tls
            self.heartbeat = heartbeat
            self.timeouts = timeouts
            self.limits = limits
            self.eventLoops = max(1, eventLoops)
        }
    }

    /// The paths of the endpoints. A slash at the end makes no difference to requests.
    public struct Paths: Sendable, Hashable {
        /// The event stream of HTTP+SSE.
        public var eventStream: String
        /// Where HTTP+SSE takes POSTs; clients learn it from the stream, with a `session_id`.
        public var messages: String
        /// Streamable HTTP and the stateless dialect, which tell their requests apart.
        public var streamable: String
        /// The event stream of the broadcast dialect.
        public var broadcastStream: String
        /// Where the broadcast dialect takes POSTs.
        public var broadcastMessages: String

        /// Paths that begin with a slash. No two dialects but `streamable` and `stateless` may share one.
        public init(
            eventStream: String = "/sse", messages: String = "/messages/", streamable: String = "/mcp",
            broadcastStream: String = "/sse", broadcastMessages: String = "/"
        ) {
            self.eventStream = eventStream
            self.messages = messages
            self.streamable = streamable
            self.broadcastStream = broadcastStream
            self.broadcastMessages = broadcastMessages
        }
    }

    /// Which requests are let in, so that no web page can use a browser to reach a server on its user's machine
    /// (MCP 2025-11-25 transports, security warning). Loopback names and addresses always are.
    public struct Access: Sendable, Hashable {
        /// Further names that `Host` may have, without port.
        public var hosts: Set<String>
        /// Further origins that `Origin` may have, such as `https://example.com`.
        public var origins: Set<String>
        /// Where clients that lack a token read how to get one, for `WWW-Authenticate` (RFC 9728 §5.1); nil: nowhere.
        public var resourceMetadata: String?

        /// Further names and origins.
        public init(hosts: Set<String> = [], origins: Set<String> = [], resourceMetadata: String? = nil) {
            self.resourceMetadata = resourceMetadata
            self.hosts = hosts
            self.origins = origins
        }
    }

    /// How long things may take.
    public struct Timeouts: Sendable, Hashable {
        /// The pause between heartbeats on each open stream; also how long a request may go unanswered before an automatic
        /// answer becomes a stream.
        public var heartbeat: Duration
        /// How long a connection may stay open without a request.
        public var idleConnection: Duration
        /// How long a request may take to arrive once it has begun.
        public var request: Duration
        /// How long a session without streams, requests and messages is kept.
        public var idleSession: Duration
        /// How long the client may take to answer a request of the server; also how long a stateless call waits for its
        /// client to come back.
        public var clientAnswer: Duration
        /// How long running calls may take to end when the server stops, before they are cancelled.
        public var drain: Duration

        /// Timeouts.
        public init(
            heartbeat: Duration = .seconds(15), idleConnection: Duration = .seconds(75),
            request: Duration = .seconds(30), idleSession: Duration = .seconds(1800),
            clientAnswer: Duration = .seconds(300), drain: Duration = .seconds(5)
        ) {
            self.heartbeat = heartbeat
            self.idleConnection = idleConnection
            self.request = request
            self.idleSession = idleSession
            self.clientAnswer = clientAnswer
            self.drain = drain
        }
    }

    /// How much of everything there may be.
    public struct Limits: Sendable, Hashable {
        /// The longest request body, in bytes.
        public var bodyBytes: Int
        /// The longest request head, in bytes.
        public var headBytes: Int
        /// What may wait for a slow reader before its connection is closed, in bytes beyond what the socket holds.
        public var outboundBytes: Int
        /// The most connections; further ones are closed at once.
        public var connections: Int
        /// The most sessions; further ones are refused with 503.
        public var sessions: Int
        /// The most requests of one session that are being answered at a time.
        public var callsPerSession: Int
        /// The most stateless calls that wait for their clients to come back; further questions fail.
        public var suspendedCalls: Int
        /// The most streams of `subscriptions/listen`; further ones are refused.
        public var subscriptions: Int

        /// Limits.
        public init(
            bodyBytes: Int = 4 << 20, headBytes: Int = 64 << 10, outboundBytes: Int = 16 << 20,
            connections: Int = 16_384, sessions: Int = 16_384, callsPerSession: Int = 1024,
            suspendedCalls: Int = 1024, subscriptions: Int = 16_384
        ) {
            self.bodyBytes = bodyBytes
            self.headBytes = headBytes
            self.outboundBytes = outboundBytes
            self.connections = connections
            self.sessions = sessions
            self.callsPerSession = callsPerSession
            self.suspendedCalls = suspendedCalls
            self.subscriptions = subscriptions
        }
    }
}
