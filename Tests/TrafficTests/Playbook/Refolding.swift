import Traffic
import WireFormats

extension Rows {
    /// The observed rows as events again, in the order of their times.
    func events() -> [TrafficEvent] {
        var events: [TrafficEvent] = []
        for row in connections.values {
            let opening = ConnectionOpening(leg: row.leg, client: row.client, server: row.server)
            events.append(TrafficEvent(at: row.openedNs, connection: row.id, .opened(opening)))
            if let at = row.closedNs, let by = row.closedBy, let reason = row.closeReason {
                events.append(TrafficEvent(at: at, connection: row.id, .closed(by: by, reason: reason)))
            }
        }
        for row in exchanges.values { events += Self.events(of: row) }
        for row in streamEvents {
            let connection = exchanges[row.exchangeID]?.connectionID ?? 0
            events.append(
                TrafficEvent(at: row.endNs, connection: connection, exchange: row.exchangeID, .block(row.block)))
        }
        for row in gaps {
            let what = TrafficEvent.What.gap(bytes: row.bytes, reason: row.reason)
            let connection = row.connectionID ?? row.recordingID << 32
            events.append(TrafficEvent(at: row.atNs, connection: connection, exchange: row.exchangeID ?? 0, what))
        }
        // Stable for the parts of one exchange that share a time, as the rows keep only one for them.
        return events.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    private static func events(of row: ExchangeRow) -> [TrafficEvent] {
        var events: [TrafficEvent] = []
        func add(_ at: Int64, _ what: TrafficEvent.What) {
            events.append(TrafficEvent(at: at, connection: row.connectionID, exchange: row.id, what))
        }
        add(row.requestStartNs, .requestHead(row.request))
        for edit in row.edits { add(row.requestStartNs, .edited(edit)) }
        if let at = row.requestEndNs {
            if let body = row.requestBody { add(at, .requestBody(body)) }
            for note in row.notes where note.place == .request { add(at, .noted(note)) }
            add(at, .requestEnd(trailers: []))
        }
        if let at = row.responseStartNs, let head = row.response { add(at, .responseHead(head)) }
        if let at = row.responseEndNs, let by = row.endedBy, let reason = row.endReason {
            if let body = row.responseBody { add(at, .responseBody(body)) }
            for note in row.notes where note.place == .response { add(at, .noted(note)) }
            add(at, .ended(by: by, reason: reason, trailers: row.trailers))
        }
        return events
    }

    /// What the fold makes of the rows.
    func refolded(name: String? = nil, endNs: Int64?) -> Rows {
        var fold = Fold(recordingID: 7, name: name)
        for event in events() { fold.apply(event) }
        if let endNs { fold.finish(at: endNs) }
        var batch = RowBatch()
        fold.drain(into: &batch)
        var rows = Rows()
        rows.take(batch)
        return rows
    }
}
