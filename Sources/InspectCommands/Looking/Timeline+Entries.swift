import Traffic
import TrafficStore
import WireFormats

/// What one row becomes in a timeline.
extension Timeline {
    static func message(
        _ row: MessageRow, _ calls: [Int64: CallRow], _ exchanges: [Int64: ExchangeRow], round: Int64? = nil,
        asked: [String] = []
    ) -> TimelineEntry {
        let call = row.callID.flatMap { calls[$0] }
        let exchange = row.exchangeID.flatMap { exchanges[$0] }
        var message = TimelineEntry.Message(row: row, call: call, httpStatus: exchange?.response?.status)
        message.round = round
        message.asked = asked
        message.isBroadcast = exchange?.attribution?.dialect == .broadcast
        let isDueHere =
            round != nil || exchange?.attribution?.dialect == .stateless
            || call.map { $0.exchangeID == row.exchangeID || $0.direction == .serverToClient } ?? false
        if row.direction == .serverToClient, let exchange, !isDueHere || exchange.request.method == "GET" {
            message.via = exchange.request.method == "POST" && call == nil ? nil : exchange.title
        }
        return TimelineEntry(atNs: row.atNs, exchange: row.exchangeID, what: .message(message))
    }

    /// What is told of an exchange, and of what the recorder changed in it.
    static func exchange(_ sketch: CaptureReader.ExchangeSketch, everything: Bool) -> [TimelineEntry] {
        let row = sketch.row
        var found: [TimelineEntry] = []
        if row.isStream {
            let isOwn = row.request.method != "GET" && !sketch.isListening
            found = stream(row, isOwn: isOwn, sketch.lacksAnswers, everything)
        } else if row.isWorthTelling && !row.agrees(withError: sketch.errorCode) || everything
            || !sketch.carriesMessages
        {
            found = [TimelineEntry(atNs: row.shownNs, exchange: row.id, what: .exchange(row.told))]
        }
        for edit in row.edits where edit.what != "answer" && (everything || !edit.isRoutine) {
            found.append(
                TimelineEntry(atNs: row.responseStartNs ?? row.requestStartNs, exchange: row.id, what: .edit(edit)))
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

    static func block(_ row: StreamEventRow) -> TimelineEntry {
        let block = row.block.block
        let entry: TimelineEntry.What
        if let kind = block.heartbeat {
            let text = (kind == .comment ? block.comment : block.data).map { excerpt($0) }
            entry = .heartbeats(.init(kind: .init(kind), count: 1, lastNs: row.block.firstByteAt, text: text))
        } else {
            entry = .event(
                .init(
                    kind: block.kind.rawValue, type: block.type, eventID: block.id, retryMs: block.retry,
                    text: block.data.flatMap { $0.isEmpty ? nil : excerpt($0) }))
        }
        return TimelineEntry(atNs: row.block.firstByteAt, exchange: row.exchangeID, what: entry)
    }

    static func excerpt(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix(CaptureReader.excerpt), as: UTF8.self)
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

    /// Whether the status says no more than the JSON-RPC error beside it, as it must without sessions.
    /// (MCP 2026-07-28 streamable-http)
    func agrees(withError code: Int64?) -> Bool {
        guard let code, attribution?.dialect == .stateless else { return false }
        switch response?.status {
        case 404: return code == -32601
        case 400: return [-32700, -32600, -32602, -32020, -32021, -32022].contains(code)
        default: return false
        }
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
