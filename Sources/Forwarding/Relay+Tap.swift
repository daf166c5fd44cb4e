import NIOCore
import WireFormats

/// What goes to the tap; nothing is built when there is none.
extension Relay {
    @inline(__always)
    func record(_ part: @autoclosure () -> TapPart, exchange: UInt32? = nil) {
        guard state.hasTap else { return }
        state.items.append(TapItem(connection: number, exchange: exchange ?? 0, part: part()))
    }

    @inline(__always)
    func record(_ part: TapPart, _ range: Range<Int>, _ tapped: inout TapBytes, exchange: UInt32?) {
        guard state.hasTap else { return }
        let (bytes, pinned) = tapped.bytes(range)
        state.items.append(
            TapItem(connection: number, exchange: exchange ?? 0, part: part, bytes: bytes, pinnedBytes: pinned))
    }

    /// The head that the parser of a side has just given.
    func recordHead(
        _ part: TapPart, of side: Side, in buffer: ByteBuffer, _ tapped: inout TapBytes, exchange: UInt32
    ) {
        guard state.hasTap else { return }
        let range = side == .client ? requests.headRange : responses.headRange
        if let range { return record(part, range, &tapped, exchange: exchange) }
        let copy = { (head: RawSpan) in head.withUnsafeBytes { ByteBuffer(bytes: $0) } }
        let bytes =
            switch side {
            case .client: requests.withHeadBytes(in: buffer.readableBytesSpan, copy)
            case .upstream: responses.withHeadBytes(in: buffer.readableBytesSpan, copy)
            }
        append(part, bytes, exchange)
    }

    func recordTrailers(_ part: TapPart, of side: Side, exchange: UInt32?) {
        guard state.hasTap else { return }
        let trailers = side == .client ? requests.trailers : responses.trailers
        if trailers.isEmpty { return record(part, exchange: exchange) }
        append(part, ByteBuffer(bytes: trailers), exchange ?? 0)
    }

    /// So much is kept of a head that cannot be read, from its beginning.
    private static var malformedLimit: Int { 4096 }

    func recordMalformed(
        by: TapEnder, _ error: HTTP1Error, _ buffer: ByteBuffer, _ position: Int, exchange: UInt32?
    ) {
        guard state.hasTap else { return }
        let head = by == .client ? requests.unreadHead : responses.unreadHead
        var bytes = ByteBuffer(bytes: head.prefix(Self.malformedLimit))
        let rest = buffer.readableBytesView.dropFirst(position)
        bytes.writeBytes(rest.prefix(Self.malformedLimit - bytes.readableBytes))
        append(.malformed(by: by, sentence: error.description), bytes, exchange ?? 0)
    }

    func recordUpstreamClosed() {
        let end = upstreamCause ?? (.unknown, .shutdown)
        record(.upstreamClosed(number: upstreamNumber, by: end.by, reason: end.reason))
    }

    private func append(_ part: TapPart, _ bytes: ByteBuffer, _ exchange: UInt32) {
        state.items.append(
            TapItem(
                connection: number, exchange: exchange, part: part, bytes: bytes,
                pinnedBytes: UInt32(bytes.storageCapacity)))
    }
}
