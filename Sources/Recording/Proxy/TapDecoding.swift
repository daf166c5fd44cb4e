import Forwarding
import NIOCore
import Traffic

/// Turns what the forwarder's tap says into what the recorder takes.
struct TapDecoding: Sendable {
    /// Exchanges made up here for requests that could not be read, and for responses to nothing: they have no number
    /// of the forwarder's.
    private var unreadable: [UInt32: UInt32] = [:]
    private var nextUnreadable: UInt32 = 1 << 31
    /// The exchange that a connection began with, until its upstream connection is there: it travels over that.
    private var waiting: [UInt32: UInt32] = [:]
    /// Connections that had their first exchange or their upstream connection.
    private var connected: Set<UInt32> = []

    mutating func feed(_ item: TapItem, at: Int64, to recorder: inout TrafficRecorder) {
        switch item.part {
        case .malformed(let by, let sentence): malformed(by, sentence, item, at, &recorder)
        case .answered(let status, let text): answered(status, text, item, at, &recorder)
        case .requestHead:
            if connected.insert(item.connection).inserted { waiting[item.connection] = item.exchange }
            send(.requestHead, item, item.exchange, at, &recorder)
        case .upstreamOpened:
            connected.insert(item.connection)
            let exchange = waiting.removeValue(forKey: item.connection) ?? item.exchange
            send(Self.part(item.part), item, exchange, at, &recorder)
        case .closed:
            if let exchange = unreadable.removeValue(forKey: item.connection) {
                send(.ended(by: .recorder, reason: .httpError), item, exchange, at, &recorder)
            }
            waiting.removeValue(forKey: item.connection)
            connected.remove(item.connection)
            send(Self.part(item.part), item, item.exchange, at, &recorder)
        default: send(Self.part(item.part), item, item.exchange, at, &recorder)
        }
    }

    private func send(
        _ part: WirePart?, _ item: TapItem, _ exchange: UInt32, _ at: Int64, _ recorder: inout TrafficRecorder
    ) {
        guard let part else { return }
        let bytes = item.bytes ?? ByteBuffer()
        recorder.feed(part, connection: item.connection, exchange: exchange, at: at, bytes: bytes.readableBytesSpan)
    }

    private mutating func malformed(
        _ by: TapEnder, _ sentence: String, _ item: TapItem, _ at: Int64, _ recorder: inout TrafficRecorder
    ) {
        var exchange = item.exchange
        if exchange == 0 {
            exchange = nextUnreadable
            nextUnreadable += 1
            unreadable[item.connection] = exchange
            if by == .client {
                send(.requestHead, item, exchange, at, &recorder)
            } else {
                recorder.feed(.requestHead, connection: item.connection, exchange: exchange, at: at, bytes: RawSpan())
                send(.responseHead, item, exchange, at, &recorder)
            }
        }
        let edit = Edit(place: by == .client ? .request : .response, what: "malformed", from: sentence, to: nil)
        send(.edited(edit), item, exchange, at, &recorder)
    }

    private mutating func answered(
        _ status: Int, _ text: String, _ item: TapItem, _ at: Int64, _ recorder: inout TrafficRecorder
    ) {
        let edit = Edit(place: .response, what: "answer", from: nil, to: "\(status) \(text)")
        guard item.exchange == 0 else { return send(.edited(edit), item, item.exchange, at, &recorder) }
        guard let exchange = unreadable.removeValue(forKey: item.connection) else { return }
        send(.edited(edit), item, exchange, at, &recorder)
        send(.ended(by: .recorder, reason: .httpError), item, exchange, at, &recorder)
    }

    private static func part(_ part: TapPart) -> WirePart? {
        switch part {
        case .opened(let client, let server, let tls):
            .opened(client: client, server: server, tls: tls.map(TLSFacts.init))
        case .upstreamOpened(let number, let client, let server, let tls):
            .upstreamOpened(number: number, client: client, server: server, tls: tls.map(TLSFacts.init))
        case .requestHead: .requestHead
        case .requestBody: .requestBody
        case .requestEnd: .requestEnd
        case .informational: .informational
        case .responseHead: .responseHead
        case .responseChunk(let size): .responseChunk(size: size)
        case .responseBody: .responseBody
        case .responseEnd: .responseEnd
        case .edited(let edit): .edited(Edit(edit))
        case .exchangeEnded(let by, let reason): .ended(by: Peer(by), reason: EndReason(reason))
        case .upstreamClosed(let number, let by, let reason):
            .upstreamClosed(number: number, by: Peer(by), reason: EndReason(reason))
        case .closed(let by, let reason): .closed(by: Peer(by), reason: EndReason(reason))
        case .malformed, .answered: nil
        }
    }
}
