/// Why an HTTP exchange could not be made, or not to its end.
public struct HTTPClientError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is. Grows without breaking.
    public struct Code: Sendable, Hashable {
        private enum Kind: Sendable, Hashable {
            case invalidURL, invalidRequest, unreachable, tls, proxy, timeout, connectionClosed, connectionReset
            case invalidResponse, closed
        }
        private let kind: Kind
        private init(_ kind: Kind) { self.kind = kind }

        /// The URL is none of HTTP or HTTPS.
        public static let invalidURL = Code(.invalidURL)
        /// The request has a method, target or field that HTTP cannot carry, such as a line break in a field.
        public static let invalidRequest = Code(.invalidRequest)
        /// The name does not resolve, or nobody listens there.
        public static let unreachable = Code(.unreachable)
        /// The TLS handshake failed: the certificate is not trusted, or the peer speaks no TLS.
        public static let tls = Code(.tls)
        /// The HTTP proxy refused, or could not be reached.
        public static let proxy = Code(.proxy)
        /// Nothing came in time.
        public static let timeout = Code(.timeout)
        /// The peer ended the connection before the response was complete.
        public static let connectionClosed = Code(.connectionClosed)
        /// The peer reset the connection or the stream.
        public static let connectionReset = Code(.connectionReset)
        /// The response is not HTTP.
        public static let invalidResponse = Code(.invalidResponse)
        /// This side was closed.
        public static let closed = Code(.closed)
    }

    /// The kind.
    public var code: Code
    /// One sentence.
    public var message: String
    /// What caused it, where that is known.
    public var cause: (any Error)?

    /// A failure.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The sentence.
    public var description: String { message }
}
