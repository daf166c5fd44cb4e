import Conversation

/// What was seen of event streams and of what came on them.
package struct StreamFigures: Sendable, Equatable {
    /// Streams that carry what the server says of itself; in `http+sse` and `broadcast` everything it says.
    package var opened = 0
    package var open = 0
    /// Ended although nothing was to end them, by who did it.
    package var closed = 0
    package var reset = 0
    /// Of those: no call was waiting.
    package var lostIdle = 0
    package var stalled = 0
    package var reconnections = 0
    /// From the request to the first byte of the stream, and to the `endpoint` event.
    package var firstByte = Histogram()
    package var endpoint = Histogram()
    /// By `HeartbeatKind.rawValue`.
    package var heartbeats = Array(repeating: HeartbeatFigures(), count: HeartbeatKind.allCases.count)
    package var notifications = 0
    /// Of those: progress.
    package var progress = 0
    /// What the server asked.
    package var requests = 0

    mutating func merge(_ other: StreamFigures) {
        opened += other.opened
        open += other.open
        closed += other.closed
        reset += other.reset
        lostIdle += other.lostIdle
        stalled += other.stalled
        reconnections += other.reconnections
        firstByte.merge(other.firstByte)
        endpoint.merge(other.endpoint)
        for index in heartbeats.indices { heartbeats[index].merge(other.heartbeats[index]) }
        notifications += other.notifications
        progress += other.progress
        requests += other.requests
    }
}

/// Heartbeats of one kind.
package struct HeartbeatFigures: Sendable, Equatable {
    package var count = 0
    /// The silence before each.
    package var gap = Histogram()

    package init() {}

    mutating func merge(_ other: HeartbeatFigures) {
        count += other.count
        gap.merge(other.gap)
    }
}
