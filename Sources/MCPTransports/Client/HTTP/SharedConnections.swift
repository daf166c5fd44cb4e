import NIOCore
import NIOPosix
import WireFormats

/// Connections that many transports to one server share, so that their short requests need no connection each.
///
/// Each event stream still has a connection of its own over HTTP/1.1. Requests beyond the limit wait for one to be
/// answered. All transports that share connections run on one event loop.
///
/// ```swift
/// let connections = SharedConnections(limit: 100)
/// let transport = try SSEClientTransport(url: url, configuration: .init(connections: connections))
/// ```
public final class SharedConnections: Sendable {
    let eventLoop: any EventLoop
    private let limit: Int
    private let hubs: NIOLoopBoundBox<[String: ExchangeHub]>

    /// - Parameter limit: how many requests may be on the way to one server at a time, event streams aside.
    public init(limit: Int = 100) {
        eventLoop = NIOSingletons.posixEventLoopGroup.next()
        self.limit = max(1, limit)
        hubs = .makeBoxSendingValue([:], eventLoop: eventLoop)
    }

    /// What one transport makes its exchanges through. The first transport to a server decides how it is connected to.
    func lane(
        to origin: HTTPURL, configuration: HTTPClientConfiguration, owner: any ExchangeOwner
    ) -> any ExchangeMaker {
        eventLoop.preconditionInEventLoop()
        if let hub = hubs.value[origin.origin] { return ExchangeLane(hub: hub, owner: owner) }
        let hub = ExchangeHub(origin: origin, configuration: configuration, eventLoop: eventLoop, limit: limit)
        hubs.value[origin.origin] = hub
        return ExchangeLane(hub: hub, owner: owner)
    }
}

/// Makes the exchanges of many owners through one client, and tells each of its own.
final class ExchangeHub: ExchangeOwner {
    private struct Place {
        weak var lane: ExchangeLane?
        let number: UInt32
        let isShort: Bool
    }

    let eventLoop: any EventLoop
    private let limit: Int
    private var exchanges: HTTPExchanges?
    private var places: [UInt32: Place] = [:]
    private var waiting = CircularBuffer<(number: UInt32, request: OutgoingRequest)>()
    private var lastNumber: UInt32 = 0
    private var short = 0

    init(origin: HTTPURL, configuration: HTTPClientConfiguration, eventLoop: any EventLoop, limit: Int) {
        self.eventLoop = eventLoop
        self.limit = limit
        // What one request leaves behind serves the next, so as many may be idle as may be busy.
        var configuration = configuration
        configuration.pool.idleConnections = max(configuration.pool.idleConnections, min(limit, 64))
        exchanges = HTTPExchanges(origin: origin, configuration: configuration, eventLoop: eventLoop, owner: self)
    }

    /// Begins an exchange, or lets it wait. Gives the number to abort it by.
    func begin(_ request: OutgoingRequest, for lane: ExchangeLane, as number: UInt32) -> UInt32 {
        repeat { lastNumber &+= 1 } while lastNumber == 0 || places[lastNumber] != nil
        let own = lastNumber
        places[own] = Place(lane: lane, number: number, isShort: !request.isLongLived)
        if request.isLongLived || short < limit {
            if !request.isLongLived { short += 1 }
            exchanges?.begin(request, as: own)
        } else {
            waiting.append((own, request))
        }
        return own
    }

    func abort(_ own: UInt32) {
        guard let place = places.removeValue(forKey: own) else { return }
        if let index = waiting.firstIndex(where: { $0.number == own }) {
            waiting.remove(at: index)
            return
        }
        exchanges?.abort(own)
        if place.isShort { shortEnded() }
    }

    private func shortEnded() {
        short -= 1
        guard !waiting.isEmpty, short < limit else { return }
        let next = waiting.removeFirst()
        short += 1
        exchanges?.begin(next.request, as: next.number)
    }

    func responseBegan(_ own: UInt32, _ head: IncomingHead) {
        guard let place = places[own] else { return }
        place.lane?.owner?.responseBegan(place.number, head)
    }

    func responseBody(_ own: UInt32, _ bytes: ByteBuffer) {
        guard let place = places[own] else { return }
        place.lane?.owner?.responseBody(place.number, bytes)
    }

    func exchangeEnded(_ own: UInt32, _ end: ExchangeEnd) {
        guard let place = places.removeValue(forKey: own) else { return }
        if place.isShort { shortEnded() }
        place.lane?.ended(place.number)
        place.lane?.owner?.exchangeEnded(place.number, end)
    }
}

/// One owner's way through a hub.
final class ExchangeLane: ExchangeMaker {
    private let hub: ExchangeHub
    private(set) weak var owner: (any ExchangeOwner)?
    /// The hub's numbers by those of the owner.
    private var numbers: [UInt32: UInt32] = [:]

    init(hub: ExchangeHub, owner: any ExchangeOwner) {
        self.hub = hub
        self.owner = owner
    }

    func begin(_ request: OutgoingRequest, as number: UInt32) {
        numbers[number] = hub.begin(request, for: self, as: number)
    }

    func abort(_ number: UInt32) {
        if let own = numbers.removeValue(forKey: number) { hub.abort(own) }
    }

    func ended(_ number: UInt32) { numbers[number] = nil }

    func close() -> EventLoopFuture<Void> {
        for own in numbers.values { hub.abort(own) }
        numbers = [:]
        return hub.eventLoop.makeSucceededVoidFuture()
    }
}
