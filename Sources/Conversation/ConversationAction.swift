/// A piece of the bytes of a `ConversationOutput`.
package struct ByteSlice: Sendable, Hashable {
    package var start: UInt32
    package var end: UInt32

    init(_ start: Int, _ end: Int) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.end = UInt32(truncatingIfNeeded: end)
    }

    package static let empty = ByteSlice(0, 0)
    package var range: Range<Int> { Int(start)..<Int(end) }
    package var count: Int { Int(end - start) }
    package var isEmpty: Bool { start == end }
}

/// What a server sends only to keep a stream alive.
package enum HeartbeatKind: UInt8, Sendable, Hashable, CaseIterable {
    /// A comment line.
    case comment
    /// An event of a type that carries no message.
    case event
    /// An event whose data is empty.
    case empty
    /// A `ping` request.
    case ping
}

/// What the owner or driver of a `ConversationMachine` must do or may know, in order. All of it is trivial.
package enum ConversationAction: Sendable, Equatable {
    package enum Method: UInt8, Sendable { case get, post, delete }

    /// What a message is to its owner.
    package enum Meaning: UInt8, Sendable {
        /// The server asks; an answer is owed.
        case request
        case notification
        /// The answer to the call, which is over.
        case answer
        /// An answer to no call that waits: late, doubled or made up.
        case strayAnswer
        /// No JSON-RPC message.
        case invalid
    }

    /// Begin an exchange. `fields` are complete lines `Name: value` CRLF, without what belongs to the connection;
    /// `isLongLived`: the response is a stream that stays open, and should have a connection of its own. How long calls
    /// take is watched here, so that no driver needs to.
    case begin(
        exchange: UInt32, Method, target: ByteSlice, fields: ByteSlice, body: ByteSlice, call: UInt32,
        isLongLived: Bool)
    /// Close the connection of an exchange, or reset its stream; no more will be taken of it.
    case abort(exchange: UInt32)
    /// The handshake is done, for the first time or after a session was lost. `result` is what the server said of
    /// itself: the result of `initialize` or `server/discover`.
    case opened(Dialect, Revision, result: ByteSlice)
    /// A message of the server. `call` is the one it belongs to, 0 for none; `isElsewhere`: an answer came on another
    /// exchange than its call's, where the dialect would have it there.
    case message(Meaning, ByteSlice, call: UInt32, exchange: UInt32, isElsewhere: Bool)
    /// A call is over without an answer. `id` is the JSON text of its id, `body` what the server said instead.
    case failed(call: UInt32, id: ByteSlice, ConversationFailure, body: ByteSlice)
    /// The server took a message that wants no answer.
    case accepted(exchange: UInt32)
    /// It refused one, or it did not get there.
    case notAccepted(exchange: UInt32, ConversationFailure)
    /// An event stream has begun, or goes on after a cut.
    case streamOpened(exchange: UInt32, isListening: Bool)
    /// An event stream ended; `isExpected`: everything it had to say was said, or this side ended it.
    case streamEnded(exchange: UInt32, isListening: Bool, isExpected: Bool)
    /// A sign of life, `gap` nanoseconds after the last byte before it.
    case heartbeat(exchange: UInt32, HeartbeatKind, gap: Int64)
    /// No byte for `silence` nanoseconds on a stream that had signs of life; it is given up.
    case stalled(exchange: UInt32, silence: Int64)
    /// Another attempt follows after `delay` nanoseconds.
    case reconnecting(delay: Int64)
    /// The session is gone: another one is being opened.
    case sessionLost
    /// The conversation is over; nil: because it was closed.
    case closed(ConversationFailure?)
}

/// The media type of a response, as far as it matters.
package enum ResponseMedia: UInt8, Sendable { case json, eventStream, other }

/// How an exchange ended, as far as a driver can tell.
package enum ExchangeOutcome: UInt8, Sendable {
    /// The response is complete.
    case complete
    /// The request was not sent, or not as a whole.
    case notSent
    /// The response is missing or incomplete.
    case cut
}
