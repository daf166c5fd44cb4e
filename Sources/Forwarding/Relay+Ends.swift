import NIOCore
import WireFormats

extension Relay {
    // MARK: FIN, RST and what follows from them

    /// A leg got FIN: the other one sends it, behind what it has to write.
    func inputClosed(_ side: Side) {
        switch side {
        case .client:
            note(.client, .fin)
            if intake == .forwarding { mirrorClientFIN() }
        case .upstream:
            if upstreamCause == nil { upstreamCause = (.server, .fin) }
            endUpstreamInput()
        }
        state.deliver(for: self)
    }

    private func mirrorClientFIN() {
        switch upstream {
        case .connecting: owesFIN = true
        case .open:
            upstreamLeg?.flush()
            upstreamLeg?.closeOutput()
        case .none, .gone: client?.closeOutput()
        }
    }

    private func endUpstreamInput() {
        if var stream = streamRewrite {
            var rest = ByteBuffer()
            stream.finish(to: &rest)
            client?.write(rest)
            settle(stream)
        }
        if responses.finish() == .complete {
            record(.responseEnd, exchange: inFlight.first?.number)
            isResponseUnderWay = false
            if !inFlight.isEmpty {
                // A client that left ended a response without length; the upstream only followed.
                if let cause { endOldest(by: cause.by, cause.reason) } else { endOldest(by: .server, .complete) }
            }
        }
        note(.server, .fin)
        guard intake != .answered else { return }
        client?.flush()
        client?.closeOutput()
    }

    /// A channel is closed in both directions.
    func legIsGone(_ leg: Leg, isReset: Bool) {
        let reason: TapEndReason = isReset ? .rst : .fin
        if leg === client {
            client = nil
            lingering?.cancel()
            note(.client, reason)
            if isReset { upstreamLeg?.reset() } else { upstreamLeg?.close() }
        } else if leg === upstreamLeg {
            upstreamLeg = nil
            upstream = .gone
            backlog = nil
            if upstreamCause == nil { upstreamCause = cause ?? (.server, reason) }
            note(.server, reason)
            recordUpstreamClosed()
            if intake != .answered {
                if isReset { client?.reset() } else { client?.close() }
            }
        }
        finishIfGone()
        state.deliver(for: self)
    }

    func finishIfGone() {
        guard client == nil, upstreamLeg == nil, upstream != .connecting, !isFinished else { return }
        isFinished = true
        let end = cause ?? (.unknown, .shutdown)
        endAll(by: end.by, end.reason)
        record(.closed(by: end.by, reason: end.reason))
        state.remove(self)
    }

    /// Remembers what ended the relay; the first counts.
    func note(_ by: TapEnder, _ reason: TapEndReason) {
        if cause == nil { cause = (by, reason) }
    }

    /// Ends both legs by RST: what was passed on cannot be completed.
    func breakOff() {
        note(.proxy, .httpError)
        upstreamLeg?.reset()
        client?.reset()
    }

    /// The forwarder stops.
    func shutDown() {
        note(.proxy, .shutdown)
        if upstream == .connecting { upstream = .gone }
        upstreamLeg?.abandon()
        client?.abandon()
        state.deliver(for: self)
    }

    // MARK: Exchanges

    func endOldest(by: TapEnder, _ reason: TapEndReason) {
        let exchange = inFlight.count == 1 ? inFlight.removeLast() : inFlight.removeFirst()
        if exchange.number != 0 { record(.exchangeEnded(by: by, reason: reason), exchange: exchange.number) }
    }

    private func endAll(by: TapEnder, _ reason: TapEndReason) {
        while let oldest = inFlight.first {
            if oldest.isResponseComplete { endOldest(by: .server, .complete) } else { endOldest(by: by, reason) }
        }
    }

    /// Gives the oldest exchange its own answer when there is one; then the connection is over.
    func answerOldest() {
        guard let oldest = inFlight.first, let answer = oldest.answer, intake != .answered else { return }
        guard !isResponseUnderWay, !oldest.isResponseComplete, let client else { return breakOff() }
        intake = .answered
        client.write(answer.bytes(withContent: !oldest.isHead))
        client.flush()
        record(.answered(status: answer.status, text: answer.text), exchange: oldest.number)
        note(.proxy, .httpError)
        endOldest(by: .proxy, .httpError)
        endAll(by: .proxy, .httpError)
        if oldest.isRefused { upstreamLeg?.close() } else { upstreamLeg?.reset() }
        client.closeOutput()
        // The client may still be sending; closing now would make its kernel drop the answer (RFC 9112 §9.6).
        lingering = state.eventLoop.assumeIsolatedUnsafeUnchecked().scheduleTask(in: .seconds(2)) { [weak self] in
            self?.client?.abandon()
        }
        client.resumeRead()
    }
}
