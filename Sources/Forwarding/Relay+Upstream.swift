import NIOCore
import NIOPosix

extension Relay {
    /// Opens the upstream connection; what the client sends in the meantime waits.
    func connectUpstream() {
        upstream = .connecting
        upstreamNumber = state.numbering.nextConnection()
        let bound = NIOLoopBound(self, eventLoop: state.eventLoop)
        let options = LegOptions(state)
        let bootstrap = ClientBootstrap(group: state.eventLoop)
            .connectTimeout(.seconds(Int64(state.configuration.connectTimeoutSeconds)))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let relay = bound.value
                    try options.apply(to: channel, pool: relay.state.pool)
                    try TLSBelow.addLeg(.upstream, of: relay, to: channel)
                }
            }
        let origin = state.configuration.upstream
        let connection =
            if let address = state.upstreamAddress { bootstrap.connect(to: address) } else {
                bootstrap.connect(host: origin.host, port: origin.port)
            }
        connection.assumeIsolatedUnsafeUnchecked().whenFailure { error in self.connectFailed(error) }
    }

    /// A leg's channel is connected, and the handshake over where it speaks TLS.
    func legIsActive(_ leg: Leg) {
        switch leg.side {
        case .client:
            client = leg
            state.add(self)
            if state.isStopping { return shutDown() }
            handshakeDeadline?.cancel()
            recordOpened(leg)
        case .upstream:
            guard upstream == .connecting else { return leg.abandon() }
            handshakeDeadline?.cancel()
            upstream = .open
            upstreamLeg = leg
            upstreamOpened(leg)
        }
        state.deliver(for: self)
    }

    private func upstreamOpened(_ leg: Leg) {
        recordUpstreamOpened(leg)
        if client == nil || intake == .answered {
            if cause?.reason == .rst { leg.reset() } else { leg.abandon() }
            return
        }
        if let backlog {
            self.backlog = nil
            leg.write(backlog)
            leg.flush()
        }
        if let owedFarewell { leg.closeOutput(owedFarewell) }
        resumeReads()
    }

    private func connectFailed(_ error: any Error) {
        guard upstream == .connecting else { return }
        upstream = .gone
        backlog = nil
        if client != nil, !inFlight.isEmpty, intake != .answered {
            inFlight[0].answer = connectAnswer(error)
            intake = .refused
            answerOldest()
        }
        finishIfGone()
        state.deliver(for: self)
    }

    private func connectAnswer(_ error: any Error) -> OwnAnswer {
        let origin = state.configuration.upstream.description
        if let error = error as? ChannelError, case .connectTimeout = error {
            return OwnAnswer(504, "\(origin) did not accept a connection in time.")
        }
        guard let cause = Self.systemError(error) else {
            return OwnAnswer(502, "\(origin) cannot be reached: its name is not known.")
        }
        switch cause.errnoCode {
        case EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL:
            return OwnAnswer(503, "no connection to \(origin) can be opened: too many are open already.")
        case ECONNREFUSED:
            return OwnAnswer(502, "\(origin) cannot be reached: connection refused.")
        default:
            return OwnAnswer(502, "\(origin) cannot be reached: \(String(cString: strerror(cause.errnoCode))).")
        }
    }

    private static func systemError(_ error: any Error) -> IOError? {
        if let error = error as? NIOConnectionError {
            return error.connectionErrors.lazy.compactMap { systemError($0.error) }.first
        }
        return error as? IOError
    }
}

/// The socket options of a leg.
struct LegOptions: Sendable {
    private let waterMark: ChannelOptions.Types.WriteBufferWaterMark

    init(_ state: LoopState) {
        let configuration = state.configuration
        waterMark = .init(low: configuration.writeBufferLow, high: configuration.writeBufferHigh)
    }

    func apply(to channel: any Channel, pool: ReceivePool) throws {
        guard let options = channel.syncOptions else { return }
        try options.setOption(.allowRemoteHalfClosure, value: true)
        try options.setOption(.tcpOption(.tcp_nodelay), value: 1)
        try options.setOption(.maxMessagesPerRead, value: 1)
        try options.setOption(.recvAllocator, value: PooledReceiveAllocator(pool: pool))
        try options.setOption(.writeBufferWaterMark, value: waterMark)
    }
}
