import NIOCore

/// Makes HTTP exchanges with one origin for one owner. All calls, in both directions, are made on one event loop.
package protocol ExchangeMaker: AnyObject {
    /// Begins an exchange, on a connection of its own or one that is idle. It is never repeated.
    ///
    /// - Parameter number: by which both sides name it from now on; unique among those that have not ended.
    func begin(_ request: OutgoingRequest, as number: UInt32)

    /// Ends an exchange at once: closes its connection, or resets its HTTP/2 stream. The owner hears no more of it.
    func abort(_ number: UInt32)

    /// Aborts everything, closes idle connections, and completes when the last one is gone.
    func close() -> EventLoopFuture<Void>
}

/// Hears of the exchanges it began. It holds the maker; the maker does not hold it.
package protocol ExchangeOwner: AnyObject {
    /// The final head of a response (informational ones are passed over).
    func responseBegan(_ number: UInt32, _ head: IncomingHead)
    /// Bytes of the body, content as it travels, transfer coding removed. Heads come first, then bodies, then the end.
    func responseBody(_ number: UInt32, _ bytes: ByteBuffer)
    /// The exchange is over; nothing follows.
    func exchangeEnded(_ number: UInt32, _ end: ExchangeEnd)
}

/// A request as it will be sent. `Host`, `Content-Length` and what the connection needs are added by the maker.
package struct OutgoingRequest: Sendable {
    package var method: String
    /// Path and query.
    package var target: String
    package var fields: [HTTPRequest.Field]
    package var body: ByteBuffer?
    /// Whether the response stays open: then it has a connection of its own, and is under no request timeout.
    package var isLongLived: Bool
    /// Whether the request timeout counts. Off where its owner watches the time itself.
    package var isTimed = true

    package init(
        method: String, target: String, fields: [HTTPRequest.Field], body: ByteBuffer?, isLongLived: Bool,
        isTimed: Bool = true
    ) {
        self.method = method
        self.target = target
        self.fields = fields
        self.body = body
        self.isLongLived = isLongLived
        self.isTimed = isTimed
    }
}

/// The head of a response: names in lower case, in the order of arrival.
package struct IncomingHead: Sendable {
    package var status: Int
    package var fields: [HTTPRequest.Field]

    /// The value of the first field of this name, which is given in lower case.
    package subscript(name: String) -> String? { fields.first { $0.name == name }?.value }
}

/// How an exchange came to its end.
package enum ExchangeEnd: Sendable {
    /// The response is complete.
    case complete
    /// The request was not sent, or not all of it: nobody has acted on it.
    case notSent(HTTPClientError)
    /// The request was sent and the response is missing or incomplete.
    case cut(HTTPClientError)
}
