import WireFormats

/// The blocks of one event stream as its content comes in, and the chunks that are not exactly one block.
struct StreamDecoding: Sendable {
    enum Found: Sendable {
        case block(ServerSentBlock, seq: Int64, firstByteAt: Int64)
        case chunk(offset: Int64, size: Int64)
    }

    private var reader = ServerSentBlockReader()
    private var seq: Int64 = 0
    /// Offset in the content of the first byte of the block being read, and when it came.
    private var blockStart: Int64 = 0
    private var blockStartAt: Int64?
    /// The chunk being read, as long as it may still prove to be exactly one block.
    private var open: (offset: Int64, size: Int64)?
    /// The content so far ends in a CR that is not passed on yet.
    private var holdsCR = false
    /// The last line that ended did so with a CR alone.
    private var endsInCR = false

    /// Bytes are missing before the block being read, so it is not what was sent.
    private var isTorn = false

    private static let carriageReturn: UInt8 = 0x0D
    private static let lineFeed: UInt8 = 0x0A

    /// `at` is when the bytes came, `offset` where they stand in the content.
    ///
    /// A CR at their end waits for what comes next, since an LF then belongs to it: so blocks do not depend on how the
    /// bytes were split. Where the line before ended in a CR alone it does not wait, because no LF is to be expected.
    mutating func read(_ bytes: RawSpan, offset: Int64, at: Int64, _ found: (Found) -> Void) {
        guard bytes.byteCount > 0 else { return }
        var start = 0
        if holdsCR {
            holdsCR = false
            let isPair = bytes.unsafeLoad(fromUncheckedByteOffset: 0, as: UInt8.self) == Self.lineFeed
            start = isPair ? 1 : 0
            endsInCR = !isPair
            let held = isPair ? [Self.carriageReturn, Self.lineFeed] : [Self.carriageReturn]
            pass(held.span.bytes, offset: offset - 1, at: at, found)
        }
        let rest = bytes.extracting(start..<bytes.byteCount)
        holdsCR = endsHeld(rest)
        let end = rest.byteCount - (holdsCR ? 1 : 0)
        guard end > 0 else { return }
        pass(rest.extracting(0..<end), offset: offset + Int64(start), at: at, found)
    }

    /// Whether the bytes end in a CR that waits. Keeps how the last line before ended.
    private mutating func endsHeld(_ bytes: RawSpan) -> Bool {
        bytes.withUnsafeBytes { bytes in
            guard let last = bytes.last else { return false }
            let before = last == Self.carriageReturn ? bytes.dropLast() : bytes[...]
            let lineEnd = before.last { $0 == Self.carriageReturn || $0 == Self.lineFeed }
            if let lineEnd { endsInCR = lineEnd == Self.carriageReturn }
            return last == Self.carriageReturn && !endsInCR
        }
    }

    private mutating func pass(_ bytes: RawSpan, offset: Int64, at: Int64, _ found: (Found) -> Void) {
        if blockStartAt == nil { blockStartAt = at }
        reader.read(bytes) { block, endOffset in
            let end = offset + Int64(endOffset)
            if let chunk = open, chunk.offset == blockStart, chunk.offset + chunk.size == end { open = nil }
            var block = block
            if isTorn { block.kind = .partial }
            isTorn = false
            found(.block(block, seq: seq, firstByteAt: blockStartAt ?? at))
            seq += 1
            blockStart = end
            blockStartAt = endOffset < bytes.byteCount ? at : nil
        }
    }

    /// Returns the chunk before, where it was not exactly one block. A size of 0 is the last-chunk line.
    mutating func beginChunk(offset: Int64, size: Int64) -> Found? {
        let mark = open.map { Found.chunk(offset: $0.offset, size: $0.size) }
        open = size > 0 ? (offset, size) : nil
        return mark
    }

    /// So many bytes are missing at `offset`: what was begun before them is partial, and so is what they tore.
    mutating func miss(_ bytes: Int64, offset: Int64, at: Int64) -> [Found] {
        let found = finish(offset: offset, at: at)
        reader = ServerSentBlockReader()
        blockStart = offset + bytes
        blockStartAt = nil
        endsInCR = false
        isTorn = true
        return found
    }

    /// `offset` is the length of the content.
    mutating func finish(offset: Int64, at: Int64) -> [Found] {
        var found: [Found] = []
        if holdsCR {
            holdsCR = false
            pass([Self.carriageReturn].span.bytes, offset: offset - 1, at: at) { found.append($0) }
        }
        if let block = reader.finish() {
            found.append(.block(block, seq: seq, firstByteAt: blockStartAt ?? 0))
            seq += 1
        }
        if let mark = beginChunk(offset: 0, size: 0) { found.append(mark) }
        return found
    }
}
