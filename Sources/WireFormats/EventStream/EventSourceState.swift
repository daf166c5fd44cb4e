/// What an event source knows across blocks and connections: the last event id and the reconnection time.
/// (WHATWG HTML §9.2.6)
package struct EventSourceState: Sendable, Equatable {
    /// An event as a listener gets it.
    package struct Event: Sendable, Hashable {
        /// `message` where the block names none.
        package var type: String
        /// The data lines joined by LF; bytes that are not UTF-8 are replaced by U+FFFD.
        package var data: String
        /// The last event id at the time of the event, which an earlier block may have set.
        package var lastEventID: String

        package init(type: String = "message", data: String, lastEventID: String = "") {
            self.type = type
            self.data = data
            self.lastEventID = lastEventID
        }
    }

    /// What to send as `Last-Event-ID` on reconnection; "" stands for none, then the header is left out.
    package private(set) var lastEventID: String
    /// Milliseconds to wait before a reconnection, or nil while no `retry` has come and the choice is the client's.
    package private(set) var reconnectionTime: Int?

    package init(lastEventID: String = "", reconnectionTime: Int? = nil) {
        self.lastEventID = lastEventID
        self.reconnectionTime = reconnectionTime
    }

    /// Takes the next block and returns the event it dispatches.
    ///
    /// A blank line commits the id even where no event follows. The stream's end does not: a `partial` block sets the
    /// reconnection time, which counts from the end of its line, and nothing else. The last event id lives on over
    /// connections, so one state serves all connections of a source.
    package mutating func receive(_ block: ServerSentBlock) -> Event? {
        if let retry = block.retry { reconnectionTime = retry }
        guard block.kind != .partial else { return nil }
        if let id = block.id { lastEventID = id }
        guard let data = block.data else { return nil }
        return Event(
            type: block.type ?? "message", data: String(decoding: data, as: UTF8.self), lastEventID: lastEventID)
    }
}
