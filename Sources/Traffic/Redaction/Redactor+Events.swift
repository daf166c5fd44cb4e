import WireFormats

/// Messages as events bring them, before anything is made of these.
extension Redactor {
    /// Masks blocks of streams as they come, and bodies when they are whole. Whatever is held back comes before the
    /// event that ends it.
    package mutating func mask(_ events: inout [TrafficEvent]) {
        for index in events.indices where !passes(&events[index]) { return mask(&events, from: index) }
    }

    /// Takes note of what stays in its place, a block masked. False for what may be held back or bring what was.
    private mutating func passes(_ event: inout TrafficEvent) -> Bool {
        switch event.what {
        case .block(let placed):
            if let masked = masked(placed, of: event.exchange) { event.what = .block(masked) }
        case .requestHead(let head):
            var held = HeldExchange()
            held.request.kind = ContentKind(head.fields)
            content.exchanges[event.exchange] = held
        case .responseHead(let head):
            guard let place = content.exchanges.index(forKey: event.exchange) else { return true }
            content.exchanges.values[place].isStream = head.isEventStream
            content.exchanges.values[place].response.kind = ContentKind(head.fields)
        case .opened, .closed, .forwarded, .informational, .chunk, .edited: return true
        default: return passesContent(event)
        }
        return true
    }

    /// Most content has no secret and comes in one piece.
    private mutating func passesContent(_ event: TrafficEvent) -> Bool {
        guard let place = content.exchanges.index(forKey: event.exchange) else { return false }
        switch event.what {
        case .requestBody(let bytes): return content.exchanges.values[place].request.passes(bytes, keys)
        case .responseBody(let bytes): return content.exchanges.values[place].response.passes(bytes, keys)
        case .requestEnd: return content.exchanges.values[place].endRequest()
        case .ended:
            guard content.exchanges.values[place].end() else { return false }
            if !content.torn.isEmpty { content.torn.removeValue(forKey: event.exchange) }
            return true
        default: return false
        }
    }

    private mutating func mask(_ events: inout [TrafficEvent], from start: Int) {
        var coming: [TrafficEvent] = []
        swap(&coming, &content.passing)
        swap(&coming, &events)
        events.append(contentsOf: coming[..<start])
        for event in coming[start...] { pass(event, into: &events) }
        coming.removeAll(keepingCapacity: true)
        swap(&coming, &content.passing)
    }

    private mutating func pass(_ event: TrafficEvent, into events: inout [TrafficEvent]) {
        let id = event.exchange
        switch event.what {
        case .requestBody(let bytes): return take(bytes, isRequest: true, event, into: &events)
        case .responseBody(let bytes): return take(bytes, isRequest: false, event, into: &events)
        case .requestEncoded(let bytes):
            content.exchanges[id]?.request.takeRaw(bytes)
            return
        case .responseEncoded(let bytes):
            content.exchanges[id]?.response.takeRaw(bytes)
            return
        case .requestEnd: release(.clientToServer, event, into: &events)
        case .noted(let note):
            if note.place == .request { content.exchanges[id]?.request.note(note) }
            if note.place == .response { content.exchanges[id]?.response.note(note) }
        case .gap: miss(event)
        case .ended:
            release(.clientToServer, event, into: &events)
            release(.serverToClient, event, into: &events)
            content.torn.removeValue(forKey: id)
        default:
            var event = event
            _ = passes(&event)
            return events.append(event)
        }
        events.append(event)
    }

    private mutating func take(
        _ bytes: [UInt8], isRequest: Bool, _ event: TrafficEvent, into events: inout [TrafficEvent]
    ) {
        guard let place = content.exchanges.index(forKey: event.exchange) else { return }
        let taken =
            isRequest
            ? content.exchanges.values[place].request.take(bytes, keys)
            : content.exchanges.values[place].response.take(bytes, keys)
        var event = event
        if let passed = taken.passed {
            event.what = isRequest ? .requestBody(passed) : .responseBody(passed)
            events.append(event)
        }
        guard taken.missed > 0 else { return }
        event.what = .gap(bytes: taken.missed, reason: Ledger.limitReason)
        events.append(event)
    }

    /// A gap of a connection, or of neither, is one of all that may be concerned.
    private mutating func miss(_ event: TrafficEvent) {
        let concerned = event.exchange != 0 ? [event.exchange] : Array(content.exchanges.keys)
        for id in concerned where content.exchanges[id] != nil {
            if content.exchanges[id]?.requestHasEnded == false { content.exchanges[id]?.request.miss() }
            content.exchanges[id]?.response.miss()
            content.torn[id] = .byGap
        }
    }

    /// Passes on what was held of a body, masked.
    private mutating func release(
        _ direction: Direction, _ event: TrafficEvent, into events: inout [TrafficEvent]
    ) {
        let isRequest = direction == .clientToServer
        guard let held = content.exchanges[event.exchange], !isRequest || !held.requestHasEnded else { return }
        var body = isRequest ? held.request : held.response
        var event = event
        if let rest = body.rest {
            let (text, count) = masked(rest, of: body)
            if count > 0 {
                content.masked(count, in: direction, of: event.exchange)
                body.dropRaw()
            }
            event.what = isRequest ? .requestBody(text) : .responseBody(text)
            events.append(event)
        }
        if let raw = body.keptRaw(keys) {
            event.what = isRequest ? .requestEncoded(raw) : .responseEncoded(raw)
            events.append(event)
            if body.rawExcess > 0, isRequest || !held.isStream {
                event.what = .gap(bytes: body.rawExcess, reason: Ledger.limitReason)
                events.append(event)
            }
        }
        if isRequest {
            content.exchanges[event.exchange]?.request = HeldBody()
            content.exchanges[event.exchange]?.requestHasEnded = true
        } else {
            content.exchanges[event.exchange]?.response = HeldBody()
        }
    }
}
