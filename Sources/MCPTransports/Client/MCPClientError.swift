/// What went wrong in a client itself, or what its server said that no client can use.
///
/// What the server answered as an error is an ``MCPError`` instead; what kept a message from being carried is the error of
/// the transport.
public struct MCPClientError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is. Grows without breaking.
    public struct Code: Sendable, Hashable {
        private enum Kind: Sendable, Hashable {
            case notConnected, malformedMessage, unexpectedAnswer, unsupportedRevision, invalidResult, endlessList
            case notificationsLost, answerNotSent
        }
        private let kind: Kind
        private init(_ kind: Kind) { self.kind = kind }

        /// The client was not connected when it was asked to say something.
        public static let notConnected = Code(.notConnected)
        /// The server sent what is no JSON-RPC message.
        public static let malformedMessage = Code(.malformedMessage)
        /// The server answered what was not asked, or answered twice.
        public static let unexpectedAnswer = Code(.unexpectedAnswer)
        /// The server speaks no revision that this client does.
        public static let unsupportedRevision = Code(.unsupportedRevision)
        /// A result lacks what its method promises.
        public static let invalidResult = Code(.invalidResult)
        /// A list has more pages than the limit, or its cursors go round in a circle.
        public static let endlessList = Code(.endlessList)
        /// Notifications came faster than they were read, and the oldest were given up.
        public static let notificationsLost = Code(.notificationsLost)
        /// The answer to a request of the server could not be sent.
        public static let answerNotSent = Code(.answerNotSent)
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
