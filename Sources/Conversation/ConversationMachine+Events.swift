import WireFormats

/// Event streams, block by block.
extension ConversationMachine {
    /// A block, as far as the machine looks at it.
    private struct Event {
        enum Kind { case message, endpoint, heartbeat(HeartbeatKind), silent }
        var kind = Kind.silent
        var data = ByteSlice.empty
        var retry: Int32?
    }

    mutating func readEvents(
        _ bytes: RawSpan, _ number: UInt32, gap: Int64, at now: Int64, _ output: inout ConversationOutput
    ) {
        guard let index = index(of: number) else { return }
        // The parser is taken out while it is at work, because what its blocks say changes the machine.
        var parser = EventStreamParser(blockLimit: settings.maximumMessage)
        swap(&parser, &exchanges[index].parser)
        exchanges[index].deadline = streamDeadline(of: exchanges[index])
        var position = 0
        exchanges[index].gap = parser.heldBytes == 0 ? gap : max(gap, exchanges[index].gap)
        reading: while true {
            switch parser.next(in: bytes, from: &position) {
            case .needsMore: break reading
            case .overlong:
                if let index = self.index(of: number) { abort(index, &output) }
                return exchangeEnded(number, .cut, at: now, &output)
            case .block:
                let event = read(parser, bytes, number, &output)
                take(event, number, at: now, &output)
                if let index = self.index(of: number) { exchanges[index].gap = 0 }
            }
            guard self.index(of: number) != nil else { return }
        }
        if let index = self.index(of: number) { swap(&parser, &exchanges[index].parser) }
    }

    /// Reads one block. The id counts even where no event follows (WHATWG HTML §9.2.6).
    private mutating func read(
        _ parser: borrowing EventStreamParser, _ bytes: RawSpan, _ number: UInt32, _ output: inout ConversationOutput
    ) -> Event {
        var event = Event()
        guard let index = index(of: number) else { return event }
        var id = exchanges[index].lastEventID
        exchanges[index].lastEventID = []
        let isHTTPSSE = dialect == .httpSSE
        parser.withBlock(in: bytes) { block, fields in
            event.retry = fields.retry.map(Int32.init(clamping:))
            if let range = fields.id {
                if id.capacity == 0 { id = output.borrowSmall() }
                id.removeAll(keepingCapacity: true)
                block.extracting(range).withUnsafeBytes { if Self.canBeSentBack($0) { id.append(contentsOf: $0) } }
            }
            event.kind = Self.kind(of: fields, block, isHTTPSSE: isHTTPSSE)
            switch event.kind {
            case .message, .endpoint: event.data = output.writeData(fields, of: block)
            case .heartbeat, .silent: break
            }
        }
        exchanges[index].lastEventID = id
        return event
    }

    /// Whether an event id can stand in a field (RFC 9110 §5.5), and is no burden to keep.
    private static func canBeSentBack(_ id: UnsafeRawBufferPointer) -> Bool {
        id.count <= 4096 && id.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    private static func kind(of fields: BlockFields, _ block: RawSpan, isHTTPSSE: Bool) -> Event.Kind {
        guard fields.kind == .event else {
            if fields.commentLines > 0 { return .heartbeat(.comment) }
            // With an id or a time to reconnect it primes the stream, as servers do that let it be resumed.
            let isPriming = fields.id != nil || fields.retry != nil
            return fields.dispatches && !isPriming ? .heartbeat(.empty) : .silent
        }
        guard let type = fields.type, !type.isEmpty else { return .message }
        return block.extracting(type).withUnsafeBytes { name in
            if name.elementsEqual("message".utf8) { return .message }
            return isHTTPSSE && name.elementsEqual("endpoint".utf8) ? .endpoint : .heartbeat(.event)
        }
    }

    private mutating func take(
        _ event: Event, _ number: UInt32, at now: Int64, _ output: inout ConversationOutput
    ) {
        if let retry = event.retry, let index = index(of: number) { exchanges[index].retry = retry }
        switch event.kind {
        case .message: receive(event.data, exchange: number, at: now, &output)
        case .endpoint: takeEndpoint(event.data, exchange: number, at: now, &output)
        case .heartbeat(let kind): heartbeat(kind, number, &output)
        case .silent: break
        }
    }

    mutating func heartbeat(
        _ kind: HeartbeatKind, _ number: UInt32, _ output: inout ConversationOutput
    ) {
        guard let index = index(of: number) else { return }
        exchanges[index].flags.insert(.isAlive)
        if exchanges[index].phase == .events {
            exchanges[index].deadline = streamDeadline(of: exchanges[index])
        }
        output.append(.heartbeat(exchange: number, kind, gap: exchanges[index].gap))
    }

    /// When silence on a stream has lasted too long.
    func stallDeadline(of exchange: Exchange) -> Int64 {
        switch settings.stall {
        case .never: .max
        case .always(let silence): Self.time(exchange.lastByte, plus: silence)
        case .onceAlive(let silence):
            exchange.flags.contains(.isAlive) || dialect == .broadcast
                ? Self.time(exchange.lastByte, plus: silence) : .max
        }
    }

    /// The same, unless something else is waited for on it.
    private func streamDeadline(of exchange: Exchange) -> Int64 {
        if exchange.flags.contains(.isAnswered) { return exchange.deadline }
        if dialect == .httpSSE, exchange.role == .listening, endpoint.isEmpty { return exchange.deadline }
        return stallDeadline(of: exchange)
    }
}
