import WireFormats

/// Response content: blocks of a stream, and bodies.
extension Fold {
    mutating func read(_ placed: StreamBlock, _ event: TrafficEvent) {
        guard let index = exchanges.index(forKey: event.exchange) else { return }
        let block = placed.block
        guard block.kind != .partial else { return }
        if let id = block.id, !id.isEmpty { exchanges.values[index].sawEventID = true }
        guard let data = block.data else { return }
        firstEvent(event.exchange, at: placed.firstByteAt)
        guard block.kind == .event else { return }
        let isFirst = !exchanges.values[index].sawEvent
        exchanges.values[index].sawEvent = true
        if isFirst, block.type == "endpoint", exchanges.values[index].announcesEndpoints {
            return openHTTPSSE(event.exchange, endpoint: String(decoding: data, as: UTF8.self), at: event.at)
        }
        let scanned = MessageScan.messages(in: data)
        let isMessage = scanned.contains { $0.kind != .invalid }
        guard isMessage || block.type == nil || block.type == "message" else { return }
        if exchanges.values[index].session == nil, !placeNearby(event.exchange, at: event.at) {
            // A stream of something else is none of ours.
            guard isMessage else { return }
            if !placeBroadcast(event.exchange, at: event.at) {
                assign(event.exchange, to: unnamedSession(for: event.exchange, at: event.at), at: event.at)
            }
        }
        for message in scanned {
            take(
                message, direction: .serverToClient, exchange: event.exchange, at: placed.firstByteAt, end: event.at,
                body: .streamEvent, streamEvent: placed.id)
        }
    }

    /// The first event of a POST's own stream counts for the calls that are due on it, be its data empty.
    private mutating func firstEvent(_ id: Int64, at: Int64) {
        guard let index = exchanges.index(forKey: id), !exchanges.values[index].hasFirstEvent else { return }
        exchanges.values[index].hasFirstEvent = true
        for call in exchanges.values[index].due.ids {
            guard let row = calls[call]?.row, row.firstEventMs == nil else { continue }
            calls[call]?.row.firstEventMs = Self.milliseconds(from: row.sentNs, to: at)
            dirtyCalls.insert(call)
        }
    }

    /// `isWhole`: the content came to its end, so what is no message is an invalid one.
    mutating func readResponseBody(_ event: TrafficEvent, isWhole: Bool) {
        guard let index = exchanges.index(forKey: event.exchange) else { return }
        let body = exchanges.values[index].responseBody
        exchanges.values[index].responseBody = []
        let exchange = exchanges.values[index]
        guard let response = exchange.response, response.isJSON, response.isReadable, !body.isEmpty else { return }
        let scanned = MessageScan.messages(in: body)
        let mustBeMessage = exchange.carriesMessages && response.isSuccess && isWhole && !exchange.sawGap
        guard mustBeMessage || scanned.contains(where: { $0.kind != .invalid }) else { return }
        for message in scanned {
            take(
                message, direction: .serverToClient, exchange: event.exchange, at: response.startedNs, end: event.at,
                body: .responseBody)
        }
        if response.isSuccess, scanned.contains(where: { $0.kind == .response }) {
            weighBroadcast(event.exchange, at: event.at)
        }
    }
}

extension FoldExchange {
    /// Whether an `endpoint` event may open an HTTP+SSE session on it.
    var announcesEndpoints: Bool { request.method == "GET" && request.headerID == nil && (session == nil || isGuess) }
}
