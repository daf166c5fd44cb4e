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
                // What stands behind 202 is no message (MCP 2025-11-25 transports, sending messages).
                exchanges[index].phase = !isGood || media == .json && status != 202 ? .json : .ignored
            }
        case .listening, .resumption:
            if status == 200, media == .eventStream {
                streamBegan(index, at: now, &output)
            } else {
                exchanges[index].phase = .ignored
                exchanges[index].deadline = Self.time(now, plus: settings.openingTimeout)
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
        guard bytes.byteCount > 0, let index = index(of: number), !exchanges[index].flags.contains(.isOver) else {
            return
        }
        defer { schedule() }
        let gap = now - exchanges[index].lastByte
        exchanges[index].lastByte = now
        switch exchanges[index].phase {
        case .json: collect(bytes, index, at: now, &output)
        case .events:
            exchanges[index].flags.insert(.hasBytes)
            readEvents(bytes, number, gap: gap, at: now, &output)
        case .begun, .ignored, .waiting: break
        }
    }

    private mutating func collect(
        _ bytes: RawSpan, _ index: Int, at now: Int64, _ output: inout ConversationOutput
    ) {
        let isGood = (200..<300).contains(exchanges[index].status)
        let room = (isGood ? settings.maximumMessage : Self.maximumExplanation) - exchanges[index].body.count
        if isGood, bytes.byteCount > room {
            abort(index, &output)
            return exchangeEnded(exchanges[index].number, .cut, at: now, &output)
        }
        if exchanges[index].body.isEmpty { exchanges[index].body = output.borrow() }
        bytes.extracting(first: min(room, bytes.byteCount)).withUnsafeBytes {
            exchanges[index].body.append(contentsOf: $0)
        }
    }

    /// A POST with a notification or an answer is over.
    mutating func messageEnded(
        _ index: Int, _ outcome: ExchangeOutcome, at now: Int64, _ output: inout ConversationOutput
    ) {
        let number = exchanges[index].number
        let session = exchanges[index].session
        let opens = exchanges[index].flags.contains(.opens) && session == self.session
        let isAccepted = outcome != .notSent && (200..<300).contains(exchanges[index].status)
        let failure = failure(of: exchanges[index], outcome)
        remove(index, &output)
        if isAccepted {
            output.append(.accepted(exchange: number))
            if opens { initializedAccepted(at: now, &output) }
            return
        }
        output.append(.notAccepted(exchange: number, failure))
        if opens, phase == .opening {
            attemptEnded(failure, at: now, &output)
        } else if failure == .sessionExpired {
            renewSession(lostBy: session, at: now, &output)
        }
    }
}
