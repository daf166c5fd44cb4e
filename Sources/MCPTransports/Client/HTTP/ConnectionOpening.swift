import Glibc
import NIOCore
import NIOPosix
import NIOSSL

/// Opens one connection: TCP, through a proxy where the route has one, and TLS with the server's choice of protocol.
///
/// It ends in exactly one of: the maker has a connection, the maker has an error, or it was cancelled. When nothing of
/// it is left open but a connection that the maker has, the maker is told so too.
final class ConnectionOpening {
    private let route: Route
    private let configuration: HTTPClientConfiguration
    private let eventLoop: any EventLoop
    /// nil before the start, and when nothing is left.
    private var maker: HTTPExchanges?
    private var deadline: Scheduled<Void>?
    private var isOver = false
    /// Attempts to several addresses of one name that may be under way.
    private var attempts: [any Channel] = []
    private var channel: (any Channel)?

    init(route: Route, configuration: HTTPClientConfiguration, eventLoop: any EventLoop) {
        self.route = route
        self.configuration = configuration
        self.eventLoop = eventLoop
    }

    func start(maker: HTTPExchanges) {
        self.maker = maker
        let limit = configuration.timeouts.connect
        let loop = eventLoop.assumeIsolated()
        deadline = loop.scheduleTask(in: TimeAmount(limit)) { self.fail(.silent(maker.peer, limit)) }
        guard route.origin.isSecure else {
            loop.execute { self.connect(tls: nil) }
            return
        }
        let tls = configuration.tls
        let context = tls.shared.context(for: tls, offersHTTP2: configuration.offersHTTP2, on: eventLoop)
        context.assumeIsolated().whenComplete { result in
            switch result {
            case .success(let context): self.connect(tls: context)
            case .failure(let error): self.couldNotConnect(.tls(error, peer: self.route.peer))
            }
        }
    }

    /// Gives up. Nothing is told to the maker, but that nothing is left.
    func cancel() {
        isOver = true
        deadline?.cancel()
        deadline = nil
        for attempt in attempts { attempt.close(promise: nil) }
        attempts = []
        guard let channel else { return }
        channel.close(promise: nil)
        channel.closeFuture.assumeIsolated().whenComplete { _ in self.settle() }
    }

    private func connect(tls: NIOSSLContext?) {
        guard !isOver else { return settle() }
        let proxy: ProxyServer?
        do throws(HTTPClientError) {
            proxy = try route.proxy.get()
        } catch {
            return couldNotConnect(error)
        }
        let target = proxy?.url ?? route.origin
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        let bootstrap = configured(ClientBootstrap(group: eventLoop)).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                guard !bound.value.isOver else { throw ChannelError.ioOnClosedChannel }
                bound.value.attempts.append(channel)
            }
        }
        bootstrap.connect(host: target.host, port: target.port).assumeIsolated().whenComplete { result in
            switch result {
            case .success(let channel): self.connected(channel, proxy: proxy, tls: tls)
            case .failure(let error): self.couldNotConnect(self.connectFailure(error, proxy))
            }
        }
    }

    /// Nothing is read before the handlers are in place.
    private func configured(_ bootstrap: ClientBootstrap) -> ClientBootstrap {
        let bootstrap = bootstrap.connectTimeout(TimeAmount(configuration.timeouts.connect))
            .channelOption(.autoRead, value: false)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
        guard let idleTime = configuration.keepAlive.tcpIdleTime else { return bootstrap }
        let seconds = Int(max(1, min(idleTime.components.seconds, 32767)))
        return bootstrap.channelOption(.socketOption(.so_keepalive), value: 1)
            .channelOption(.tcpOption(.init(rawValue: TCP_KEEPIDLE)), value: .init(seconds))
    }

    private func connectFailure(_ cause: any Error, _ proxy: ProxyServer?) -> HTTPClientError {
        let limit = configuration.timeouts.connect
        guard let proxy else { return .unreachable(cause, peer: route.peer, within: limit) }
        let failure = HTTPClientError.unreachable(cause, peer: Route.named(proxy.url), within: limit)
        return HTTPClientError(.proxy, "\(failure), which is set as HTTP proxy", cause: failure.cause ?? failure)
    }

    private func connected(_ channel: any Channel, proxy: ProxyServer?, tls: NIOSSLContext?) {
        attempts = []
        self.channel = channel
        guard !isOver else { return cancel() }
        do {
            guard let tls else { return try finish(channel, .http1) }
            let negotiation = Negotiation(context: tls, serverName: try serverName(through: proxy))
            let whenDone = { (result: Result<Negotiation.Wire, HTTPClientError>) in self.negotiated(result, channel) }
            if let proxy {
                let tunnel = ProxyTunnel(proxy: proxy, to: route.origin, userAgent: configuration.userAgent)
                try tunnel.start(on: channel, then: negotiation, whenDone: whenDone)
            } else {
                try negotiation.start(on: channel, peer: route.peer, whenDone: whenDone)
            }
            try channel.syncOptions?.setOption(.autoRead, value: true)
        } catch {
            fail(error as? HTTPClientError ?? .tls(error, peer: route.peer))
        }
    }

    /// The name to send and to check; nil where the server is an address, which then is checked instead.
    private func serverName(through proxy: ProxyServer?) throws(HTTPClientError) -> String? {
        if let name = configuration.tls.serverName { return name }
        guard AddressBlock(route.origin.host) != nil else { return route.origin.host }
        guard proxy == nil || configuration.tls.unsafelyAcceptsAnyCertificate else {
            let sentence =
                "through a proxy the certificate of an address cannot be checked; set serverName for \(route.peer)"
            throw HTTPClientError(.tls, sentence)
        }
        return nil
    }

    private func negotiated(_ result: Result<Negotiation.Wire, HTTPClientError>, _ channel: any Channel) {
        guard !isOver else { return }
        do {
            try finish(channel, try result.get())
        } catch {
            fail(error as? HTTPClientError ?? .tls(error, peer: route.peer))
        }
    }

    /// Hands the connection over, with its handler in place.
    private func finish(_ channel: any Channel, _ wire: Negotiation.Wire) throws {
        guard let maker else { return }
        let number = maker.connectionNumber()
        let connection: any ClientConnection
        switch wire {
        case .http1:
            let handler = HTTP1Connection(number: number, channel: channel, maker: maker)
            try channel.pipeline.syncOperations.addHandler(handler)
            connection = handler
        case .http2: connection = try HTTP2Connection.add(to: channel, number: number, maker: maker)
        }
        try channel.syncOptions?.setOption(.autoRead, value: true)
        end { $0.opened(connection, number: number, isShared: wire == .http2, by: self) }
        settle()
    }

    private func couldNotConnect(_ error: HTTPClientError) {
        end { $0.openingFailed(self, error) }
        settle()
    }

    private func fail(_ error: HTTPClientError) {
        guard !isOver else { return }
        end { $0.openingFailed(self, error) }
        cancel()
    }

    private func end(_ tell: (HTTPExchanges) -> Void) {
        guard !isOver, let maker else { return }
        deadline?.cancel()
        deadline = nil
        isOver = true
        tell(maker)
    }

    /// Nothing of it is left.
    private func settle() {
        let maker = maker
        self.maker = nil
        channel = nil
        maker?.openingIsOver()
    }
}
