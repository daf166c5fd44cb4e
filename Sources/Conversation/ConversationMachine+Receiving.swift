import WireFormats

/// What a driver receives.
extension ConversationMachine {
    /// The most bytes kept of a body that explains a refusal.
    private static let maximumExplanation = 64 << 10

    /// The head of a response came; informational ones are not told of.
    ///
    /// - Parameter sessionID: the value of `Mcp-Session-Id`, empty without one.
    package mutating func responseBegan(
        _ number: UInt32, status: Int, media: ResponseMedia, sessionID id: RawSpan, at now: Int64,
        _ output: inout ConversationOutput
    ) {
        guard let index = index(of: number), exchanges[index].phase == .begun else { return }
        exchanges[index].status = UInt16(clamping: status)
        exchanges[index].lastByte = now
        let isGood = (200..<300).contains(status)
        switch exchanges[index].role {
        case .request:
            if isGood, dialect == .streamable, callIndex(exchanges[index].call) == handshakeIndex, handshakeIndex != nil
            {
                takeSessionID(id)
            }
            if isGood, media == .eventStream {
                streamBegan(index, at: now, &output)
            } else {
                exchanges[index].phase = !isGood || media == .json ? .json : .ignored
            }
        case .listening, .resumption:
            if status == 200, media == .eventStream {
                streamBegan(index, at: now, &output)
            } else {
                exchanges[index].phase = .ignored
                exchanges[index].deadline = now + settings.openingTimeout
            }
        case .message, .deletion:
            exchanges[index].phase = .ignored
        }
        schedule()
    }

    private mutating func streamBegan(_ index: Int, at now: Int64, _ output: inout ConversationOutput) {
        exchanges[index].phase = .events
        exchanges[index].flags.insert(.wasOpen)
        // A stream that must say where to POST has until then.
        if dialect != .httpSSE || !endpoint.isEmpty { exchanges[index].deadline = stallDeadline(of: exchanges[index]) }
        output.append(
            .streamOpened(exchange: exchanges[index].number, isListening: exchanges[index].role == .listening))
    }

    /// Bytes of a body came, in whatever pieces.
    package mutating func responseBody(
        _ number: UInt32, _ bytes: RawSpan, at now: Int64, _ output: inout ConversationOutput
    ) {
        guard bytes.byteCount > 0, let index = index(of: number) else { return }
        defer { schedule() }
        let gap = now - exchanges[index].lastByte
        exchanges[index].lastByte = now
        exchanges[index].flags.insert(.hasBytes)
        switch exchanges[index].phase {
        case .json: collect(bytes, index, at: now, &output)
        case .events: readEvents(bytes, number, gap: gap, at: now, &output)
        case .begun, .ignored, .waiting: break
        }
    }

    private mutating func collect(
        _ bytes: RawSpan, _ index: Int, at now: Int64, _ output: inout ConversationOutput
    ) {
        let isGood = (200..<300).contains(exchanges[index].status)
        let room = (isGood ? settings.maximumMessage : Self.maximumExplanation) - exchanges[index].body.count
        if isGood, bytes.byteCount > room {
            output.append(.abort(exchange: exchanges[index].number))
            return requestEnded(index, .cut, at: now, &output)
        }
        if exchanges[index].body.isEmpty { exchanges[index].body = output.borrow() }
        bytes.extracting(first: min(room, bytes.byteCount)).withUnsafeBytes {
            exchanges[index].body.append(contentsOf: $0)
        }
    }

    /// An exchange is over; nothing follows.
    package mutating func exchangeEnded(
        _ number: UInt32, _ outcome: ExchangeOutcome, at now: Int64, _ output: inout ConversationOutput
    ) {
        guard let index = index(of: number) else { return }
        switch exchanges[index].role {
        case .request: requestEnded(index, outcome, at: now, &output)
        case .message: messageEnded(index, outcome, at: now, &output)
        case .listening: listeningEnded(index, outcome, at: now, &output)
        case .resumption: resumptionEnded(index, outcome, at: now, &output)
        case .deletion: end(nil, &output)
        }
        schedule()
    }

    private mutating func messageEnded(
        _ index: Int, _ outcome: ExchangeOutcome, at now: Int64, _ output: inout ConversationOutput
    ) {
        let exchange = exchanges[index]
        remove(index, &output)
        let isAccepted = outcome == .complete && (200..<300).contains(exchange.status)
        if isAccepted {
            output.append(.accepted(exchange: exchange.number))
            if exchange.flags.contains(.opens) { initializedAccepted(at: now, &output) }
            return
        }
        let failure = outcome == .notSent ? .unreachable : failure(of: exchange, outcome)
        output.append(.notAccepted(exchange: exchange.number, failure))
        if failure == .sessionExpired { return renewSession(of: exchange, at: now, &output) }
        if exchange.flags.contains(.opens), phase == .opening { attemptEnded(failure, at: now, &output) }
    }

    /// What an exchange that brought no answer means.
    func failure(of exchange: Exchange, _ outcome: ExchangeOutcome = .complete) -> ConversationFailure {
        if outcome == .notSent { return .unreachable }
        if isSessionGone(exchange) { return .sessionExpired }
        switch exchange.status {
        case 401, 403: return .unauthorized(status: Int(exchange.status))
        case 0, 200..<300:
            return outcome == .cut || exchange.phase == .events
                ? .streamCut : .unintelligible(status: Int(exchange.status))
        default: return .refused(status: Int(exchange.status))
        }
    }
}
