import NIOCore
import NIOPosix

/// A reverse proxy for HTTP/1.1, plain or over TLS on either side, in front of one origin, that passes bytes on as they
/// are, at once, and shows them to a tap.
///
/// Each client connection has an upstream connection of its own, opened by its first request; their ends are mirrored.
/// Only heads change (`Host`, hop-by-hop fields, configured fields, same-origin `Location`) and the URI of the
/// `endpoint` event that an event stream begins with.
package struct Forwarder: Sendable {
    private let configuration: ForwarderConfiguration
    private let tap: (any ForwardingTap)?
    private let onListening: @Sendable (SocketAddress) -> Void

    /// `onListening` is called once with the address that is listened on.
    package init(
        configuration: ForwarderConfiguration, tap: (any ForwardingTap)? = nil,
        onListening: @escaping @Sendable (SocketAddress) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.tap = tap
        self.onListening = onListening
    }

    /// Forwards until the task is cancelled; then closes every connection, tells the tap, and returns.
    ///
    /// Throws `ForwarderError` when it cannot listen, or a certificate cannot be used.
    package func run() async throws {
        let tls = try TLSContexts(configuration)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, configuration.eventLoops))
        do {
            try await run(on: group, tls)
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }

    private func run(on group: MultiThreadedEventLoopGroup, _ tls: TLSContexts) async throws {
        let gate = AcceptGate(limit: configuration.connectionLimit ?? AcceptGate.limitByDescriptors())
        let loops = Loops()
        let listener = try await listen(on: group, gate: gate, loops: loops)
        guard let address = listener.localAddress else {
            throw ForwarderError(.cannotListen, "cannot listen: the socket has no address")
        }
        let bound = await makeLoops(group, address, tls)
        loops.set(bound)
        tap?.attach { for state in bound { state.eventLoop.execute { state.value.resume() } } }
        try await gate.open(listener)
        onListening(address)
        await withTaskCancellationHandler {
            try? await listener.closeFuture.get()
        } onCancel: {
            listener.close(promise: nil)
        }
        for state in bound {
            try await state.eventLoop.flatSubmit {
                let promise = state.eventLoop.makePromise(of: Void.self)
                state.value.stop(promise)
                return promise.futureResult
            }.get()
        }
    }

    private func makeLoops(
        _ group: MultiThreadedEventLoopGroup, _ address: SocketAddress, _ tls: TLSContexts
    ) async -> [NIOLoopBound<LoopState>] {
        let numbering = Numbering()
        let hosts = HostRules(
            listenHost: configuration.listenHost, listenPort: address.port ?? 0, allowed: configuration.allowedHosts,
            isSecure: configuration.listenerTLS != nil)
        let upstream = try? SocketAddress(ipAddress: configuration.upstream.host, port: configuration.upstream.port)
        var bound: [NIOLoopBound<LoopState>] = []
        for loop in group.makeIterator() {
            let state = try? await loop.submit {
                NIOLoopBound(
                    LoopState(
                        eventLoop: loop, configuration: configuration, hosts: hosts, tls: tls,
                        upstreamAddress: upstream, numbering: numbering, tap: tap),
                    eventLoop: loop)
            }.get()
            if let state { bound.append(state) }
        }
        return bound
    }

    private func listen(
        on group: MultiThreadedEventLoopGroup, gate: AcceptGate, loops: Loops
    ) async throws(ForwarderError) -> any Channel {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.maxMessagesPerRead, value: 32)
            .serverChannelOption(.autoRead, value: false)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptGateHandler(gate: gate))
                }
            }
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let state = loops.state(of: channel.eventLoop), !state.isStopping else {
                        throw ChannelError.ioOnClosedChannel
                    }
                    try LegOptions(state).apply(to: channel, pool: state.pool)
                    try TLSBelow.addLeg(.client, of: Relay(state: state), to: channel)
                }
            }
        do {
            return try await bootstrap.bind(host: configuration.listenHost, port: configuration.listenPort).get()
        } catch {
            throw listenError(error)
        }
    }

    private func listenError(_ error: any Error) -> ForwarderError {
        let host = configuration.listenHost
        let place = "\(host.contains(":") ? "[\(host)]" : host):\(configuration.listenPort)"
        let code = (error as? IOError)?.errnoCode
        switch code {
        case EADDRINUSE:
            return ForwarderError(
                .addressInUse, "cannot listen on \(place): address in use; pass --listen with another port",
                cause: error)
        case EADDRNOTAVAIL, nil:
            return ForwarderError(
                .addressUnavailable,
                "cannot listen on \(place): this machine has no such address; pass --listen with one that it has",
                cause: error)
        default:
            let reason = String(cString: strerror(code ?? 0)).lowercased()
            return ForwarderError(
                .cannotListen, "cannot listen on \(place): \(reason); pass --listen with another address", cause: error)
        }
    }
}
