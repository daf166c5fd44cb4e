/// Why a host could not do what it was asked for.
///
/// What a server answers as an error is an ``MCPError``; what keeps a server from being reached is the transport's error.
public struct MCPHostError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is. Grows without breaking.
    public struct Code: Sendable, Hashable {
        private enum Kind: Sendable, Hashable {
            case unknownServer, nameInUse, invalidName, timedOut, refused
        }
        private let kind: Kind
        private init(_ kind: Kind) { self.kind = kind }

        /// No server of this name is connected.
        public static let unknownServer = Code(.unknownServer)
        /// A server of this name is connected, or being connected.
        public static let nameInUse = Code(.nameInUse)
        /// The name is empty or has a slash, so that it could not be part of a ``QualifiedName``.
        public static let invalidName = Code(.invalidName)
        /// The server did not open a session in time.
        public static let timedOut = Code(.timedOut)
        /// The server wants other credentials (HTTP 401 or 403).
        public static let refused = Code(.refused)
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
