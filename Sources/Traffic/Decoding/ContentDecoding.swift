import WireFormats

/// Decodes the content of one message as its bytes arrive, in any split of them.
///
/// What came out before the data broke, or was found to be too much, stays told; then nothing more is inflated.
struct ContentDecoding: Sendable {
    enum Found: Sendable {
        case content([UInt8])
        /// `offset`: how much of the content as sent was decoded.
        case note(ContentNote.Why, offset: Int64)
        /// So many bytes as sent were not decoded, because they come to too much.
        case missed(Int64)
    }

    private let coding: ContentCoding
    /// Nil where nothing inflates: then every coding is one that is not read.
    private let type: (any Inflater.Type)?
    private let isStream: Bool
    private var inflater: (any Inflater)?
    /// The first byte of deflate data, whose wrapping only the second tells.
    private var held: UInt8?
    private var hasEnded = false
    private var isOver = false
    private var isTooLarge = false
    private var content: Int64 = 0
    private var received: Int64 = 0
    /// How much of what was received was decoded.
    private var used: Int64 = 0

    private static let pieceSize = 64 << 10
    /// A stream that comes to more than the limit of a body is stopped where it also comes to so many times what was
    /// sent: conversations do not repeat themselves that much.
    static let streamRatio: Int64 = 200

    init(_ coding: ContentCoding, type: (any Inflater.Type)?, isStream: Bool) {
        self.coding = coding
        self.type = coding.isRead ? type : nil
        self.isStream = isStream
    }

    var isRead: Bool { type != nil }
    var name: String { coding.name }

    mutating func read(_ bytes: RawSpan, _ found: (Found) -> Void) {
        guard bytes.byteCount > 0 else { return }
        if received == 0, !isRead { found(.note(.unread, offset: 0)) }
        received += Int64(bytes.byteCount)
        guard isRead, !isOver else { return }
        guard coding == .deflate, inflater == nil, !hasEnded else { return inflate(bytes, found) }
        guard let first = held else {
            guard bytes.byteCount > 1 else {
                held = bytes.unsafeLoad(fromUncheckedByteOffset: 0, as: UInt8.self)
                return
            }
            begin(Self.wrapping(bytes.byte(0), bytes.byte(1)))
            return inflate(bytes, found)
        }
        held = nil
        begin(Self.wrapping(first, bytes.byte(0)))
        inflate([first].span.bytes, found)
        inflate(bytes, found)
    }

    /// The message is over. `isWhole`: its own framing says so.
    mutating func finish(isWhole: Bool, _ found: (Found) -> Void) {
        if let first = held {
            held = nil
            begin(.none)
            inflate([first].span.bytes, found)
        }
        if isTooLarge { found(.missed(max(1, received - used))) }
        guard isRead, !isOver, received > 0 else { return }
        isOver = true
        if !hasEnded || inflater != nil, isWhole { found(.note(.cut, offset: used)) }
    }

    /// Bytes are missing: what follows cannot be told.
    mutating func miss() {
        isOver = true
        inflater = nil
    }

    private mutating func begin(_ wrapping: Wrapping) {
        inflater = type?.init(wrapping)
        hasEnded = false
    }

    /// No data without zlib's wrapping begins as with it: a stored block, which is all that it could be, is filled up
    /// with zeros. (RFC 1950 §2.2, RFC 1951 §3.2.4)
    private static func wrapping(_ first: UInt8, _ second: UInt8) -> Wrapping {
        first & 0x0F == 8 && (UInt16(first) << 8 | UInt16(second)) % 31 == 0 ? .zlib : .none
    }

    private mutating func inflate(_ bytes: RawSpan, _ found: (Found) -> Void) {
        var position = 0
        while !isOver {
            if inflater == nil {
                guard let start = nextMember(in: bytes, from: position, found) else { return }
                position = start
            }
            let rest = bytes.extracting(position..<bytes.byteCount)
            guard let (advance, state) = step(rest, found) else { return stop(.tooLarge, found) }
            position += advance
            used += Int64(advance)
            switch state {
            case .hungry: return
            case .full: continue
            case .broken: return stop(.broken, found)
            case .ended:
                inflater = nil
                hasEnded = true
            }
        }
    }

    /// Where the next gzip member begins; nil where the bytes end before one, or something else follows. Members may
    /// follow each other, and zeros may fill up the end. (RFC 1952 §2.2)
    private mutating func nextMember(in bytes: RawSpan, from start: Int, _ found: (Found) -> Void) -> Int? {
        var position = start
        while hasEnded, position < bytes.byteCount, bytes.byte(position) == 0 { position += 1 }
        used += Int64(position - start)
        guard position < bytes.byteCount else { return nil }
        guard coding == .gzip, !hasEnded || bytes.byte(position) == 0x1F else {
            stop(.trailing, found)
            return nil
        }
        begin(.gzip)
        return position
    }

    /// Inflates a piece and gives it on; nil where that is more than is kept.
    private mutating func step(_ bytes: RawSpan, _ found: (Found) -> Void) -> (used: Int, state: InflaterState)? {
        var room = Int64(Self.pieceSize)
        if !isStream { room = min(room, Int64(Ledger.bodyLimit) - content) }
        var piece: [UInt8] = []
        guard let (advance, state) = inflater?.inflate(bytes, into: &piece, limit: Int(max(room, 1))) else {
            return nil
        }
        guard piece.count <= room else { return nil }
        content += Int64(piece.count)
        if isStream, content > Int64(Ledger.bodyLimit), content / Self.streamRatio > received { return nil }
        if !piece.isEmpty { found(.content(piece)) }
        return (advance, state)
    }

    private mutating func stop(_ why: ContentNote.Why, _ found: (Found) -> Void) {
        isOver = true
        isTooLarge = why == .tooLarge
        inflater = nil
        found(.note(why, offset: used))
    }
}

extension RawSpan {
    fileprivate func byte(_ index: Int) -> UInt8 { unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self) }
}
