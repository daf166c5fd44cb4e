import WireFormats

/// An HTTP exchange, and the event stream that its response is; a stream that was cut stays here while it waits to go on.
struct Exchange {
    enum Role: UInt8 {
        /// A POST with a request.
        case request
        /// A POST with a notification or an answer.
        case message
        /// The stream for what the server says of itself: GET, or `subscriptions/listen`.
        case listening
        /// A GET that goes on with the stream of a POST.
        case resumption
        case deletion
    }

    enum Phase: UInt8 {
        /// On the wire, no head so far.
        case begun
        /// On the wire, with a body of JSON, of events, or of no interest.
        case json, events, ignored
        /// Not on the wire: `deadline` says when it will be.
        case waiting
    }

    struct Flags: OptionSet {
        let rawValue: UInt16
        /// It had a heartbeat.
        static let isAlive = Flags(rawValue: 1)
        /// Its call has its answer, so its end is expected.
        static let isAnswered = Flags(rawValue: 2)
        /// Something came on it since it was last opened.
        static let hasBytes = Flags(rawValue: 4)
        /// Another listening stream takes its place as soon as that one stands.
        static let isSuperseded = Flags(rawValue: 8)
        /// A POST of `initialized`: what waits for the conversation to open waits for it.
        static let opens = Flags(rawValue: 16)
        /// Its stream stood in this session.
        static let wasOpen = Flags(rawValue: 32)
        /// Its request named a session.
        static let hasSession = Flags(rawValue: 64)
        /// Its driver knows it no more: it ended, or was told to end.
        static let isOver = Flags(rawValue: 128)
        /// The server said what it will tell of (MCP 2026-07-28 basic/patterns/subscriptions).
        static let isAcknowledged = Flags(rawValue: 256)
    }

    var number: UInt32
    var role: Role
    var phase = Phase.begun
    var flags: Flags = []
    /// Which of the conversation's sessions it belongs to.
    var session: UInt8 = 0
    var status: UInt16 = 0
    /// How many attempts in a row failed.
    var attempts: UInt16 = 0
    /// The call that it carries, 0 for none.
    var call: UInt32 = 0
    /// Milliseconds the server wants to pass before a reconnection, -1 when it did not say.
    var retry: Int32 = -1
    /// When something must have happened, or will be done; `.max` for never.
    var deadline = Int64.max
    /// When the last byte came, or the request was made.
    var lastByte: Int64
    /// The longest silence before or within the block that comes.
    var gap: Int64 = 0
    var parser: EventStreamParser
    /// What has come of a JSON body.
    var body: [UInt8] = []
    /// The last event id of its stream.
    var lastEventID: [UInt8] = []

    init(number: UInt32, role: Role, call: UInt32 = 0, at now: Int64, limit: Int) {
        self.number = number
        self.role = role
        self.call = call
        lastByte = now
        parser = EventStreamParser(blockLimit: limit)
    }

    var isOnWire: Bool { phase != .waiting }
}
