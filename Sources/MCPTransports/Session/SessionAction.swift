/// Names one HTTP request and its response within a session.
struct ExchangeID: Sendable, Hashable {
    let number: Int
}

/// Names one request that a handler answers. Unlike the client's id it is never used again.
struct CallToken: Sendable, Hashable {
    let number: Int
}

/// What the owner of a ``SessionMachine`` must do next, in order.
enum SessionAction: Sendable, Hashable {
    /// Give the whole response of an exchange.
    case answer(ExchangeID, SessionAnswer)
    /// Begin the response of an exchange as an event stream; `opensSession` when it carries the answer to `initialize`.
    case openStream(ExchangeID, opensSession: Bool)
    /// Send an event on an open stream.
    case send(ExchangeID, OutboundEvent)
    /// End the event stream of an exchange.
    case finish(ExchangeID)
    /// Hand a request to its handler.
    case start(IncomingCall)
    /// Cancel a handler; its answer is not wanted any more.
    case cancel(CallToken)
    /// The client answered the server's request of this number, or never will.
    case resolve(Int, Result<JSONValue, MCPError>)
}

/// A response that is no event stream.
enum SessionAnswer: Sendable, Hashable {
    /// 200 with a JSON body; `opensSession` when it answers `initialize`.
    case json(JSONValue, opensSession: Bool)
    /// 202: taken, nothing to say.
    case accepted
    /// An HTTP error with the JSON-RPC error that explains it.
    case rejected(status: Int, MCPError)
}

/// An event as it will be encoded.
struct OutboundEvent: Sendable, Hashable {
    var id: String?
    /// The event type; nil is `message` for readers.
    var type: String?
    /// Milliseconds to wait before reconnecting.
    var retry: Int?
    /// Nil: no `data` field at all, so readers dispatch nothing.
    var data: [UInt8]?
}

/// A request on its way to a handler.
struct IncomingCall: Sendable, Hashable {
    let token: CallToken
    let id: RequestID
    let method: String
    let params: JSONValue?
    /// Who asked, which the machine only passes on.
    var principal: Principal?
}
