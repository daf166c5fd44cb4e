/// How the bytes of a block follow from its columns, so that a store need not keep them twice.
///
/// A layout is a text of one item a line of the block, in order:
///
///     layout  = [ "b" ] [ "l" ] *( item [ count ] ) [ end ]
///     item    = name form [ end ]
///     name    = "e" / "i" / "d" / "t" / "c"       ; event, id, data, retry (time), comment
///     form    = "_" / "" / "-"                    ; colon and space, colon alone, no colon; a comment has ""
///     end     = "r" / "n" / "m"                   ; CRLF, LF, CR
///     count   = 1*DIGIT                           ; as many such lines, if more than one
///
/// `b` is a byte order mark, `l` an LF that belongs to the CR before the block. The last `end` is the blank line; a
/// block without it, whose last item may lack its end, is a partial one. `e_rd_rr` is
/// `event: T`, `data: D` and the blank line with CRLF, the commonest of all.
package enum BlockLayout {
    /// A layout is at most this many bytes long: beyond it, the raw bytes are the better description.
    package static let maximumLength = 255

    /// The layout of a block, or nil where its bytes do not follow from its columns exactly, or are no UTF-8, or have
    /// a NUL, so that a text column could not hold them; then the raw bytes must be kept.
    ///
    /// It is compared with the block while it is made, so that `rebuild` gives `raw` for certain.
    package static func describe(_ block: ServerSentBlock) -> String? {
        block.raw.withUnsafeBytes { raw in
            guard UTF8Sequence.isTextWithoutNull(raw) else { return nil }
            return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: maximumLength) { text in
                var description = BlockDescription(raw: raw, text: text)
                guard description.describe(block) else { return nil }
                // Up to 15 bytes, which is nearly always, such a string needs no memory of its own.
                return String(decoding: text[..<description.length], as: UTF8.self)
            }
        }
    }

    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
}

/// One description in the making: walks the lines and holds each against the columns.
private struct BlockDescription {
    let raw: UnsafeRawBufferPointer
    let text: UnsafeMutableBufferPointer<UInt8>
    private(set) var length = 0
    /// The item written last, and how often.
    private var item: (name: UInt8, form: UInt8, end: UInt8) = (0, 0, 0)
    private var count = 0
    private var dataOffset = 0
    private var dataLines = 0
    private var commentOffset = 0
    private var commentLines = 0
    private var seen: Set = []

    private struct Set: OptionSet {
        let rawValue: UInt8
        static let type = Set(rawValue: 1)
        static let id = Set(rawValue: 2)
        static let retry = Set(rawValue: 4)
    }

    init(raw: UnsafeRawBufferPointer, text: UnsafeMutableBufferPointer<UInt8>) {
        self.raw = raw
        self.text = text
    }

    /// Writes the layout; false where there is none.
    mutating func describe(_ block: ServerSentBlock) -> Bool {
        var start = 0
        if raw.starts(with: BlockLayout.byteOrderMark) {
            guard put(UInt8(ascii: "b")) else { return false }
            start = 3
        } else if raw.count > 1, raw[0] == LineEnds.lineFeed {
            guard put(UInt8(ascii: "l")) else { return false }
            start = 1
        }
        while start < raw.count {
            let end = LineEnds.first(in: raw, from: start) ?? raw.count
            let (next, letter) = lineEnd(at: end)
            if end == start {
                // The blank line must be the last.
                guard next == raw.count, flush(), put(letter) else { return false }
            } else {
                let line = UnsafeRawBufferPointer(rebasing: raw[start..<end])
                guard add(line, end: letter, block) else { return false }
            }
            start = next
        }
        return flush() && isComplete(block)
    }

    /// The index behind the line end at `end` and its letter; 0 where the bytes end without one.
    private func lineEnd(at end: Int) -> (next: Int, letter: UInt8) {
        guard end < raw.count else { return (end, 0) }
        if raw[end] == LineEnds.lineFeed { return (end + 1, UInt8(ascii: "n")) }
        let isPair = end + 1 < raw.count && raw[end + 1] == LineEnds.lineFeed
        return isPair ? (end + 2, UInt8(ascii: "r")) : (end + 1, UInt8(ascii: "m"))
    }

