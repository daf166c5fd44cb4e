/// Why a call, or the whole conversation, came to nothing.
package enum ConversationFailure: Error, Sendable, Hashable {
    /// The request never left: nobody acted on it.
    case unreachable
    /// The request left, and what would have carried its answer ended before the answer.
    case streamCut
    /// The server wants other credentials: 401 or 403.
    case unauthorized(status: Int)
    /// The server refused the request with this HTTP status.
    case refused(status: Int)
    /// The response is neither JSON nor an event stream, or holds no answer.
    case unintelligible(status: Int)
    /// The server knows the session no more, and did not look at the request (MCP 2025-11-25 transports, session
    /// management). A new session is being opened; the request may be sent again in it.
    case sessionExpired
    /// The server refused the handshake with this JSON-RPC error.
    case rejected(code: Int)
    /// The server speaks no revision that is spoken here.
    case unsupportedRevision
    /// The server speaks none of the dialects that were to be tried.
    case noDialect
    /// The `endpoint` event names no URL, or one of another origin.
    case badEndpoint
    /// No answer in time.
    case timedOut
    /// The client took the request back.
    case cancelled
    /// The server asked for more rounds of input than are allowed.
    case tooManyRounds
    /// The conversation was closed on this side.
    case closed
}

/// Why a message was not taken.
package enum SendRefusal: Error, Sendable, Hashable {
    /// The text is no JSON-RPC message.
    case invalidMessage
    /// A request with this id is still waiting for its answer (MCP 2026-07-28 basic, requests).
    case idInUse
    /// Nothing was opened, or the first message was no `initialize`.
    case notOpen
    /// The conversation is over.
    case closed
    /// Too many messages wait for the conversation to open.
    case tooManyWaiting
    /// It answers a request that nobody asked.
    case unexpectedAnswer
}
