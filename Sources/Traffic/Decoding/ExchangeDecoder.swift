import WireFormats

/// Turns the HTTP parts of a recording into traffic events: heads into fields, event streams into blocks.
///
/// One decoder serves all connections of a recording and gives each event a time later than the one before, in the
/// order in which parts come. It holds no more of an exchange than the unfinished block of its stream, and what
/// inflates its content where that is encoded.
package struct ExchangeDecoder: Sendable {
    struct Exchange: Sendable {
        var stream: StreamDecoding?
        /// Length of the response's content so far, as sent.
        var contentOffset: Int64 = 0
        /// The same after content decoding.
        var decodedOffset: Int64 = 0
        /// Nil where the content is not encoded, or over.
        var request: ContentDecoding?
        var response: ContentDecoding?
        var trailers: [HTTPField] = []
    }

    private let base: Int64
    private let inflater: (any Inflater.Type)?
    var exchanges = IDTable<Exchange>()
    /// The upstream connection of each connection that has one.
    private var upstreams = IDTable<UInt32>()
    private var requestHeads = RecentHeads<RequestHead>()
    private var responseHeads = RecentHeads<ResponseHead>()
    private var clock: EventClock
    private var nextBlock: Int64 = 1

    /// `recordingID` makes the upper half of every row id. Without an inflater no content coding is read.
    package init(recordingID: Int64, inflater: (any Inflater.Type)? = nil) {
        base = recordingID << 32
        self.inflater = inflater
        clock = EventClock()
    }

    /// Whether content of the exchange is decoded on the way.
    package func isEncoded(_ exchange: UInt32) -> Bool {
        guard inflater != nil, let index = exchanges.index(forKey: exchange) else { return false }
        return exchanges.values[index].request != nil || exchanges.values[index].response != nil
    }

    /// The row id of a source's number.
    package func rowID(_ number: UInt32) -> Int64 { base | Int64(number) }

    /// Appends to `events` what the part says. `at` is when its bytes came, in nanoseconds since the epoch.
    package mutating func feed(
        _ part: WirePart, connection: UInt32, exchange: UInt32, at: Int64, bytes: RawSpan,
        into events: inout [TrafficEvent]
    ) {
        switch part {
        case .requestBody:
            requestContent(connection: connection, exchange: exchange, at: at, bytes: bytes, into: &events)
        case .requestEnd:
            endRequest(isWhole: true, connection: connection, exchange: exchange, at: at, into: &events)
            emit(.requestEnd(trailers: HeadDecoding.trailers(bytes)), connection, exchange, at, &events)
        case .responseBody:
            responseContent(connection: connection, exchange: exchange, at: at, bytes: bytes, into: &events)
        case .ended(let by, let reason):
            end(by, reason, connection: connection, exchange: exchange, at: at, into: &events)
        case .responseChunk(let size):
            chunk(size, connection: connection, exchange: exchange, at: at, into: &events)
        case .responseEnd:
            exchanges[exchange]?.trailers = HeadDecoding.trailers(bytes)
        case .requestHead: begin(connection: connection, exchange: exchange, at: at, bytes: bytes, into: &events)
        case .upstreamOpened(let number, let client, let server, let tls):
            upstreams[connection] = number
            let opening = ConnectionOpening(leg: .upstream, client: client, server: server, tls: tls)
            emit(.opened(opening), number, 0, at, &events)
            guard exchange != 0 else { return }
            emit(.forwarded(over: rowID(number)), connection, exchange, at, &events)
        case .gap(let missing, let reason):
            gap(missing, reason, connection: connection, exchange: exchange, at: at, into: &events)
        case .upstreamClosed(let number, let by, let reason):
            upstreams.removeValue(forKey: connection)
            emit(.closed(by: by, reason: reason), number, 0, at, &events)
        default:
            guard let what = simple(part, connection: connection, exchange: exchange, bytes: bytes) else { return }
            emit(what, connection, exchange, at, &events)
        }
    }

    private mutating func begin(
        connection: UInt32, exchange: UInt32, at: Int64, bytes: RawSpan, into events: inout [TrafficEvent]
    ) {
        let head = requestHeads.head(bytes, HeadDecoding.request)
        var state = Exchange()
        state.request = decoding(head.fields, isStream: false)
        exchanges[exchange] = state
        emit(.requestHead(head), connection, exchange, at, &events)
        guard let upstream = upstreams[connection] else { return }
        emit(.forwarded(over: rowID(upstream)), connection, exchange, at, &events)
    }

    private mutating func simple(
        _ part: WirePart, connection: UInt32, exchange: UInt32, bytes: RawSpan
    ) -> TrafficEvent.What? {
        switch part {
        case .opened(let client, let server, let tls):
            return .opened(ConnectionOpening(leg: .client, client: client, server: server, tls: tls))
        case .informational: return .informational(HeadDecoding.response(bytes))
        case .responseHead:
            let head = responseHeads.head(bytes, HeadDecoding.response)
            let decoding = decoding(head.fields, isStream: head.isEventStream)
            exchanges[exchange]?.response = decoding
            if head.isEventStream, decoding?.isRead != false { exchanges[exchange]?.stream = StreamDecoding() }
            return .responseHead(head)
        case .edited(let edit): return .edited(edit)
        case .closed(let by, let reason):
            upstreams.removeValue(forKey: connection)
            return .closed(by: by, reason: reason)
        case .requestHead, .requestBody, .requestEnd, .responseChunk, .responseBody, .responseEnd, .ended,
            .upstreamOpened, .upstreamClosed, .gap:
            return nil
        }
    }

    private func decoding(_ fields: [HTTPField], isStream: Bool) -> ContentDecoding? {
        let coding = ContentCoding(fields)
        return coding == .identity ? nil : ContentDecoding(coding, type: inflater, isStream: isStream)
    }

    mutating func emit(
        _ what: TrafficEvent.What, _ connection: UInt32, _ exchange: UInt32, _ at: Int64,
        _ events: inout [TrafficEvent]
    ) {
        let exchangeID = exchange == 0 ? 0 : rowID(exchange)
        events.append(TrafficEvent(at: clock.next(at), connection: rowID(connection), exchange: exchangeID, what))
    }

    // MARK: Response content

    /// `bytes` after content decoding.
    mutating func content(
        connection: UInt32, exchange: UInt32, at: Int64, bytes: RawSpan, into events: inout [TrafficEvent]
    ) {
        guard let place = exchanges.index(forKey: exchange) else {
            return emit(.responseBody(bytes.bytes), connection, exchange, at, &events)
        }
        let offset = exchanges.values[place].decodedOffset
        exchanges.values[place].decodedOffset += Int64(bytes.byteCount)
        // Taken out and put back: the reader's buffer is then never shared while it grows.
        guard var stream = exchanges.values[place].stream.take() else {
            return emit(.responseBody(bytes.bytes), connection, exchange, at, &events)
        }
        let firstByteAt = max(at, clock.last)
        stream.read(bytes, offset: offset, at: firstByteAt) { found in
            emit(found, connection, exchange, at, &events)
        }
        exchanges.values[place].stream = stream
    }

    private mutating func emit(
        _ found: StreamDecoding.Found, _ connection: UInt32, _ exchange: UInt32, _ at: Int64,
        _ events: inout [TrafficEvent]
    ) {
        switch found {
        case .chunk(let offset, let size):
            emit(TrafficEvent.What.chunk(offset: offset, size: size), connection, exchange, at, &events)
        case .block(let block, let seq, let firstByteAt):
            let placed = StreamBlock(id: base | nextBlock, seq: seq, firstByteAt: firstByteAt, block: block)
            nextBlock += 1
            emit(.block(placed), connection, exchange, at, &events)
        }
    }

    private mutating func chunk(
        _ size: UInt64, connection: UInt32, exchange: UInt32, at: Int64, into events: inout [TrafficEvent]
    ) {
        guard let place = exchanges.index(forKey: exchange) else { return }
        let size = Int64(clamping: size)
        let offset = exchanges.values[place].contentOffset
        // Of encoded content no chunk is just a block.
        guard exchanges.values[place].stream == nil || exchanges.values[place].response != nil else {
            if let mark = exchanges.values[place].stream?.beginChunk(offset: offset, size: size) {
                emit(mark, connection, exchange, at, &events)
            }
            return
        }
        if size > 0 {
            emit(TrafficEvent.What.chunk(offset: offset, size: size), connection, exchange, at, &events)
        }
    }

    /// In a stream the blocks on both sides of a gap are torn, and encoded content ends there; else only the bytes are
    /// missing.
    private mutating func gap(
        _ bytes: Int64, _ reason: String, connection: UInt32, exchange: UInt32, at: Int64,
        into events: inout [TrafficEvent]
    ) {
        exchanges[exchange]?.request?.miss()
        exchanges[exchange]?.response?.miss()
        if var stream = exchanges[exchange]?.stream.take() {
            let offset = exchanges[exchange]?.decodedOffset ?? 0
            for found in stream.miss(bytes, offset: offset, at: max(at, clock.last)) {
                emit(found, connection, exchange, at, &events)
            }
            exchanges[exchange]?.stream = stream
            exchanges[exchange]?.decodedOffset = offset + bytes
            exchanges[exchange]?.contentOffset += bytes
        }
        emit(TrafficEvent.What.gap(bytes: bytes, reason: reason), connection, exchange, at, &events)
    }

    private mutating func end(
        _ by: Peer, _ reason: EndReason, connection: UInt32, exchange: UInt32, at: Int64,
        into events: inout [TrafficEvent]
    ) {
        endRequest(isWhole: false, connection: connection, exchange: exchange, at: at, into: &events)
        endResponse(
            isWhole: reason == .complete, connection: connection, exchange: exchange, at: at, into: &events)
        var state = exchanges.removeValue(forKey: exchange) ?? Exchange()
        let rest = state.stream?.finish(offset: state.decodedOffset, at: max(at, clock.last)) ?? []
        for found in rest { emit(found, connection, exchange, at, &events) }
        emit(.ended(by: by, reason: reason, trailers: state.trailers), connection, exchange, at, &events)
    }
}

/// Gives every event a time later than the one before it.
package struct EventClock: Sendable {
    package private(set) var last: Int64 = .min

    package init() {}

    package mutating func next(_ at: Int64) -> Int64 {
        last = at > last ? at : last + 1
        return last
    }
}
