import NIOCore
import WireFormats

/// The HTTP client of one owner towards one origin: HTTP/1.1 on pooled connections, or HTTP/2 where the server of an
/// `https` URL chooses it.
///
/// Everything happens on one event loop, and nothing is told to the owner from within ``begin(_:as:)``. A request is
/// sent at most once. The owner is held weakly; when it is gone, what it began is aborted by the next thing to tell.
package final class HTTPExchanges: ExchangeMaker {
    let eventLoop: any EventLoop
    let configuration: HTTPClientConfiguration
    let route: Route
    weak var owner: (any ExchangeOwner)?
    let observer: (any WireObserver)?

    private var pool: ConnectionPool
    private var exchanges: [UInt32: Exchange] = [:]
    private var connections: [Int: any ClientConnection] = [:]
    private var openings: [ConnectionOpening] = []
    private var lastConnection = 0
    /// Openings of which something may still be open, cancelled ones included.
    private var liveOpenings = 0
    private var isBeginning = false
    private var closing: EventLoopPromise<Void>?

    /// - Parameters:
    ///   - origin: of which only scheme, host and port count.
    ///   - owner: who hears of the exchanges.
    ///   - observer: sees what passes on the wire; with one HTTP/2 is not offered.
    package init(
        origin: HTTPURL, configuration: HTTPClientConfiguration, eventLoop: any EventLoop, owner: any ExchangeOwner,
        observer: (any WireObserver)? = nil
    ) {
        var configuration = configuration
        if observer != nil { configuration.offersHTTP2 = false }
        self.configuration = configuration
        self.observer = observer
        self.eventLoop = eventLoop
        self.owner = owner
        route = Route(to: origin, proxy: configuration.proxy)
        let mayNegotiate = origin.isSecure && configuration.offersHTTP2
        pool = ConnectionPool(wire: mayNegotiate ? .unknown : .http1, limit: configuration.pool.idleConnections)
    }

    /// The server for people.
    var peer: String { route.peer }

    package func begin(_ request: OutgoingRequest, as number: UInt32) {
        eventLoop.preconditionInEventLoop()
        precondition(exchanges[number] == nil, "two exchanges with one number")
        isBeginning = true
        defer { isBeginning = false }
        let exchange = Exchange(request, number: number, maker: self)
        exchanges[number] = exchange
        if closing != nil {
            exchange.fail(HTTPClientError(.closed, "the client was closed"))
        } else if let flaw = request.flaw {
            exchange.fail(HTTPClientError(.invalidRequest, flaw))
        } else {
            exchange.startTimer(configuration.timeouts.request)
            place(exchange)
        }
    }

    package func abort(_ number: UInt32) {
        eventLoop.preconditionInEventLoop()
        guard let exchange = exchanges.removeValue(forKey: number) else { return }
        let isWaiting = exchange.carrier == nil
        exchange.abort()
        if isWaiting { withdraw(exchange) }
    }

    package func close() -> EventLoopFuture<Void> {
        eventLoop.preconditionInEventLoop()
        if let closing { return closing.futureResult }
        let promise = eventLoop.makePromise(of: Void.self)
        closing = promise
        for number in Array(exchanges.keys) { abort(number) }
        for opening in openings { opening.cancel() }
        openings = []
        for connection in Array(connections.values) { connection.close() }
        completeClosing()
        return promise.futureResult
    }

    /// Reads again from the connections that were left unread for the observer.
    package func readOn() {
        eventLoop.preconditionInEventLoop()
        for connection in connections.values { connection.readOn() }
    }

    /// The exchange waits for a connection no more.
    func withdraw(_ exchange: Exchange) {
        pool.withdraw(exchange.number)
        balanceOpenings()
    }

    /// Tells the owner, unless it has aborted the exchange meanwhile.
    func exchangeEnded(_ exchange: Exchange, _ end: ExchangeEnd) {
        guard !isBeginning else {
            eventLoop.assumeIsolated().execute { self.exchangeEnded(exchange, end) }
            return
        }
        guard exchanges[exchange.number] === exchange else { return }
        exchanges[exchange.number] = nil
        owner?.exchangeEnded(exchange.number, end)
    }

    private func completeClosing() {
        if connections.isEmpty, liveOpenings == 0 { closing?.succeed() }
    }
}

// Connections come and go.
extension HTTPExchanges {
    /// Puts an exchange of which nothing was sent on a connection, or lets it wait for one.
    func place(_ exchange: Exchange) {
        while let number = pool.place(exchange.number, isLongLived: exchange.request.isLongLived) {
            if let connection = connections[number], connection.isUsable {
                connection.carry(exchange)
                return
            }
            pool.retire(number)
        }
        balanceOpenings()
    }

    /// Puts an exchange of which nothing was sent on another connection.
    func replace(_ exchange: Exchange, from connection: any ClientConnection) {
        guard !exchange.isOver, closing == nil else { return }
        for (number, other) in connections where other === connection { pool.retire(number) }
        place(exchange)
    }

    private func balanceOpenings() {
        while pool.missing > 0, closing == nil {
            pool.openingBegan()
            liveOpenings += 1
            let opening = ConnectionOpening(route: route, configuration: configuration, eventLoop: eventLoop)
            openings.append(opening)
            opening.start(maker: self)
        }
        while pool.missing < 0, let opening = openings.popLast() {
            pool.openingWasCancelled()
            opening.cancel()
        }
    }

    /// A number for a connection that is about to be open.
    func connectionNumber() -> Int {
        lastConnection += 1
        return lastConnection
    }

    func opened(_ connection: any ClientConnection, number: Int, isShared: Bool, by opening: ConnectionOpening) {
        openings.removeAll { $0 === opening }
        connections[number] = connection
        let placed = pool.opened(number, isShared: isShared)
        for exchange in placed { exchanges[exchange].map(connection.carry) }
        if placed.isEmpty, !isShared { becameIdle(number) }
        if placed.isEmpty, isShared, pool.shared != number { connection.close() }
        balanceOpenings()
    }

    func openingFailed(_ opening: ConnectionOpening, _ error: HTTPClientError) {
        openings.removeAll { $0 === opening }
        for number in pool.openingFailed() { exchanges[number]?.fail(error) }
        balanceOpenings()
    }

    /// Nothing of the opening is left but what it has opened.
    func openingIsOver() {
        liveOpenings -= 1
        completeClosing()
    }

    /// The connection has completed its exchange and can take another.
    func becameIdle(_ number: Int) {
        if let excess = pool.becameIdle(number) { connections[excess]?.close() }
    }

    /// The connection takes no further exchange, but may be busy with those it has.
    func retire(_ number: Int) { pool.retire(number) }

    func connectionClosed(_ number: Int) {
        pool.retire(number)
        connections[number] = nil
        completeClosing()
    }
}
