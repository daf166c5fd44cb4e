import Forwarding
import NIOCore

/// An item whose content is long, as several with less: what one of them becomes is bounded, a few thousand events.
///
/// Deflate makes at most 1,032 bytes of one (RFC 1951), so of encoded content less is taken at a time.
struct ContentSlices: Sequence, IteratorProtocol {
    private var item: TapItem
    private var rest: ByteBuffer?
    private let length: Int

    static let plainLength = 16 << 10
    static let encodedLength = 256

    init(of item: TapItem, isEncoded: Bool) {
        self.item = item
        length = isEncoded ? Self.encodedLength : Self.plainLength
        rest = item.part == .requestBody || item.part == .responseBody ? item.bytes : nil
    }

    /// 1 for an item that is to be taken as a whole.
    var count: Int { Swift.max(1, ((rest?.readableBytes ?? 0) + length - 1) / length) }

    mutating func next() -> TapItem? {
        let next = Swift.min(length, rest?.readableBytes ?? 0)
        guard next > 0, let bytes = rest?.readSlice(length: next) else { return nil }
        item.bytes = bytes
        return item
    }
}
