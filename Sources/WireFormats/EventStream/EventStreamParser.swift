/// Cuts an event stream into blocks and finds their fields, from any split of the bytes. (WHATWG HTML §9.2.6)
///
/// Pull style: call `next` with the same bytes until it needs more. A block that lies whole within the bytes given is
/// read in place; only a block that they cut is copied, and that copy is dropped with the next call. An idle parser
/// holds no memory beside its own, which is under 128 bytes.
///
/// A CR ends its line at once, for the next byte may be minutes away. If LF follows in later bytes it belongs to that
/// line end; where the CR ended a block, the LF stands as first byte of the next block and is no line of its own. So
/// the bytes of all blocks joined are always the stream, while the border of two blocks may differ by that one byte.
package struct EventStreamParser: Sendable {
    package enum Step: Sendable {
        /// All bytes are taken, no block is complete.
        case needsMore
        /// A block ended: `fields`, `kind` and `withBlock` tell of it until the next call.
        case block
        /// Part of a block that is longer than the limit: `withBlock` has its bytes, and no field is known. The block
        /// comes in as many such parts as the bytes do; what follows it is read as usual.
        case overlong
    }

    private struct Flags: OptionSet {
        let rawValue: UInt8
        /// No line of the stream was read: a byte order mark may come.
        static let atStart = Flags(rawValue: 1)
        /// The last byte was a CR: an LF belongs to it.
        static let afterCR = Flags(rawValue: 2)
        /// A block or part was given; the next call lets go of it.
        static let given = Flags(rawValue: 4)
        /// Within a block beyond the limit.
        static let overlong = Flags(rawValue: 8)
        /// Within a block beyond the limit: the line has bytes.
        static let lineHasBytes = Flags(rawValue: 16)
    }

    /// The beginning of a block whose end has not come, or a block that was cut.
    private var held: [UInt8] = []
    /// Where the block given begins in the caller's bytes; meaningless when it is held.
    private var blockStart = 0
    private var blockLength: UInt32 = 0
    /// Offset of the current line within the block.
    private var lineStart: UInt32 = 0
    private let limit: UInt32
    private var flags: Flags = .atStart
    /// The places of the fields of the block given.
    package private(set) var fields = BlockFields()

    /// - Parameter blockLimit: the most bytes of a block; beyond it the block is given in parts, unread. At most 2 GiB.
    package init(blockLimit: Int = 64 << 20) {
        limit = UInt32(Swift.min(Swift.max(blockLimit, 1), Int(Int32.max)))
    }

    /// Takes bytes up to the end of the next block.
    ///
    /// - Parameter position: where to go on in `bytes`; left just behind the block, or at the end of `bytes`.
    package mutating func next(in bytes: RawSpan, from position: inout Int) -> Step {
        if flags.contains(.given) { letGo() }
        guard position < bytes.byteCount else { return .needsMore }
        return bytes.withUnsafeBytes { input in
            flags.contains(.overlong) ? skip(input, &position) : advance(input, &position)
        }
    }

    /// Bytes held of a block whose end has not come.
    package var heldBytes: Int { held.count }

    /// The bytes of the block that `next` or `finish` gave, with the places of its fields in them.
    ///
    /// - Parameter bytes: those that were given to `next`.
    package func withBlock<Result>(in bytes: RawSpan, _ body: (RawSpan, BlockFields) -> Result) -> Result {
        if held.isEmpty {
            return body(bytes.extracting(blockStart..<blockStart + Int(blockLength)), fields)
        }
        return body(held.span.bytes, fields)
    }

    /// The place of the block that `next` gave in the bytes given to it; nil where it began in earlier bytes.
    package var blockRange: Range<Int>? {
        held.isEmpty ? blockStart..<blockStart + Int(blockLength) : nil
    }

    /// Ends the stream. True where bytes are left without their blank line, which `withBlock` then gives (with any
    /// bytes as argument). The parser is then ready for another stream.
    package mutating func finish() -> Bool {
        if flags.contains(.given) { letGo() }
        defer { flags = [.atStart, .given] }
        guard !held.isEmpty else { return false }
        var fields = self.fields
        held.withUnsafeBytes { bytes in
            let start = lineBegin(bytes, &fields)
            guard start < bytes.count else { return }
            fields.add(UnsafeRawBufferPointer(rebasing: bytes[start...]), at: start, isCut: true)
        }
        self.fields = fields
        return true
    }

    private mutating func letGo() {
        if !held.isEmpty { held = [] }
        flags.remove(.given)
        fields = BlockFields()
        lineStart = 0
        blockLength = 0
    }
}

