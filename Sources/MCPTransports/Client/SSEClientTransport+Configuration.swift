import Conversation

extension SSEClientTransport {
    /// How a client transport behaves.
    public struct Configuration: Sendable {
        /// The dialect to speak; nil finds out which of them the server speaks.
        public var dialect: HTTPDialect?
        /// Connections: timeouts, pool, TLS, proxies.
        public var http: HTTPClientConfiguration
        /// Connections that are shared with other transports; nil: those of this one are its own.
        public var connections: SharedConnections?
        /// Fields that every request has, such as `Authorization`.
        public var headers: [Header]
        /// How long a request may take, counted from the last that was heard of it; nil: for ever.
        public var callTimeout: Duration?
        /// How long each step of finding and opening may take.
        public var openingTimeout: Duration
        /// When a stream that says nothing is given up.
        public var stalls: StallPolicy
        /// How to come back after a cut.
        public var reconnection: Reconnection
        /// Whether to hold a stream for what the server says of itself, where the dialect has one apart.
        public var listens: Bool
        /// Whether the session is deleted at the end (MCP 2025-11-25 transports, session management).
        public var deletesSession: Bool
        /// How many received messages may wait to be taken.
        public var receivedMessages: Int
        /// Where broadcast has its stream and takes its POSTs, as paths; nil: `/sse` beside the URL's path, and that path.
        public var broadcastPaths: BroadcastPaths?

        /// The standard settings, but for those that are given. `callTimeout` is `http.timeouts.request` unless given.
        public init(
            dialect: HTTPDialect? = nil, http: HTTPClientConfiguration = .standard,
            connections: SharedConnections? = nil, headers: [Header] = [],
            callTimeout: Duration?? = nil, openingTimeout: Duration = .seconds(15),
            stalls: StallPolicy = .onceAlive(.seconds(120)), reconnection: Reconnection = .backOff(),
            listens: Bool = true, deletesSession: Bool = true, receivedMessages: Int = 4096,
            broadcastPaths: BroadcastPaths? = nil
        ) {
            self.dialect = dialect
            self.http = http
            self.connections = connections
            self.headers = headers
            self.callTimeout = callTimeout ?? http.timeouts.request
            self.openingTimeout = openingTimeout
            self.stalls = stalls
            self.reconnection = reconnection
            self.listens = listens
            self.deletesSession = deletesSession
            self.receivedMessages = max(1, receivedMessages)
            self.broadcastPaths = broadcastPaths
        }

        /// Requests within 30 s, idle connections for 90 s, the dialect found by itself.
        public static let standard = Configuration()
        /// For conversations that last: requests within 300 s, idle connections for 300 s, HTTP/2 PINGs every 30 s.
        public static let longLived = Configuration(http: .longLived)
    }

    /// A field of a request.
    public struct Header: Sendable, Hashable {
        /// The name, in any case.
        public var name: String
        /// The value, of one line.
        public var value: String

        /// A field.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Two paths on the server.
    public struct BroadcastPaths: Sendable, Hashable {
        /// The event stream.
        public var stream: String
        /// Where messages are POSTed.
        public var messages: String

        /// Paths that begin with a slash.
        public init(stream: String, messages: String) {
            self.stream = stream
            self.messages = messages
        }
    }

    /// When a stream that says nothing is given up and opened anew.
    public enum StallPolicy: Sendable, Hashable {
        /// Never: TCP alone tells.
        case never
        /// After so long a silence on a stream that had heartbeats before, because a server that never sends any may be
        /// silent for ever. In broadcast from the start.
        case onceAlive(Duration)
        /// After so long a silence on any stream.
        case always(Duration)

        var machinePolicy: ConversationSettings.StallPolicy {
            switch self {
            case .never: .never
            case .onceAlive(let silence): .onceAlive(silence: silence.wholeNanoseconds)
            case .always(let silence): .always(silence: silence.wholeNanoseconds)
            }
        }
    }

    /// How to come back after a cut. What the server says with `retry` is waited for in any case.
    public struct Reconnection: Sendable, Hashable {
        var policy: ConversationSettings.Reconnection

        /// Waits longer after each failed attempt: twice as long, from `initial` to `maximum`, less a random part of at
        /// most `jitter` (0 to 1) of it, so that many clients do not come back at once.
        ///
        /// - Parameter attempts: how many may fail in a row before it is given up; nil: any number.
        public static func backOff(
            from initial: Duration = .seconds(1), to maximum: Duration = .seconds(30), jitter: Double = 0.5,
            attempts: Int? = nil
        ) -> Reconnection {
            Reconnection(
                policy: .init(
                    initial: initial.wholeNanoseconds, maximum: maximum.wholeNanoseconds,
                    jitter: min(max(jitter, 0), 1), attempts: attempts))
        }

        /// Waits as long each time.
        public static func fixed(_ delay: Duration = .seconds(5), attempts: Int? = nil) -> Reconnection {
            backOff(from: delay, to: delay, jitter: 0, attempts: attempts)
        }
    }

    /// What a transport tells beside what it receives. The closures are called on its event loop and must not block.
    public struct Callbacks: Sendable {
        /// Each message, as it is also received.
        public var onMessage: (@Sendable ([UInt8]) -> Void)?
        /// What went wrong without ending the conversation: a stall, a text that is no message, a session that was lost.
        public var onError: (@Sendable (any Error) -> Void)?
        /// The end of the conversation, with its reason; nil when it was closed by this side.
        public var onClose: (@Sendable ((any Error)?) -> Void)?

        /// The given ones.
        public init(
            onMessage: (@Sendable ([UInt8]) -> Void)? = nil, onError: (@Sendable (any Error) -> Void)? = nil,
            onClose: (@Sendable ((any Error)?) -> Void)? = nil
        ) {
            self.onMessage = onMessage
            self.onError = onError
            self.onClose = onClose
        }
    }
}

extension Duration {
    /// Nanoseconds, cut to what fits.
    var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, isLarge) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return isLarge ? .max / 4 : min(product, .max / 4) + attoseconds / 1_000_000_000
    }
}
