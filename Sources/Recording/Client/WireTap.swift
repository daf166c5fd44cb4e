import Forwarding
import MCPTransports
import NIOCore
import Synchronization

/// Gives what a client of ours sends and receives to a recorder, as the proxy's tap gives what passes through it. One for
/// each `HTTPExchanges`, used on its event loop.
///
/// What one turn of the event loop brings is handed over together, so that the queue is locked once.
package final class WireTap: WireObserver {
    private let queue: TapQueue
    private let numbers: WireNumbers
    private let eventLoop: any EventLoop
    private var connections: [Int: UInt32] = [:]
    private var exchanges: [UInt32: UInt32] = [:]
    private var items: [TapItem] = []
    /// Whether the recorder asks for a pause: more waits for it than it may hold. Nothing is lost meanwhile, but nothing
    /// more should be sent or read before `WireRecording` says that it goes on.
    package private(set) var isHeld = false

    init(queue: TapQueue, numbers: WireNumbers, eventLoop: any EventLoop) {
        self.queue = queue
        self.numbers = numbers
        self.eventLoop = eventLoop
    }

    package func saw(_ sight: WireSight) {
        if items.isEmpty { eventLoop.assumeIsolated().execute { self.handOver() } }
        let (bytes, pinned) = Self.kept(sight.bytes)
        items.append(
            TapItem(
                connection: number(ofConnection: sight.connection), exchange: number(ofExchange: sight.exchange),
                part: Self.part(sight.part), bytes: bytes, pinnedBytes: pinned))
        forget(sight)
    }

    /// Hands over what was seen. Called before the recorder is asked to finish.
    package func handOver() {
        guard !items.isEmpty else { return }
        isHeld = !queue.record(&items)
        items.removeAll(keepingCapacity: true)
    }

    func goOn() { isHeld = false }

    private func number(ofConnection number: Int) -> UInt32 {
        if let known = connections[number] { return known }
        let given = numbers.nextConnection()
        connections[number] = given
        return given
    }

    private func number(ofExchange number: UInt32?) -> UInt32 {
        guard let number else { return 0 }
        if let known = exchanges[number] { return known }
        let given = numbers.nextExchange()
        exchanges[number] = given
        return given
    }

    private func forget(_ sight: WireSight) {
        switch sight.part {
        case .exchangeEnded: if let exchange = sight.exchange { exchanges[exchange] = nil }
        case .connectionClosed: connections[sight.connection] = nil
        default: break
        }
    }

    /// A slice that is a small part of its buffer would keep all of it.
    private static func kept(_ bytes: ByteBuffer?) -> (ByteBuffer?, UInt32) {
        guard let bytes else { return (nil, 0) }
        guard bytes.readableBytes * 4 < bytes.storageCapacity else { return (bytes, UInt32(bytes.storageCapacity)) }
        return (ByteBuffer(bytes: bytes.readableBytesView), UInt32(bytes.readableBytes))
    }

    private static func part(_ part: WireSight.Part) -> TapPart {
        switch part {
        case .connectionOpened(let local, let remote, let tls):
            .opened(
                client: local, server: remote, tls: tls.map { TapTLS(version: $0.version, serverName: $0.serverName) })
        case .requestHead: .requestHead
        case .requestBody: .requestBody
        case .requestEnd: .requestEnd
        case .informational: .informational
        case .responseHead: .responseHead
        case .responseChunk(let size): .responseChunk(size: size)
        case .responseBody: .responseBody
        case .responseEnd: .responseEnd
        case .malformed(let sentence): .malformed(by: .server, sentence: sentence)
        case .exchangeEnded(let by, let reason): .exchangeEnded(by: ender(by), reason: end(reason))
        case .connectionClosed(let by, let reason): .closed(by: ender(by), reason: end(reason))
        }
    }

    private static func ender(_ side: WireSight.Side) -> TapEnder { side == .client ? .client : .server }

    private static func end(_ reason: WireSight.Reason) -> TapEndReason {
        switch reason {
        case .complete: .complete
        case .fin: .fin
        case .rst: .rst
        case .invalid: .httpError
        }
    }
}

/// Numbers that are unique in one recording, whichever client they are for.
final class WireNumbers: Sendable {
    private let connections = Atomic<UInt32>(0)
    private let exchanges = Atomic<UInt32>(0)

    func nextConnection() -> UInt32 { connections.add(1, ordering: .relaxed).newValue }
    func nextExchange() -> UInt32 { exchanges.add(1, ordering: .relaxed).newValue }
}
