import Traffic
import WireFormats

/// A session in the order in which it happened, made of its rows.
struct Timeline: Sendable {
    let session: SessionTraffic
    let entries: [TimelineEntry]

    /// `everything`: each heartbeat, every stream and every edit, also what belongs to the ordinary course of things.
    /// `joinsPings`: the server's pings that were answered count as heartbeats, and their answers go without saying.
    init(_ traffic: SessionTraffic, everything: Bool = false, joinsPings: Bool = true) {
        session = traffic
        var exchanges: [Int64: ExchangeRow] = [:]
        for row in traffic.exchanges { exchanges[row.id] = row }
        var calls: [Int64: CallRow] = [:]
        for row in traffic.calls { calls[row.id] = row }
        var found = traffic.messages.map { Self.message($0, calls, exchanges) }
        if joinsPings, !everything { found = found.compactMap(Self.ping) }
        found += Self.exchanges(traffic, everything)
        found += traffic.gaps.map {
            TimelineEntry(atNs: $0.atNs, exchange: $0.exchangeID, what: .gap(bytes: $0.bytes, reason: $0.reason))
        }
        if let ended = traffic.session.row.endedNs, let reason = traffic.session.row.endReason {
            found.append(TimelineEntry(atNs: ended, what: .ended(reason)))
        }
        found += traffic.blocks.map(Self.block)
        // Stable: what has the same time and place stays in the order above.
        let sorted = found.enumerated().sorted {
            ($0.element.atNs, $0.element.what.place, $0.offset) < ($1.element.atNs, $1.element.what.place, $1.offset)
        }
        entries = Self.collapsed(sorted.map(\.element), everything)
    }

    // MARK: Messages

    static func message(
        _ row: MessageRow, _ calls: [Int64: CallRow], _ exchanges: [Int64: ExchangeRow]
    ) -> TimelineEntry {
        let call = row.callID.flatMap { calls[$0] }
        let exchange = row.exchangeID.flatMap { exchanges[$0] }
        var message = TimelineEntry.Message(row: row, call: call, httpStatus: exchange?.response?.status)
        let isDueHere = call.map { $0.exchangeID == row.exchangeID || $0.direction == .serverToClient } ?? false
        if row.direction == .serverToClient, let exchange, !isDueHere || exchange.request.method == "GET" {
            message.via = exchange.request.method == "POST" && call == nil ? nil : exchange.title
        }
        return TimelineEntry(atNs: row.atNs, exchange: row.exchangeID, what: .message(message))
    }

    /// A heartbeat for a server's ping, nothing for its answer, everything else as it is.
    private static func ping(_ entry: TimelineEntry) -> TimelineEntry? {
        guard case .message(let message) = entry.what, let call = message.call, call.direction == .serverToClient,
            call.method == "ping", call.status == .ok
        else { return entry }
        guard message.row.kind == .request else { return nil }
        var entry = entry
        entry.what = .heartbeats(.init(kind: .ping, count: 1, lastNs: entry.atNs))
        return entry
    }

    // MARK: Exchanges and streams

    private static func exchanges(_ traffic: SessionTraffic, _ everything: Bool) -> [TimelineEntry] {
        /// Calls that the own response did not answer.
        var missing: Set<Int64> = []
        for call in traffic.calls where call.direction == .clientToServer {
            if let exchange = call.exchangeID, call.responseExchangeID != exchange { missing.insert(exchange) }
        }
        let carriers = Set(traffic.messages.compactMap(\.exchangeID))
        var found: [TimelineEntry] = []
        for row in traffic.exchanges {
            if row.isStream {
                found += stream(row, isOwn: row.request.method != "GET", missing.contains(row.id), everything)
            } else if row.isWorthTelling || everything || !carriers.contains(row.id) {
                found.append(TimelineEntry(atNs: row.shownNs, exchange: row.id, what: .exchange(row.told)))
            }
            for edit in row.edits where edit.what != "answer" && (everything || !edit.isRoutine) {
                found.append(
                    TimelineEntry(atNs: row.responseStartNs ?? row.requestStartNs, exchange: row.id, what: .edit(edit)))
            }
        }
        return found
    }

