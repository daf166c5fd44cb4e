import Conversation

/// Why a transport could not do what it was asked for, or stopped.
///
/// It says what this side could not do. What the server answers in JSON-RPC is an ``MCPError``.
public struct MCPTransportError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is. Grows without breaking.
    public struct Code: Sendable, Hashable {
        private enum Kind: Sendable, Hashable {
            case unreachable, cut, unauthorized, refused, unintelligible, sessionExpired, rejected, unsupportedRevision
            case noDialect, badEndpoint, timedOut, cancelled, tooManyRounds, closed, invalidMessage, idInUse, notOpen
            case tooManyWaiting, unexpectedAnswer, stalled, strayAnswer, readerTooSlow
        }
        private let kind: Kind
        private init(_ kind: Kind) { self.kind = kind }
        var name: String { "\(kind)" }

        /// The request never left: nobody acted on it.
        public static let unreachable = Code(.unreachable)
        /// The connection ended before the answer came. Whether the server acted on the request is not known.
        public static let cut = Code(.cut)
        /// The server wants other credentials (401, 403).
        public static let unauthorized = Code(.unauthorized)
        /// The server refused the request with an HTTP status.
        public static let refused = Code(.refused)
        /// What the server sent is no answer.
        public static let unintelligible = Code(.unintelligible)
        /// The server ended the session and did not look at the request. Another session is opened by itself, in which
        /// the request may be sent again (MCP 2025-11-25 transports, session management).
        public static let sessionExpired = Code(.sessionExpired)
        /// The server refused the handshake with a JSON-RPC error.
        public static let rejected = Code(.rejected)
        /// Server and client have no revision in common.
        public static let unsupportedRevision = Code(.unsupportedRevision)
        /// The server speaks none of the dialects that were tried.
        public static let noDialect = Code(.noDialect)
        /// The `endpoint` event of http+sse is no URL of the server's origin, or did not come.
        public static let badEndpoint = Code(.badEndpoint)
        /// No answer came in time; the server was told that nobody waits any more.
        public static let timedOut = Code(.timedOut)
        /// The request was taken back.
        public static let cancelled = Code(.cancelled)
        /// The server asked for input too many times (MCP 2026-07-28 basic/patterns/mrtr).
        public static let tooManyRounds = Code(.tooManyRounds)
        /// The transport was closed.
        public static let closed = Code(.closed)
        /// The text is no JSON-RPC message.
        public static let invalidMessage = Code(.invalidMessage)
        /// A request with this id still waits for its answer.
        public static let idInUse = Code(.idInUse)
        /// The transport is not connected, or `initialize` was not the first message.
        public static let notOpen = Code(.notOpen)
        /// Too many messages wait for the conversation to open.
        public static let tooManyWaiting = Code(.tooManyWaiting)
        /// An answer to something that the server did not ask.
        public static let unexpectedAnswer = Code(.unexpectedAnswer)
        /// A stream was silent for too long and was given up; another attempt follows.
        public static let stalled = Code(.stalled)
        /// The server answered something that nobody asked, or answered twice; it was dropped.
        public static let strayAnswer = Code(.strayAnswer)
        /// Received messages were not taken, and more came than may wait.
        public static let readerTooSlow = Code(.readerTooSlow)
    }

    /// The kind.
    public var code: Code
    /// One sentence.
    public var message: String
    /// The HTTP status that said so; nil where none did.
    public var status: Int?
    /// What caused it, where that is known.
    public var cause: (any Error)?

    /// A failure.
    public init(_ code: Code, _ message: String, status: Int? = nil, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.status = status
        self.cause = cause
    }

    /// The sentence.
    public var description: String { message }
}

extension MCPTransportError {
    /// The failure of a conversation, with what its HTTP client knows of it, and what the server said.
    init(_ failure: ConversationFailure, cause: HTTPClientError? = nil, refusals: Refusals = Refusals()) {
        func refused(_ sentence: String, _ status: Int) -> String {
            "\(sentence) (HTTP \(status))" + (refusals.said(with: status).map { ": \($0)" } ?? "")
        }
        switch failure {
        case .unreachable:
            self.init(.unreachable, cause?.message ?? "the server cannot be reached", cause: cause)
        case .streamCut:
            self.init(.cut, cause?.message ?? "the connection ended before the answer", cause: cause)
        case .unauthorized(let status):
            let sentence = status == 401 ? "the server wants credentials" : "the server does not allow it"
            self.init(.unauthorized, refused(sentence, status), status: status)
        case .refused(let status):
            self.init(.refused, refused("the server refused the request", status), status: status)
        case .unintelligible(let status):
            self.init(.unintelligible, "the server's response (HTTP \(status)) holds no answer", status: status)
        case .sessionExpired:
            self.init(.sessionExpired, "the server has ended the session; send it again in the new one", status: 404)
        case .rejected(let code):
            self.init(.rejected, "the server refused to open a session (error \(code))")
        case .unsupportedRevision:
            self.init(.unsupportedRevision, "the server speaks no revision of MCP that this client knows")
        case .noDialect:
            let answer = refusals.first.map { " (HTTP \($0.status)\($0.said.map { ": \($0)" } ?? ""))" } ?? ""
            self.init(.noDialect, "nothing at this URL speaks MCP over HTTP\(answer)", status: refusals.first?.status)
        case .badEndpoint:
            self.init(.badEndpoint, "the server names no endpoint of its own origin to send messages to")
        case .timedOut: self.init(.timedOut, "the server did not answer in time")
        case .cancelled: self.init(.cancelled, "the request was cancelled")
        case .tooManyRounds: self.init(.tooManyRounds, "the server asked for input too many times")
        case .closed: self.init(.closed, "the transport was closed")
        }
    }

    init(_ refusal: SendRefusal) {
        switch refusal {
        case .invalidMessage: self.init(.invalidMessage, "this is no JSON-RPC message")
        case .idInUse: self.init(.idInUse, "a request with this id still waits for its answer")
        case .notOpen: self.init(.notOpen, "initialize must be sent first, after connect")
        case .closed: self.init(.closed, "the transport was closed")
        case .tooManyWaiting: self.init(.tooManyWaiting, "too many messages wait for the server")
        case .unexpectedAnswer: self.init(.unexpectedAnswer, "the server did not ask what this answers")
        }
    }

    /// The failure as the JSON-RPC error that a request is answered with: -32001 for a time-out, -32000 else; `data` has
    /// `reason`, and `status` where a status said so.
    var asAnswer: MCPError {
        var data: JSONObject = ["reason": .string(code.name)]
        data["status"] = status.map { .integer(Int64($0)) }
        return MCPError(code: code == .timedOut ? -32001 : -32000, message: message, data: .object(data))
    }
}

extension MCPTransportError.Code: CustomStringConvertible {
    /// The name of the kind, such as `unreachable`.
    public var description: String { name }
}
