/// The newest events of a session, so that a client that lost a connection gets what it missed.
///
/// An id is `<stream>_<sequence>`: the sequence counts all events of the session, so ids are unique in it, and the stream
/// says where to go on (MCP 2025-11-25 transports, resumability). Pure and bounded.
struct EventStore: Sendable {
    private struct Entry: Sendable {
        let stream: Int
        let sequence: Int
        let event: OutboundEvent
    }

    let retention: EventRetention
    private var entries: [Entry] = []
    private var bytes = 0
    private var lastSequence = 0
    /// Per stream, the newest event that had to go.
    private var forgotten: [Int: Int] = [:]
    /// Per stream, how many of its events are kept; streams without any are left out.
    private var kept: [Int: Int] = [:]
    /// Streams whose last kept event had to go.
    private var emptied: [Int] = []

    init(retention: EventRetention) {
        self.retention = retention
    }

    /// Gives the event its id and keeps it.
    mutating func append(_ event: OutboundEvent, stream: Int) -> OutboundEvent {
        lastSequence += 1
        var event = event
        event.id = "\(stream)_\(lastSequence)"
        entries.append(Entry(stream: stream, sequence: lastSequence, event: event))
        bytes += event.data?.count ?? 0
        kept[stream, default: 0] += 1
        trim()
        return event
    }

    /// Whether any event of the stream is still kept.
    func holds(stream: Int) -> Bool {
        kept[stream] != nil
    }

    /// The streams that lost their last kept event since the last call.
    mutating func takeEmptied() -> [Int] {
        defer { emptied = [] }
        return emptied.filter { kept[$0] == nil }
    }

    /// Drops what is known of a stream whose events are all gone.
    mutating func forget(stream: Int) {
        forgotten[stream] = nil
    }

    /// The stream an id belongs to and the events that followed it there.
    ///
    /// - Throws: invalid request for an id that was never given out or whose successors are no longer all kept.
    func resume(after id: String) throws(MCPError) -> (stream: Int, events: [OutboundEvent]) {
        let parts = id.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 2, let stream = Int(parts[0]), let sequence = Int(parts[1]) else {
            throw .invalidRequest("Invalid event id in Last-Event-ID")
        }
        let isKnown =
            forgotten[stream] == sequence || entries.contains { $0.stream == stream && $0.sequence == sequence }
        guard isKnown else {
            throw .invalidRequest("The event in Last-Event-ID is unknown, or too old to resume after it")
        }
        return (stream, entries.filter { $0.stream == stream && $0.sequence > sequence }.map(\.event))
    }

    private mutating func trim() {
        var excess = 0
        while entries.count - excess > 1, entries.count - excess > retention.events || bytes > retention.bytes {
            let entry = entries[excess]
            bytes -= entry.event.data?.count ?? 0
            forgotten[entry.stream] = entry.sequence
            forgetOne(of: entry.stream)
            excess += 1
        }
        if excess > 0 { entries.removeFirst(excess) }
    }

    private mutating func forgetOne(of stream: Int) {
        let left = (kept[stream] ?? 1) - 1
        kept[stream] = left == 0 ? nil : left
        if left == 0 { emptied.append(stream) }
    }
}
