import Traffic
import WireFormats

/// Something that a recorded client did, one HTTP request, and all that the server did upon it: the unit in which a
/// recording is played back to another client.
package struct Cue: Sendable {
    /// What the request was for.
    package enum Kind: Sendable, Hashable {
        /// A POST with at least one JSON-RPC request.
        case request
        /// A POST with nothing but notifications.
        case notification
        /// A POST that answers questions of the server, by the ids of their messages.
        case answer([Int64])
        /// A GET that opens a stream.
        case listen
        /// A GET that goes on with the stream of another cue, and as its how manieth connection, from 1.
        case resume(cue: Int, segment: Int)
        /// A DELETE.
        case end
        /// Anything else; told apart by method, target and body.
        case other
    }

    /// Its place in the score.
    package let index: Int
    package let exchange: Int64
    package let kind: Kind
    package let httpMethod: String
    package let target: String
    /// What the client sent, where that was JSON.
    package var message: JSONTree?
    package let body: [UInt8]
    package let trait: RequestTrait
    /// The session that the request names, by header or by query.
    package var sessionID: String?
    /// When the request was there.
    package let atNs: Int64
    package let status: Int?
    /// Whether the stream that it opened is not only its own answer's: a GET, or `subscriptions/listen`.
    package var isListening: Bool
    /// What the server did, in order of time.
    package var acts: [Act] = []
    /// What kept the stream alive.
    package var pulse: Pulse?

    /// The path that the request went to.
    package var path: String { RequestTarget(target).path }

    /// Whether the request went to this path; a slash at the end makes no difference.
    package func isAt(_ path: String) -> Bool { Self.trimmed(self.path) == Self.trimmed(path) }

    /// The names that a session has in queries.
    package static let sessionArguments = ["session_id", "sessionId", "sessionid"]

    private static func trimmed(_ path: String) -> Substring {
        path.count > 1 && path.hasSuffix("/") ? path.dropLast() : path[...]
    }
}

/// Something that the server did upon a cue.
package struct Act: Sendable {
    package enum What: Sendable {
        /// A whole response; its body is decoded, and a message where it is JSON.
        case respond(Head, body: [UInt8])
        /// The head of an event stream.
        case open(Head)
        /// A block of an event stream.
        case event(Event)
        /// The end of a response, in order or not.
        case close(isAbrupt: Bool)
    }

    /// Status and fields as they were received, framing left out.
    package struct Head: Sendable, Hashable {
        package var status: Int
        package var fields: [HTTPField]
    }

    package struct Event: Sendable, Hashable {
        package var id: String?
        package var type: String?
        package var retry: Int?
        package var data: [UInt8]?
        package var usesCRLF = false
        /// Whether the data are a JSON-RPC message.
        package var isMessage = false
        /// How its lines were written, where that follows a pattern.
        package var layout: String?

        package init(
            id: String? = nil, type: String? = nil, retry: Int? = nil, data: [UInt8]?, usesCRLF: Bool = false,
            isMessage: Bool = false
        ) {
            self.id = id
            self.type = type
            self.retry = retry
            self.data = data
            self.usesCRLF = usesCRLF
            self.isMessage = isMessage
        }
    }

    package enum Place: Sendable, Hashable {
        /// The response to the cue itself; with a segment over 0 a connection that took its place later.
        case own(segment: Int)
        /// The stream that another cue opened.
        case stream(cue: Int)
    }

    /// Whether it says something that the client may have been waiting for: a message, or a whole answer.
    package var isSaying: Bool {
        switch what {
        case .event(let event): event.isMessage
        case .respond(let head, _): head.status != 202
        case .open, .close: false
        }
    }

    /// Whether it opens a stream, or says on it what is no message, such as the id that a client may come back with.
    package var isPreparing: Bool {
        switch what {
        case .open: true
        case .event(let event): !event.isMessage
        case .respond, .close: false
        }
    }

    /// Where an act stands: its cue, and its place among the acts of that.
    package struct Spot: Sendable, Hashable {
        package var cue: Int
        package var position: Int

        package init(cue: Int, position: Int) {
            self.cue = cue
            self.position = position
        }
    }

    package var what: What
    package var place: Place
    package var atNs: Int64
    /// The pause before it, from the latest of: the cue, the act before it, what it waited for.
    package var delayNs: Int64 = 0
    /// Questions of the same cue that had been answered before it; it depends on them.
    package var answers: [Int64] = []
    /// The latest cue between the act before it and itself, which may have caused it.
    package var after: Int?
    /// What came just before it upon other cues, on whichever stream: what was said last, and the streams that were
    /// prepared since.
    package var behind: [Spot] = []
    /// The message id of the question, where the act is one.
    package var question: Int64?
}

/// Comments that a server sends on a stream only to keep it alive.
package struct Pulse: Sendable, Hashable {
    package var intervalNs: Int64
    package var comment: String
}