    private mutating func add(_ line: UnsafeRawBufferPointer, end: UInt8, _ block: ServerSentBlock) -> Bool {
        let parsed = EventStreamLine(line)
        let value = UnsafeRawBufferPointer(rebasing: line[parsed.valueStart...])
        switch parsed.field {
        case .comment:
            guard let comment = block.comment else { return false }
            return take(value, of: comment, &commentOffset, &commentLines) && write(UInt8(ascii: "c"), 0, end)
        case .data:
            guard let data = block.data else { return false }
            return take(value, of: data, &dataOffset, &dataLines) && write(UInt8(ascii: "d"), form(parsed, 4), end)
        case .event:
            return isFirst(.type) && equals(value, block.type ?? "") && write(UInt8(ascii: "e"), form(parsed, 5), end)
        case .id:
            guard let id = block.id else { return false }
            return isFirst(.id) && equals(value, id) && write(UInt8(ascii: "i"), form(parsed, 2), end)
        case .retry:
            guard let retry = block.retry else { return false }
            return isFirst(.retry) && equals(value, String(retry)) && write(UInt8(ascii: "t"), form(parsed, 5), end)
        case .unknown: return false
        }
    }

    /// 0, `_` or `-`, from the number of bytes between name and value.
    private func form(_ line: EventStreamLine, _ nameLength: Int) -> UInt8 {
        switch line.valueStart - nameLength {
        case 0: UInt8(ascii: "-")
        case 1: 0
        default: UInt8(ascii: "_")
        }
    }

    private mutating func isFirst(_ field: Set) -> Bool { seen.insert(field).inserted }

    private func equals(_ value: UnsafeRawBufferPointer, _ column: String) -> Bool {
        column.utf8.count == value.count && column.utf8.elementsEqual(value)
    }

    /// Whether the next line of a column of lines is `value`; passes it.
    private func take(
        _ value: UnsafeRawBufferPointer, of column: [UInt8], _ offset: inout Int, _ lines: inout Int
    ) -> Bool {
        if lines > 0 {
            guard offset < column.count, column[offset] == LineEnds.lineFeed else { return false }
            offset += 1
        }
        lines += 1
        guard column.count - offset >= value.count else { return false }
        let start = offset
        offset += value.count
        return column.withUnsafeBytes {
            UnsafeRawBufferPointer(rebasing: $0[start..<start + value.count]).isSame(value)
        }
    }

    /// Whether the lines have used up all of the columns.
    private func isComplete(_ block: ServerSentBlock) -> Bool {
        (block.data == nil) == (dataLines == 0) && dataOffset == (block.data?.count ?? 0)
            && (block.comment == nil) == (commentLines == 0) && commentOffset == (block.comment?.count ?? 0)
            && (block.type == nil || seen.contains(.type)) && (block.id == nil) == !seen.contains(.id)
            && (block.retry == nil) == !seen.contains(.retry)
    }

    private mutating func write(_ name: UInt8, _ form: UInt8, _ end: UInt8) -> Bool {
        if count > 0, item == (name, form, end) {
            count += 1
            return true
        }
        guard flush() else { return false }
        item = (name, form, end)
        count = 1
        return true
    }

    private mutating func flush() -> Bool {
        guard count > 0 else { return true }
        guard put(item.name), item.form == 0 || put(item.form), item.end == 0 || put(item.end) else { return false }
        guard count == 1 || String(count).utf8.allSatisfy({ put($0) }) else { return false }
        count = 0
        return true
    }

    private mutating func put(_ byte: UInt8) -> Bool {
        guard length < text.count else { return false }
        text[length] = byte
        length += 1
        return true
    }
}

extension UnsafeRawBufferPointer {
    /// Whether both have the same bytes; eight a step.
    fileprivate func isSame(_ other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count else { return false }
        guard let left = baseAddress, let right = other.baseAddress else { return true }
        var index = 0
        while index + 8 <= count {
            guard
                left.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                    == right.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            else { return false }
            index += 8
        }
        while index < count {
            guard self[index] == other[index] else { return false }
            index += 1
        }
        return true
    }
}
