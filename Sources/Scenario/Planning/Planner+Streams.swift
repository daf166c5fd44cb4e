import Traffic
import WireFormats

/// What the client did by opening and closing streams.
extension Planner {
    /// Where the client left a stream and came back to it, with `Last-Event-ID` or to listen anew.
    /// (MCP 2025-11-25 transports, resumability)
    mutating func findCuts(in archive: any TrafficArchive) throws(StoreFailure) {
        guard dialect == .streamable else { return }
        let streams = exchanges.values.filter(\.isStream).sorted { ($0.start, $0.id) < ($1.start, $1.id) }
        let returns = Returns(streams.filter { $0.method == "GET" })
        guard let lastReturn = returns.last else { return }
        var owners: [Int64: Int64] = [:]
        for stream in streams {
            if let call = callsByExchange[stream.id] ?? owners[stream.id] { owners[stream.id] = call }
            guard let end = stream.end, end <= lastReturn, !isAnswered(in: stream, owners[stream.id]) else { continue }
            let events = try archive.streamEvents(ofExchange: stream.id)
            let isListening = owners[stream.id] == nil && stream.method == "GET"
            let resumed = events.lazy.reversed().compactMap { $0.block.block.id.flatMap { returns.resuming($0, end) } }
            guard let back = resumed.first ?? (isListening ? returns.anew(end) : nil) else { continue }
            if let call = owners[stream.id] { owners[back.id] = call }
            guard stream.isLeftByClient else { continue }
            let heard = events.count { $0.block.block.kind == .event }
            drafts.append(Draft(what: .cut(of: owners[stream.id], heard: heard), start: end, end: nil))
        }
    }

    private func isAnswered(in stream: ExchangeFacts, _ call: Int64?) -> Bool {
        guard let call = call.flatMap({ calls[$0] }) else { return false }
        return call.responseExchangeID == stream.id
    }

    /// Without a session a call is taken back by closing its response. (MCP 2026-07-28 basic/utilities/cancellation)
    mutating func findClosedResponses() {
        for place in drafts.indices {
            guard case .call(let draft) = drafts[place].what, !draft.isCancelled,
                let call = calls[draft.id], call.status == .cancelled,
                let exchange = call.exchangeID.flatMap({ exchanges[$0] }), exchange.isLeftByClient,
                let end = exchange.end
            else { continue }
            drafts.append(Draft(what: .cancel(of: draft.id, heard: heard(of: draft.id)), start: end, end: nil))
            endCancelled(place, at: end)
            // Others wait for a listening call until it stands, not until it is closed.
            guard draft.isListening, let opened = exchange.opened else { continue }
            drafts[place].end = opened
        }
    }

    /// Whether the client held a stream of its own to listen on.
    var listens: Bool {
        switch dialect {
        case .httpSSE, .broadcast: true
        case .stateless: false
        case .streamable:
            exchanges.values.contains { $0.method == "GET" && $0.isStream && $0.lastEventID == nil }
        }
    }

    /// When the client began to leave, and whether it deleted its session.
    var leaving: (deletes: Bool, time: Int64) {
        let deletion = exchanges.values.filter { $0.method == "DELETE" }.map(\.start).min()
        if let deletion { return (true, deletion) }
        let last = exchanges.values.compactMap { $0.isLeftByClient && $0.isStream ? $0.end : nil }.max()
        let closed = last ?? recorded.session.row.endedNs ?? 0
        // Ends that lie behind their starts by definition, see HappensBefore.
        let steps = drafts.compactMap { draft in draft.end.map { max($0, draft.start + 1) } }
        return (false, max(closed, steps.max() ?? 0, recorded.messages.last?.row.atNs ?? 0))
    }

    /// The URL of the session's first request: where a proxy stood, the server behind it.
    var target: String? {
        guard let first = recorded.exchanges.first else { return nil }
        let recording = recorded.session.recording
        let path = first.request.target.hasPrefix("/") ? first.request.target : first.request.path
        switch recording.source {
        case .sniffer, .pcap, .imported:
            return first.request.fields.first("host").map { "http://\($0)\(path)" }
        case .proxy, .wrap, .replay, .load, .mock:
            guard let target = recording.target, let scheme = target.range(of: "://") else { return recording.target }
            return target[..<scheme.upperBound] + target[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" } + path
        }
    }
}

/// The streams that a client opened by GET, in the order of their starts.
private struct Returns {
    let last: Int64?
    private var resuming: [String: [ExchangeFacts]] = [:]
    private var anew: [ExchangeFacts] = []

    init(_ streams: [ExchangeFacts]) {
        last = streams.last?.start
        for stream in streams {
            if let id = stream.lastEventID { resuming[id, default: []].append(stream) } else { anew.append(stream) }
        }
    }

    /// The first from a time on that goes on behind an event.
    func resuming(_ event: String, _ time: Int64) -> ExchangeFacts? { resuming[event]?.first { $0.start >= time } }

    /// The first from a time on that begins anew.
    func anew(_ time: Int64) -> ExchangeFacts? {
        var (low, high) = (0, anew.count)
        while low < high {
            let middle = (low + high) / 2
            if anew[middle].start < time { low = middle + 1 } else { high = middle }
        }
        return low < anew.count ? anew[low] : nil
    }
}

extension String {
    /// Foundation stays out of pure targets.
    fileprivate func range(of needle: String) -> Range<Index>? { ranges(of: needle).first }
}
