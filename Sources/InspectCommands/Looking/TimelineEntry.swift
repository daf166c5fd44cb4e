import Traffic

/// One line of a session's timeline.
struct TimelineEntry: Sendable, Hashable {
    var atNs: Int64
    /// The exchange that it was seen in; row id.
    var exchange: Int64?
    var what: What

    /// Boxed: entries are passed around, and are large.
    indirect enum What: Sendable, Hashable {
        case message(Message)
        /// An exchange that is told on its own: it carried no message, or it went wrong.
        case exchange(Exchange)
        case streamOpened(Stream)
        case streamClosed(Stream)
        case heartbeats(Heartbeats)
        /// A block of a stream that carries no message.
        case event(Event)
        /// What the recorder changed on the way.
        case edit(Edit)
        case gap(bytes: Int64, reason: String)
        case ended(SessionRow.EndReason)
    }

    struct Message: Sendable, Hashable {
        var row: MessageRow
        /// The call that it makes or answers.
        var call: CallRow?
        /// Set where it came in another exchange than the one it was due in: method and path of that one.
        var via: String?
        /// HTTP status of the exchange that it came in.
        var httpStatus: Int?
        /// Which round of its call it belongs to, where that has several.
        var round: Int64?
        /// What the server wants to know before it answers, `elicitation/create "name"`.
        var asked: [String] = []
        /// It was said to all listeners.
        var isBroadcast = false
    }

    struct Exchange: Sendable, Hashable {
        var method: String
        var path: String
        var status: Int?
        var reason: String
        /// The beginning of what the response said.
        var excerpt: String?
        /// The recorder answered by itself, and why.
        var ownAnswer: String?
        var endedBy: Peer?
        var endReason: EndReason?
        var durationMs: Double?

        var isError: Bool { status.map { $0 >= 400 } ?? true }
    }

    struct Stream: Sendable, Hashable {
        var method: String
        var path: String
        var lastEventID: String?
        var endedBy: Peer?
        var endReason: EndReason?
        var ageMs: Double?
    }

    struct Heartbeats: Sendable, Hashable {
        enum Kind: String, Sendable, Hashable {
            case comment, empty, event
            /// A JSON-RPC ping that was answered.
            case ping

            init(_ heartbeat: Heartbeat) {
                self =
                    switch heartbeat {
                    case .comment: .comment
                    case .empty: .empty
                    case .event: .event
                    }
            }
        }
        var kind: Kind
        var count: Int
        var lastNs: Int64
        /// What the last of them said.
        var text: String?
    }

    struct Event: Sendable, Hashable {
        var kind: String
        var type: String?
        var eventID: String?
        var retryMs: Int?
        var text: String?
    }
}

extension Int64 {
    /// The number of a row within its recording, which is the lower half of its id.
    var numberInRecording: Int64 { self & 0xFFFF_FFFF }
}
