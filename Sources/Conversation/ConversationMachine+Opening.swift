import WireFormats

/// Finding the dialect, and the handshake.
extension ConversationMachine {
    /// How long a probe may take that is followed by another, in nanoseconds.
    private static let probeTimeout: Int64 = 5_000_000_000

    /// Begins. With the machine's own handshake everything up to `opened` follows by itself; else `initialize` must be
    /// sent next.
    package mutating func open(at now: Int64, _ output: inout ConversationOutput) {
        guard phase == .idle else { return }
        phase = .expectingHandshake
        if case .own = settings.opening {
            handshake = settings.ownHandshake
            identity = settings.ownIdentity
            beginOpening(.isInternal, at: now, &output)
        } else {
            startAttempt(at: now, &output)
        }
        schedule()
    }

    /// Takes the owner's `initialize`.
    mutating func openByOwner(
        _ text: RawSpan, _ envelope: JSONRPCEnvelope, at now: Int64, _ output: inout ConversationOutput
    ) -> UInt32 {
        handshake = text.withUnsafeBytes { [UInt8]($0) }
        func part(_ name: String) -> [UInt8]? {
            JSONScan.value(at: ["params", name], in: text).map { range in
                text.extracting(range).withUnsafeBytes { [UInt8]($0) }
            }
        }
        identity = Identity(client: part("clientInfo") ?? [], capabilities: part("capabilities") ?? [UInt8]("{}".utf8))
        return beginOpening([], at: now, &output)
    }

    @discardableResult
    private mutating func beginOpening(
        _ flags: Call.Flags, at now: Int64, _ output: inout ConversationOutput
    ) -> UInt32 {
        phase = .opening
        let number = addHandshakeCall(flags)
        startAttempt(at: now, &output)
        return number
    }

    /// The call that `handshake` is; there is one at a time, over all attempts.
    private mutating func addHandshakeCall(_ flags: Call.Flags) -> UInt32 {
        let number = nextCall()
        let text = handshake
        let id = JSONRPCEnvelope(text.span.bytes).idValue(in: text.span.bytes) ?? .null
        calls.append(
            Call(number: number, id: id, exchange: 0, flags: flags.union(.isHandshake), deadline: .max))
        return number
    }

    var handshakeIndex: Int? { calls.firstIndex { $0.flags.contains(.isHandshake) } }

    /// Tries the dialect whose turn it is, as far as that is possible without what opens the conversation.
    private mutating func startAttempt(at now: Int64, _ output: inout ConversationOutput) {
        dialect = settings.dialects[Int(attempt)]
        // As many as a conversation has at a time that makes one call after the other.
        exchanges.reserveCapacity(dialect == .stateless ? 2 : 3)
        if dialect == .httpSSE {
            if !exchanges.contains(where: { $0.role == .listening }) { listen(at: now, &output) }
            guard !endpoint.isEmpty else { return }
        }
        if phase == .opening { postHandshake(at: now, &output) }
    }

    private var isLastAttempt: Bool { Int(attempt) + 1 >= settings.dialects.count }

    /// How long the step that is begun now may take.
    func openingDeadline(at now: Int64) -> Int64 {
        let isProbe = !isSettled && !isLastAttempt && (dialect == .stateless || dialect == .httpSSE)
        let limit = isProbe ? min(settings.openingTimeout, Self.probeTimeout) : settings.openingTimeout
        return Self.time(now, plus: limit)
    }

    /// Sends what opens the conversation: `initialize`, or `server/discover`.
    mutating func postHandshake(at now: Int64, _ output: inout ConversationOutput) {
        if handshakeIndex == nil { _ = addHandshakeCall(.isInternal) }
        guard let index = handshakeIndex else { return }
        sessionID = []
        let text = handshake
        calls[index].deadline = openingDeadline(at: now)
        if dialect == .stateless {
            calls[index].flags.insert(.isDiscovery)
            discover(call: calls[index].number, id: text, at: now, &output)
        } else {
            calls[index].flags.remove(.isDiscovery)
            let envelope = JSONRPCEnvelope(text.span.bytes)
            transmit(text.span.bytes, envelope, call: calls[index].number, at: now, &output)
        }
    }

