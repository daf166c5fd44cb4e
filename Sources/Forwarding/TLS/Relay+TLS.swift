import NIOCore

extension Relay {
    /// The socket of a leg that speaks TLS is connected; the leg is of use when the handshake is over.
    func handshakeBegins(_ leg: Leg) {
        guard let channel = leg.channel else { return }
        leg.tls?.noteAddresses(of: channel, on: leg.side)
        switch leg.side {
        case .client:
            client = leg
            state.add(self)
            if state.isStopping { return shutDown() }
            limitHandshake(of: leg)
        case .upstream:
            guard upstream == .connecting, upstreamLeg == nil else { return leg.abandon() }
            upstreamLeg = leg
            if client == nil || intake == .answered { return leg.abandon() }
            limitHandshake(of: leg)
        }
    }

    private func limitHandshake(of leg: Leg) {
        let limit = TimeAmount.seconds(Int64(state.configuration.connectTimeoutSeconds))
        handshakeDeadline = state.eventLoop.assumeIsolatedUnsafeUnchecked().scheduleTask(in: limit) {
            [weak self, weak leg] in
            guard let self, let leg else { return }
            self.isHandshakeLate = true
            leg.abandon()
        }
    }

    /// The socket of a leg is gone before its handshake was over.
    func handshakeFailed(_ leg: Leg) {
        switch leg.side {
        case .client:
            handshakeDeadline?.cancel()
            client = nil
            let failure =
                isHandshakeLate
                ? TLSFailure(by: .client, sentence: "the client did not complete the TLS handshake in time")
                : TLSFailure.ofClient(leg.failure)
            note(failure.by, isHandshakeLate ? .timeout : .httpError)
            recordOpened(leg, failure: failure.sentence)
        case .upstream:
            guard leg === upstreamLeg else { return }
            upstreamHandshakeFailed(leg)
        }
        finishIfGone()
        state.deliver(for: self)
    }

    private func upstreamHandshakeFailed(_ leg: Leg) {
        handshakeDeadline?.cancel()
        upstreamLeg = nil
        upstream = .gone
        backlog = nil
        let origin = state.configuration.upstream.description
        let failure =
            isHandshakeLate
            ? TLSFailure(
                by: .server, sentence: "\(origin) did not complete the TLS handshake in time; is it an http:// server?")
            : TLSFailure.ofUpstream(leg.failure, peer: origin)
        recordUpstreamOpened(leg, failure: cause == nil ? failure.sentence : nil)
        upstreamCause = cause ?? (failure.by, isHandshakeLate ? .timeout : .httpError)
        recordUpstreamClosed()
        guard client != nil, !inFlight.isEmpty, intake != .answered else { return }
        inFlight[0].answer = OwnAnswer(isHandshakeLate ? 504 : 502, failure.asSentence)
        intake = .refused
        answerOldest()
    }

    /// TLS ended the upstream connection before anything of a response came, as servers do whose demand for a
    /// certificate was not met (`RFC 8446 §4.4.2.4`, in TLS 1.3 after the handshake): the client is told why.
    func answerForTLS(_ leg: Leg) {
        guard let error = leg.failure, TLSFailure.isOfTLS(error), client != nil, intake != .answered,
            let oldest = inFlight.first, !isResponseUnderWay, !oldest.isResponseComplete
        else { return }
        let failure = TLSFailure.ofUpstream(error, peer: state.configuration.upstream.description)
        inFlight[0].answer = OwnAnswer(502, failure.asSentence)
        intake = .refused
        answerOldest()
    }

    // MARK: The tap

    func recordOpened(_ leg: Leg, failure: String? = nil) {
        guard state.hasTap else { return }
        guard let below = leg.tls else {
            guard let channel = leg.channel else { return }
            return record(
                .opened(client: channel.remoteAddress.text, server: channel.localAddress.text, tls: nil))
        }
        record(
            .opened(
                client: below.addresses.client, server: below.addresses.server, tls: TapTLS(below, failure: failure)))
    }

    func recordUpstreamOpened(_ leg: Leg, failure: String? = nil) {
        guard state.hasTap else { return }
        guard let below = leg.tls else {
            guard let channel = leg.channel else { return }
            return record(
                .upstreamOpened(
                    number: upstreamNumber, client: channel.localAddress.text, server: channel.remoteAddress.text,
                    tls: nil))
        }
        record(
            .upstreamOpened(
                number: upstreamNumber, client: below.addresses.client, server: below.addresses.server,
                tls: TapTLS(below, failure: failure)))
    }
}

extension TapTLS {
    /// `failure`: what the handshake failed by; nil: it did not, or nobody waited for it.
    init(_ below: TLSBelow, failure: String?) {
        self.init(version: failure == nil ? below.version : nil, serverName: below.serverName, failure: failure)
    }
}

extension SocketAddress? {
    var text: String { self?.authority ?? "" }
}
