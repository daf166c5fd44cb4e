/// How an HTTP client connects, waits and keeps its connections.
///
/// ``standard`` fits calls that answer within seconds; ``longLived`` fits event streams that stay open for hours and
/// calls that work for minutes. Every setting can be changed.
public struct HTTPClientConfiguration: Sendable {
    /// How long to wait.
    public var timeouts: Timeouts
    /// Which connections are kept for further requests.
    public var pool: Pool
    /// How a silent connection is found to be alive or dead.
    public var keepAlive: KeepAlive
    /// How servers of `https` URLs are trusted, and how the client shows who it is.
    public var tls: TLS
    /// Whether HTTP/2 is offered to servers of `https` URLs, which choose (ALPN, RFC 7301). Without TLS it is never
    /// spoken, because there a server cannot say that it knows it.
    public var offersHTTP2: Bool
    /// Whether requests go through an HTTP proxy.
    public var proxy: Proxy
    /// The value of the field `User-Agent` (RFC 9110 §10.1.5).
    public var userAgent: String

    /// A configuration with the settings of ``standard``, but for those that are given.
    public init(
        timeouts: Timeouts = Timeouts(), pool: Pool = Pool(), keepAlive: KeepAlive = KeepAlive(), tls: TLS = TLS(),
        offersHTTP2: Bool = true, proxy: Proxy = .none, userAgent: String = LibraryVersion.userAgent
    ) {
        self.timeouts = timeouts
        self.pool = pool
        self.keepAlive = keepAlive
        self.tls = tls
        self.offersHTTP2 = offersHTTP2
        self.proxy = proxy
        self.userAgent = userAgent
    }

    /// Requests within 30 s; idle connections for 90 s, at most 10 of them; TCP keep-alive after 60 s; no HTTP/2 PING.
    public static let standard = HTTPClientConfiguration()

    /// Requests within 300 s; idle connections for 300 s, at most 10 of them; TCP keep-alive after 60 s; an HTTP/2 PING
    /// every 30 s that is to be answered within 10 s.
    public static let longLived = HTTPClientConfiguration(
        timeouts: Timeouts(request: .seconds(300)), pool: Pool(idleTime: .seconds(300)),
        keepAlive: KeepAlive(http2PingInterval: .seconds(30)))

    /// How long to wait.
    public struct Timeouts: Sendable, Hashable {
        /// Until a connection is open, name lookup, proxy and TLS handshake included. 10 s unless set.
        public var connect: Duration
        /// From the begin of a request until its response is complete; nil waits for ever. 30 s unless set. Event
        /// streams that are opened for listening are under no such limit.
        public var request: Duration?

        /// The limits named, 10 s and 30 s unless given.
        public init(connect: Duration = .seconds(10), request: Duration? = .seconds(30)) {
            self.connect = connect
            self.request = request
        }
    }

    /// Which connections are kept for further requests.
    public struct Pool: Sendable, Hashable {
        /// How many idle connections to one server are kept at most; 0 keeps none. 10 unless set.
        public var idleConnections: Int
        /// How long an idle connection is kept. 90 s unless set. Where a server says that it keeps connections for a
        /// shorter time (field `Keep-Alive`), they are dropped a second before that, because a request on a connection
        /// that is just being closed is lost and never repeated.
        public var idleTime: Duration

        /// The limits named, 10 and 90 s unless given.
        public init(idleConnections: Int = 10, idleTime: Duration = .seconds(90)) {
            self.idleConnections = idleConnections
            self.idleTime = idleTime
        }
    }

    /// How a silent connection is found to be alive or dead.
    public struct KeepAlive: Sendable, Hashable {
        /// How long a connection is silent before the operating system asks the peer for a sign of life (`TCP_KEEPIDLE`,
        /// RFC 9293 §3.8.4), in whole seconds; nil never asks. 60 s unless set.
        public var tcpIdleTime: Duration?
        /// How often an HTTP/2 connection is asked with a PING (RFC 9113 §6.7); nil never asks. nil unless set.
        public var http2PingInterval: Duration?
        /// Within what time a PING is to be answered; else the connection ends with all its exchanges. 10 s unless set.
        public var http2PingTimeout: Duration

        /// The intervals named: 60 s, nil and 10 s unless given.
        public init(
            tcpIdleTime: Duration? = .seconds(60), http2PingInterval: Duration? = nil,
            http2PingTimeout: Duration = .seconds(10)
        ) {
            self.tcpIdleTime = tcpIdleTime
            self.http2PingInterval = http2PingInterval
            self.http2PingTimeout = http2PingTimeout
        }
    }
}
