import MCPTransports
import Scenario
import Synchronization
import WireFormats

/// A stream of a mock server as its client sees it: it outlives the connection that carries it, and a client that comes
/// back with the id of an event gets what followed. Events that nobody could take so far wait for the next connection.
final class MockStream: Sendable {
    private struct Entry: Sendable {
        let id: String?
        let bytes: [UInt8]
        var isSent: Bool
    }

    private struct State: Sendable {
        var carriers: [HTTPExchange] = []
        var entries: [Entry] = []
        var number = 0
        var pulse: Task<Void, Never>?
    }

    private static let limit = 1024

    /// The cue that opened it, whose how manieth connection carries it is ``Watched``.
    let cue: Int
    /// What the request that opened it calls things, where it is a subscription.
    let names: LiveNames
    /// Whether further connections listen beside the first instead of taking its place.
    private let isShared: Bool
    private let prefix: String
    private let state = Mutex(State())

    init(cue: Int, prefix: String, isShared: Bool, names: LiveNames = LiveNames()) {
        self.cue = cue
        self.prefix = prefix
        self.isShared = isShared
        self.names = names
    }

    /// A connection carries it from now on: it gets what followed the event that it names, or what nobody took.
    func attach(_ exchange: HTTPExchange, head: HTTPResponse, after id: String? = nil, pulse: Pulse?) {
        let former = state.withLock { state in
            let former = isShared ? [] : state.carriers
            if !isShared { state.carriers = [] }
            state.carriers.append(exchange)
            exchange.openStream(head: head)
            let start = id.flatMap { id in state.entries.firstIndex { $0.id == id } }.map { $0 + 1 }
            for index in state.entries.indices {
                let isMissed = start.map { index >= $0 } ?? !state.entries[index].isSent
                if isMissed { exchange.send(state.entries[index].bytes) }
                state.entries[index].isSent = true
            }
            if state.pulse == nil, let pulse { state.pulse = beat(pulse) }
            return former
        }
        for exchange in former { exchange.finishStream() }
        exchange.onClose { [weak self] in self?.leave(exchange) }
    }

    /// Whether an event of this id was sent on it.
    func holds(_ id: String) -> Bool {
        state.withLock { state in state.entries.contains { $0.id == id } }
    }

    var isCarried: Bool { state.withLock { !$0.carriers.isEmpty } }

    /// Sends an event, under an id of its own where the recorded one had an id.
    func send(_ event: Act.Event) {
        state.withLock { state in
            var event = event
            if let id = event.id {
                state.number += 1
                event.id = MockID.isLong(id) ? MockID.make(like: id) : "\(prefix)-\(cue)-\(state.number)"
            }
            let bytes = event.encoded()
            for carrier in state.carriers { carrier.send(bytes) }
            state.entries.append(Entry(id: event.id, bytes: bytes, isSent: !state.carriers.isEmpty))
            if state.entries.count > Self.limit { state.entries.removeFirst() }
        }
    }

    /// Sends the beginning of an event and closes the connections that carry it.
    func sendTorn(_ event: Act.Event) {
        let bytes = event.encoded()
        state.withLock { state in
            for carrier in state.carriers { carrier.send(Array(bytes.prefix(bytes.count / 2))) }
        }
        close(isAbrupt: true)
    }

    /// Ends the connections that carry it.
    func close(isAbrupt: Bool) {
        let carriers = state.withLock { state in
            defer { state.carriers = [] }
            state.pulse?.cancel()
            state.pulse = nil
            return state.carriers
        }
        for carrier in carriers {
            if isAbrupt { carrier.abort() } else { carrier.finishStream() }
        }
    }

    private func leave(_ exchange: HTTPExchange) {
        state.withLock { state in
            state.carriers.removeAll { $0 === exchange }
            if state.carriers.isEmpty {
                state.pulse?.cancel()
                state.pulse = nil
            }
        }
    }

    private func beat(_ pulse: Pulse) -> Task<Void, Never> {
        var bytes: [UInt8] = []
        EventStreamEncoder().encode(comment: pulse.comment, into: &bytes)
        let comment = bytes
        return Task { [weak self] in
            while (try? await Task.sleep(for: .nanoseconds(pulse.intervalNs))) != nil {
                guard let self else { return }
                state.withLock { state in
                    for carrier in state.carriers { carrier.send(comment) }
                }
            }
        }
    }
}

extension Act.Event {
    /// The bytes of the event with its blank line.
    func encoded() -> [UInt8] {
        if let layout,
            let rebuilt = BlockLayout.rebuild(layout, type: type, id: id, retry: retry, data: data)
        {
            return rebuilt
        }
        var bytes: [UInt8] = []
        let encoder = EventStreamEncoder(lineEnd: usesCRLF ? .crlf : .lf)
        // A type with a line end was never received.
        if let data {
            try? encoder.encode(type: type, id: id, retry: retry, data: data.span.bytes, into: &bytes)
        } else {
            try? encoder.encode(type: type, id: id, retry: retry, data: nil, into: &bytes)
        }
        return bytes
    }
}
