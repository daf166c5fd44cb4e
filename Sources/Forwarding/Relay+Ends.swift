import NIOCore
import WireFormats

extension Relay {
    // MARK: FIN, RST and what follows from them

    /// A leg got FIN: the other one sends it, behind what it has to write.
    func inputClosed(_ side: Side, _ end: Leg.End) {
        switch side {
        case .client:
            note(.client, end.reason)
            if intake == .forwarding { mirrorClientFIN(end.farewell) }
        case .upstream:
            if upstreamCause == nil { upstreamCause = (.server, end.reason) }
            endUpstreamInput(end)
        }
        state.deliver(for: self)
    }

    private func mirrorClientFIN(_ farewell: Leg.Farewell) {
        switch upstream {
        case .connecting: owedFarewell = farewell
        case .open:
            upstreamLeg?.flush()
            upstreamLeg?.closeOutput(farewell)
        case .none, .gone: client?.closeOutput()
        }
    }

    private func endUpstreamInput(_ end: Leg.End) {
        if var stream = streamRewrite {
            var rest = ByteBuffer()
            stream.finish(to: &rest)
            client?.write(rest)
            settle(stream)
        }
        var farewell = end.farewell
        let isWhole = responses.finish() == .complete
        if let rest = endMetadata(isWhole: isWhole && end != .cut) { client?.write(rest) }
        if isWhole, end == .cut {
            farewell = .cutShort
        } else if isWhole {
            record(.responseEnd, exchange: inFlight.first?.number)
            isResponseUnderWay = false
            if !inFlight.isEmpty {
                // A client that left ended a response without length; the upstream only followed.
                if let cause { endOldest(by: cause.by, cause.reason) } else { endOldest(by: .server, .complete) }
            }
        }
        note(.server, end.reason)
        guard intake != .answered else { return }
        client?.flush()
        client?.closeOutput(farewell)
    }

    /// A channel is closed in both directions.
    func legIsGone(_ leg: Leg, _ end: Leg.End) {
        if leg === client {
            client = nil
            lingering?.cancel()
            note(.client, end.reason)
            if end == .rst { upstreamLeg?.reset() } else { upstreamLeg?.close(end.farewell) }
        } else if leg === upstreamLeg {
            upstreamLeg = nil
            upstream = .gone
            backlog = nil
            if upstreamCause == nil { upstreamCause = cause ?? (.server, end.reason) }
            recordUpstreamClosed()
            answerForTLS(leg)
            note(.server, end.reason)
            if intake != .answered {
                if end == .rst { client?.reset() } else { client?.close(end.farewell) }
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

extension Leg.End {
    var reason: TapEndReason { self == .fin ? .fin : .rst }

    /// What the other leg is to do.
    var farewell: Leg.Farewell { self == .cut ? .cut : .clean }
}