extension EventStreamParser {
    /// Reads lines until a blank one ends the block.
    private mutating func advance(_ input: UnsafeRawBufferPointer, _ position: inout Int) -> Step {
        // `part` is where the bytes of this block begin in `input` that are not in `held`.
        var part = position
        var index = position
        passLateLineFeed(input, &index)
        while let end = LineEnds.first(in: input, from: index) {
            index = endOfLineEnd(input, at: end)
            let isBlank: Bool
            if Int(lineStart) < held.count {
                // The line began in earlier bytes: bring it together.
                let lineEnd = held.count + (end - part)
                held.append(contentsOf: input[part..<index])
                part = index
                isBlank = held.withUnsafeBytes { endLine($0, at: lineEnd) }
                lineStart = UInt32(held.count)
            } else {
                let offset = held.count - part
                isBlank = endLine(input, at: end, offset: offset)
                lineStart = UInt32(truncatingIfNeeded: index + offset)
            }
            if isBlank { return complete(input, part..<index, &position) }
        }
        return hold(input, part, &position)
    }

    /// Reads the line that ends at `end`; true where it is blank. `offset` leads from indices to offsets in the block.
    @inline(__always)
    private mutating func endLine(_ bytes: UnsafeRawBufferPointer, at end: Int, offset: Int = 0) -> Bool {
        var start = Int(lineStart) - offset
        if flags.contains(.atStart) {
            flags.remove(.atStart)
            if Self.hasByteOrderMark(bytes[start..<end]) {
                start += 3
                fields.bodyStart = UInt32(start + offset)
            }
        }
        guard start < end else { return true }
        fields.add(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), at: start + offset)
        return false
    }

    /// Where the unfinished line begins, behind a byte order mark.
    private func lineBegin(_ bytes: UnsafeRawBufferPointer, _ fields: inout BlockFields) -> Int {
        guard flags.contains(.atStart), Self.hasByteOrderMark(bytes[...]) else { return Int(lineStart) }
        fields.bodyStart = 3
        return 3
    }

    private static func hasByteOrderMark(_ line: Slice<UnsafeRawBufferPointer>) -> Bool {
        let start = line.startIndex
        return line.count >= 3 && line[start] == 0xEF && line[start + 1] == 0xBB && line[start + 2] == 0xBF
    }

    /// Passes an LF whose CR came with earlier bytes.
    @inline(__always)
    private mutating func passLateLineFeed(_ input: UnsafeRawBufferPointer, _ index: inout Int) {
        guard flags.contains(.afterCR) else { return }
        flags.remove(.afterCR)
        guard input[index] == LineEnds.lineFeed else { return }
        index += 1
        lineStart &+= 1
    }

    /// The index behind the line end at `end`; remembers a CR that is the last byte.
    @inline(__always)
    private mutating func endOfLineEnd(_ input: UnsafeRawBufferPointer, at end: Int) -> Int {
        guard input[end] == LineEnds.carriageReturn else { return end + 1 }
        guard end + 1 < input.count else {
            flags.insert(.afterCR)
            return end + 1
        }
        return input[end + 1] == LineEnds.lineFeed ? end + 2 : end + 1
    }

    private mutating func complete(
        _ input: UnsafeRawBufferPointer, _ part: Range<Int>, _ position: inout Int
    ) -> Step {
        position = part.upperBound
        let length = held.count + part.count
        if held.isEmpty {
            blockStart = part.lowerBound
            blockLength = UInt32(truncatingIfNeeded: part.count)
        } else {
            held.append(contentsOf: input[part])
        }
        flags.insert(.given)
        guard length > Int(limit) else { return .block }
        fields = BlockFields()
        return .overlong
    }

    private mutating func hold(_ input: UnsafeRawBufferPointer, _ part: Int, _ position: inout Int) -> Step {
        position = input.count
        held.append(contentsOf: input[part...])
        guard held.count > Int(limit) else { return .needsMore }
        flags.formUnion([.overlong, .given])
        flags.remove(.atStart)
        if Int(lineStart) < held.count { flags.insert(.lineHasBytes) }
        fields = BlockFields()
        return .overlong
    }

    /// Passes bytes of a block beyond the limit, looking for its blank line.
    private mutating func skip(_ input: UnsafeRawBufferPointer, _ position: inout Int) -> Step {
        blockStart = position
        var index = position
        passLateLineFeed(input, &index)
        flags.insert(.given)
        while let end = LineEnds.first(in: input, from: index) {
            let isBlank = end == index && !flags.contains(.lineHasBytes)
            flags.remove(.lineHasBytes)
            index = endOfLineEnd(input, at: end)
            if isBlank {
                flags.remove(.overlong)
                return part(endingAt: index, &position)
            }
        }
        if index < input.count { flags.insert(.lineHasBytes) }
        return part(endingAt: input.count, &position)
    }

    private mutating func part(endingAt end: Int, _ position: inout Int) -> Step {
        position = end
        blockLength = UInt32(truncatingIfNeeded: end - blockStart)
        fields = BlockFields()
        return .overlong
    }
}
