import NIOCore

/// One exchange on its way through the client: tells its owner what arrives, once and in order, and keeps its time.
final class Exchange {
    let number: UInt32
    let request: OutgoingRequest
    /// What carries it, once it is on a connection.
    weak var carrier: (any ExchangeCarrier)?
    /// Whether all bytes of the request were given to the operating system.
    var isSent = false
    /// Whether the head of the final response was given to the owner.
    private(set) var hasResponse = false
    private(set) var isOver = false
    private var timer: Scheduled<Void>?
    private unowned let maker: HTTPExchanges

    init(_ request: OutgoingRequest, number: UInt32, maker: HTTPExchanges) {
        self.request = request
        self.number = number
        self.maker = maker
    }

    /// Starts the request's time, which long-lived ones do not have.
    func startTimer(_ limit: Duration?) {
        guard let limit, request.isTimed, !request.isLongLived else { return }
        timer = maker.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limit)) { [weak self] in
            self?.timedOut(limit)
        }
    }

    func responseBegan(_ head: IncomingHead) {
        hasResponse = true
        owner { $0.responseBegan(number, head) }
    }

    func responseBody(_ bytes: ByteBuffer) {
        owner { $0.responseBody(number, bytes) }
    }

    func end(_ end: ExchangeEnd) {
        guard !isOver else { return }
        stop()
        maker.exchangeEnded(self, end)
    }

    /// Ends it for a failure, which is `.notSent` when that is sure.
    func fail(_ error: HTTPClientError) {
        end(isSent || hasResponse ? .cut(error) : .notSent(error))
    }

    /// Ends it without a word.
    func abort() {
        stop()
        carrier?.drop(self)
        carrier = nil
    }

    private func stop() {
        isOver = true
        timer?.cancel()
        timer = nil
    }

    private func timedOut(_ limit: Duration) {
        guard !isOver else { return }
        let what = isSent || hasResponse ? "complete its response" : "take the request"
        let error = HTTPClientError(.timeout, "\(maker.peer) did not \(what) within \(limit.inWords)")
        if let carrier {
            carrier.drop(self)
            self.carrier = nil
        } else {
            maker.withdraw(self)
        }
        fail(error)
    }

    /// Speaks to the owner; without one there is nobody to exchange for.
    private func owner(_ body: (any ExchangeOwner) -> Void) {
        guard !isOver else { return }
        if let owner = maker.owner { body(owner) } else { maker.abort(number) }
    }
}

/// What an exchange is on: an HTTP/1.1 connection, or a stream of HTTP/2.
protocol ExchangeCarrier: AnyObject {
    /// Ends what carries the exchange at once, and says nothing of it.
    func drop(_ exchange: Exchange)
}

/// A connection as the pool sees it.
protocol ClientConnection: AnyObject {
    /// Whether it can take an exchange, as far as the operating system knows.
    var isUsable: Bool { get }
    /// Sends the request of an exchange, and tells it what comes.
    func carry(_ exchange: Exchange)
    /// Ends it at once.
    func close()
    /// Reads from it again, where it was left unread for the observer.
    func readOn()
}

extension Duration {
    /// For people: `30 s`, `0.05 s`.
    var inWords: String {
        let (seconds, attoseconds) = components
        let thousandths = attoseconds / 1_000_000_000_000_000
        guard thousandths != 0 else { return "\(seconds) s" }
        var digits = String(thousandths)
        digits = String(repeating: "0", count: 3 - digits.count) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(seconds).\(digits) s"
    }
}