    /// A POST's own stream that brought the answers which were due on it goes without saying.
    static func stream(
        _ row: ExchangeRow, isOwn: Bool, _ lacksAnswers: Bool, _ everything: Bool
    ) -> [TimelineEntry] {
        let opened = row.responseStartNs ?? row.requestStartNs
        var stream = TimelineEntry.Stream(
            method: row.request.method, path: row.request.path, lastEventID: row.lastEventID)
        var found: [TimelineEntry] = []
        if !isOwn || everything { found.append(.init(atNs: opened, exchange: row.id, what: .streamOpened(stream))) }
        guard let closed = row.responseEndNs, !isOwn || everything || lacksAnswers || row.endReason == .rst else {
            return found
        }
        stream.endedBy = row.endedBy
        stream.endReason = row.endReason
        stream.ageMs = Double(closed - opened) / 1e6
        found.append(.init(atNs: closed, exchange: row.id, what: .streamClosed(stream)))
        return found
    }

    // MARK: Blocks without messages

    static func block(_ row: StreamEventRow) -> TimelineEntry {
        let block = row.block.block
        let entry: TimelineEntry.What
        if let kind = heartbeat(block) {
            let text = (kind == .comment ? block.comment : block.data).map { excerpt($0) }
            entry = .heartbeats(.init(kind: kind, count: 1, lastNs: row.block.firstByteAt, text: text))
        } else {
            entry = .event(
                .init(
                    kind: block.kind.rawValue, type: block.type, eventID: block.id, retryMs: block.retry,
                    text: block.data.flatMap { $0.isEmpty ? nil : excerpt($0) }))
        }
        return TimelineEntry(atNs: row.block.firstByteAt, exchange: row.exchangeID, what: entry)
    }

    /// What a server sends only to keep a stream alive. An empty block that gives an id is a place to resume from.
    private static func heartbeat(_ block: ServerSentBlock) -> TimelineEntry.Heartbeats.Kind? {
        switch block.kind {
        case .comment: .comment
        case .empty: (block.id ?? "").isEmpty ? .empty : nil
        case .event: block.type.map { heartbeatTypes.contains($0.lowercased()) } == true ? .event : nil
        case .retry, .partial: nil
        }
    }

    private static let heartbeatTypes: Set = [
        "ping", "pong", "keepalive", "keep-alive", "keep_alive", "heartbeat", "heart-beat", "noop",
    ]

    /// Joins heartbeats of one kind on one stream until that stream says something else.
    private static func collapsed(_ entries: [TimelineEntry], _ everything: Bool) -> [TimelineEntry] {
        guard !everything else { return entries }
        var found: [TimelineEntry] = []
        /// Place of the run that each stream is in.
        var runs: [Int64: Int] = [:]
        for entry in entries {
            guard let exchange = entry.exchange else {
                found.append(entry)
                continue
            }
            if case .heartbeats(let beat) = entry.what {
                if let place = runs[exchange], case .heartbeats(var run) = found[place].what, run.kind == beat.kind {
                    run.count += 1
                    run.lastNs = beat.lastNs
                    run.text = beat.text
                    found[place].what = .heartbeats(run)
                    continue
                }
                runs[exchange] = found.count
            } else {
                runs[exchange] = nil
            }
            found.append(entry)
        }
        return found
    }

    static func excerpt(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix(SessionTraffic.excerpt), as: UTF8.self)
    }
}

extension TimelineEntry.What {
    /// Among what has the same time: a stream opens before it says anything, and closes after.
    fileprivate var place: Int {
        switch self {
        case .streamOpened: 0
        case .message, .heartbeats, .event, .gap, .edit: 1
        case .exchange: 2
        case .streamClosed: 3
        case .ended: 4
        }
    }
}

extension ExchangeRow {
    /// `GET /sse`
    var title: String { "\(request.method) \(request.path)" }

    var shownNs: Int64 { responseStartNs ?? responseEndNs ?? requestStartNs }

    /// Whether it went wrong.
    var isWorthTelling: Bool {
        guard let status = response?.status else { return responseEndNs != nil }
        return status >= 400 || edits.contains { $0.what == "answer" }
    }

    var told: TimelineEntry.Exchange {
        TimelineEntry.Exchange(
            method: request.method, path: request.path, status: response?.status, reason: response?.reason ?? "",
            excerpt: responseBody.flatMap { $0.isEmpty ? nil : Timeline.excerpt($0) },
            ownAnswer: edits.first { $0.what == "answer" }?.to, endedBy: endedBy, endReason: endReason,
            durationMs: responseEndNs.map { Double($0 - requestStartNs) / 1e6 })
    }
}

extension Edit {
    /// What a proxy changes on every exchange: the host and what is meant for one hop. (RFC 9110 §7.6.1)
    var isRoutine: Bool {
        switch what {
        case "host", "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
            "content-length", "via", "expect":
            true
        default: false
        }
    }
}