    /// The server refused the revision and named it as one that it speaks: asks again, once (MCP 2026-07-28 basic/versioning).
    ///
    /// - Returns: false when that was done before.
    mutating func repeatHandshake(at now: Int64, _ output: inout ConversationOutput) -> Bool {
        guard let index = handshakeIndex, !calls[index].flags.contains(.isRepeated) else { return false }
        abandonAttempt(&output)
        calls[index].flags.insert(.isRepeated)
        postHandshake(at: now, &output)
        return true
    }

    /// The dialect that is tried does not fit, or the conversation could not be opened again.
    mutating func attemptFailed(
        _ failure: ConversationFailure, at now: Int64, _ output: inout ConversationOutput
    ) {
        guard phase == .opening || phase == .expectingHandshake else { return }
        abandonAttempt(&output)
        if case .unauthorized = failure { return end(failure, &output) }
        if isSettled { return openLater(failure, at: now, &output) }
        if failure == .unreachable { return end(failure, &output) }
        if isTelling(failure) { searchFailure = failure }
        guard !isLastAttempt else {
            return end(settings.dialects.count > 1 ? searchFailure ?? .noDialect : failure, &output)
        }
        attempt += 1
        startAttempt(at: now, &output)
    }

    /// Whether a failure says more than that a dialect is not spoken.
    private func isTelling(_ failure: ConversationFailure) -> Bool {
        switch (dialect, failure) {
        case (.broadcast, _): false
        case (_, .refused(let status)): status >= 500
        case (.httpSSE, .badEndpoint), (_, .streamCut): true
        case (.streamable, .timedOut), (.streamable, .rejected), (.streamable, .unsupportedRevision): true
        default: false
        }
    }

    /// Ends what an attempt has on the wire, and nothing else: calls of a lost session may still get their answers.
    private mutating func abandonAttempt(_ output: inout ConversationOutput) {
        let handshake = handshakeIndex.map { calls[$0].number } ?? 0
        for index in exchanges.indices.reversed() {
            let exchange = exchanges[index].number
            let isOfAttempt =
                exchange == 0 && exchanges[index].role != .resumption
                || exchanges[index].flags.contains(.opens) && exchanges[index].session == session
                || exchanges[index].call == handshake && handshake != 0
                || exchanges[index].role == .listening && dialect == .httpSSE
            guard isOfAttempt || !isSettled else { continue }
            abort(index, &output)
            endStream(index, isExpected: true, &output)
            remove(index, &output)
        }
        endpoint = []
        if let index = handshakeIndex {
            calls[index].exchange = 0
            calls[index].deadline = .max
        }
    }

    /// A conversation that was open before is opened again after a while.
    mutating func openLater(
        _ failure: ConversationFailure, retry: Int32 = -1, at now: Int64, _ output: inout ConversationOutput
    ) {
        reopenings &+= reopenings < .max ? 1 : 0
        if let most = settings.reconnection.attempts, Int(reopenings) > most { return end(failure, &output) }
        let wait = delay(after: reopenings - 1, retry: retry)
        var exchange = Exchange(
            number: 0, role: dialect == .httpSSE ? .listening : .request, at: now, limit: settings.maximumMessage)
        exchange.phase = .waiting
        exchange.retry = retry
        exchange.deadline = Self.time(now, plus: wait)
        exchanges.append(exchange)
        output.append(.reconnecting(delay: wait))
    }

    /// The handshake is through: says so, and sends what waited.
    mutating func opened(result: ByteSlice, at now: Int64, _ output: inout ConversationOutput) {
        phase = .open
        isSettled = true
        isRenewing = false
        reopenings = 0
        searchFailure = nil
        // Only where no session is known does each request say who asks; only where one is can it be lost.
        if dialect == .stateless { handshake = [] } else { identity = Identity() }
        output.append(.opened(dialect, revision, result: result))
        let waiting = self.waiting
        self.waiting = []
        for message in waiting { sendWaiting(message, at: now, &output) }
    }
}
