import WireFormats

/// Messages as events bring them, before anything is made of these.
extension Redactor {
    /// Masks blocks of streams as they come, and bodies when they are whole. Whatever is held back comes before the
    /// event that ends it.
    package mutating func mask(_ events: inout [TrafficEvent]) {
        for index in events.indices {
            guard case .block(let placed) = events[index].what else { return mask(&events, from: index) }
            guard let masked = masked(placed, of: events[index].exchange) else { continue }
            events[index].what = .block(masked)
        }
    }

    private mutating func mask(_ events: inout [TrafficEvent], from start: Int) {
        var passed = Array(events[..<start])
        for event in events[start...] { pass(event, into: &passed) }
        events = passed
    }

    private mutating func pass(_ event: TrafficEvent, into events: inout [TrafficEvent]) {
        let id = event.exchange
        switch event.what {
        case .block(let placed):
            var event = event
            if let masked = masked(placed, of: id) { event.what = .block(masked) }
            return events.append(event)
        case .requestBody(let bytes): return take(bytes, \.request, event, into: &events)
        case .responseBody(let bytes): return take(bytes, \.response, event, into: &events)
        case .requestEncoded(let bytes):
            content.exchanges[id]?.request.takeRaw(bytes)
            return
        case .responseEncoded(let bytes):
            content.exchanges[id]?.response.takeRaw(bytes)
            return
        case .requestHead(let head):
            content.exchanges[id] = HeldExchange()
            content.exchanges[id]?.request.kind = ContentKind(head.fields)
        case .responseHead(let head):
            content.exchanges[id]?.isStream = head.isEventStream
            content.exchanges[id]?.response.kind = ContentKind(head.fields)
        case .requestEnd: release(.clientToServer, event, into: &events)
        case .noted(let note):
            if note.place == .request { content.exchanges[id]?.request.note(note) }
            if note.place == .response { content.exchanges[id]?.response.note(note) }
        case .gap: miss(event)
        case .ended:
            release(.clientToServer, event, into: &events)
            release(.serverToClient, event, into: &events)
            content.torn.removeValue(forKey: id)
        default: break
        }
        events.append(event)
    }

    private mutating func take(
        _ bytes: [UInt8], _ body: WritableKeyPath<HeldExchange, HeldBody>, _ event: TrafficEvent,
        into events: inout [TrafficEvent]
    ) {
        guard let taken = content.exchanges[event.exchange]?[keyPath: body].take(bytes, keys) else { return }
        var event = event
        if let passed = taken.passed {
            event.what = body == \HeldExchange.request ? .requestBody(passed) : .responseBody(passed)
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
