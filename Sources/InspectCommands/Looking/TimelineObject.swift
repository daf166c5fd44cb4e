import Traffic

/// A timeline as objects for machines, one an entry; `type` says what it is.
enum TimelineObject {
    /// `body`: the text of a message, where it is wanted; not JSON where it is invalid.
    static func object(
        _ entry: TimelineEntry, session: String?, startedNs: Int64, body: [UInt8]? = nil
    ) -> JSONText {
        var members: [JSONText.Member] = [
            .init("type", type(entry.what)), .init("session", session), .init("at", Figures.instant(ns: entry.atNs)),
            .init("at_ns", entry.atNs), .init("offset_ms", Double((entry.atNs - startedNs + 500) / 1000) / 1e3),
            .init("exchange", entry.exchange?.numberInRecording), .init("exchange_id", entry.exchange),
        ]
        members += details(entry.what)
        if case .message(let message) = entry.what, let body {
            let isJSON = message.row.kind != .invalid
            members.append(.init("body", isJSON ? .text(body) : .string(String(decoding: body, as: UTF8.self))))
        }
        return .object(members)
    }

    private static func type(_ what: TimelineEntry.What) -> String {
        switch what {
        case .message: "message"
        case .exchange: "exchange"
        case .streamOpened: "stream_opened"
        case .streamClosed: "stream_closed"
        case .heartbeats: "heartbeats"
        case .event: "event"
        case .edit: "edit"
        case .gap: "gap"
        case .ended: "session_ended"
        }
    }

    private static func details(_ what: TimelineEntry.What) -> [JSONText.Member] {
        switch what {
        case .message(let message): return self.message(message)
        case .exchange(let exchange):
            return [
                .init("method", exchange.method), .init("path", exchange.path),
                .init("status", exchange.status.map { Int64($0) }), .init("reason", exchange.reason),
                .init("excerpt", exchange.excerpt), .init("answered_by_recorder", exchange.ownAnswer),
                .init("ended_by", exchange.endedBy?.rawValue), .init("end_reason", exchange.endReason?.rawValue),
                .init("duration_ms", exchange.durationMs),
            ]
        case .streamOpened(let stream), .streamClosed(let stream):
            return [
                .init("method", stream.method), .init("path", stream.path),
                .init("resumed_from", stream.lastEventID), .init("ended_by", stream.endedBy?.rawValue),
                .init("end_reason", stream.endReason?.rawValue), .init("age_ms", stream.ageMs),
            ]
        case .heartbeats(let beats):
            return [
                .init("kind", beats.kind.rawValue), .init("count", Int64(beats.count)), .init("last_ns", beats.lastNs),
                .init("text", beats.text),
            ]
        case .event(let event):
            return [
                .init("kind", event.kind), .init("event_type", event.type), .init("event_id", event.eventID),
                .init("retry_ms", event.retryMs.map { Int64($0) }), .init("text", event.text),
            ]
        case .edit(let edit):
            return [
                .init("place", edit.place.rawValue), .init("what", edit.what), .init("from", edit.from),
                .init("to", edit.to),
            ]
        case .gap(let bytes, let reason): return [.init("bytes", bytes), .init("reason", reason)]
        case .ended(let reason): return [.init("end_reason", reason.rawValue)]
        }
    }

    private static func message(_ message: TimelineEntry.Message) -> [JSONText.Member] {
        let (row, call) = (message.row, message.call)
        return [
            .init("id", row.id), .init("direction", row.direction.rawValue), .init("kind", row.kind.rawValue),
            .init("method", row.method ?? call?.method), .init("name", row.name ?? call?.name),
            .init("rpc_id", row.rpcID.map { .text(Array($0.utf8)) } ?? .null), .init("error_code", row.errorCode),
            .init("bytes", row.bytes), .init("call_id", row.callID), .init("answers_id", row.answersID),
            .init("duplicate_of", row.duplicateOf), .init("status", call?.status.rawValue),
            .init("reason", call?.reason?.rawValue),
            .init("latency_ms", row.id == call?.responseID ? call?.latencyMs : nil),
            .init("http_status", message.httpStatus.map { Int64($0) }), .init("via", message.via),
            .init("redacted", row.redacted), .init("round", message.round), .init("task_id", call?.taskID),
            .init("asked", message.asked.isEmpty ? .null : .array(message.asked.map { .string($0) })),
        ]
    }
}
