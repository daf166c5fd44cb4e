extension BlockLayout {
    /// The bytes of a block from its layout and columns, or nil where the layout is none or the columns do not fit it.
    package static func rebuild(
        _ layout: String, type: String? = nil, id: String? = nil, retry: Int? = nil, data: [UInt8]? = nil,
        comment: [UInt8]? = nil
    ) -> [UInt8]? {
        var reading = LayoutReading(layout: [UInt8](layout.utf8), data: data, comment: comment)
        reading.raw.reserveCapacity((data?.count ?? 0) + (comment?.count ?? 0) + 64)
        return reading.rebuild(type: type, id: id, retry: retry) ? reading.raw : nil
    }
}

/// One layout being read.
private struct LayoutReading {
    let layout: [UInt8]
    let data: [UInt8]?
    let comment: [UInt8]?
    var raw: [UInt8] = []
    private var position = 0
    private var dataOffset = 0
    private var commentOffset = 0
    /// The fields written that are written once: the column is that of the last.
    private var written: [UInt8] = []

    init(layout: [UInt8], data: [UInt8]?, comment: [UInt8]?) {
        self.layout = layout
        self.data = data
        self.comment = comment
    }

    mutating func rebuild(type: String?, id: String?, retry: Int?) -> Bool {
        if pass("b") { raw += BlockLayout.byteOrderMark }
        if pass("l") { raw.append(LineEnds.lineFeed) }
        while position < layout.count {
            if let end = lineEnd() {
                // The blank line ends the block.
                raw += end
                return position == layout.count && isComplete
            }
            let name = layout[position]
            position += 1
            let form: [UInt8] = pass("_") ? [0x3A, 0x20] : pass("-") ? [] : [0x3A]
            let end = lineEnd() ?? []
            for _ in 0..<count() {
                guard let value = value(name, type: type, id: id, retry: retry) else { return false }
                // Without a colon there is no value; a comment is its colon.
                guard !form.isEmpty || value.isEmpty, name != UInt8(ascii: "c") || form.count == 1 else { return false }
                raw += Self.fieldName(name).utf8
                raw += form
                raw += value
                raw += end
            }
        }
        return isComplete
    }

    private static func fieldName(_ name: UInt8) -> String {
        switch name {
        case UInt8(ascii: "e"): "event"
        case UInt8(ascii: "i"): "id"
        case UInt8(ascii: "t"): "retry"
        case UInt8(ascii: "d"): "data"
        default: ""
        }
    }

    /// The next value of a field, or nil where there is none, so that a repetition ends with its column.
    private mutating func value(_ name: UInt8, type: String?, id: String?, retry: Int?) -> ArraySlice<UInt8>? {
        switch name {
        case UInt8(ascii: "d"): return data.flatMap { Self.line(of: $0, &dataOffset) }
        case UInt8(ascii: "c"): return comment.flatMap { Self.line(of: $0, &commentOffset) }
        case UInt8(ascii: "e"): return once(name) ? ArraySlice((type ?? "").utf8) : nil
        case UInt8(ascii: "i"): return once(name) ? id.map { ArraySlice($0.utf8) } : nil
        case UInt8(ascii: "t"): return once(name) ? retry.map { ArraySlice(String($0).utf8) } : nil
        default: return nil
        }
    }

    private mutating func once(_ name: UInt8) -> Bool {
        guard !written.contains(name) else { return false }
        written.append(name)
        return true
    }

    /// The next line of a column, whose offset goes one beyond the column's end with the last.
    private static func line(of column: [UInt8], _ offset: inout Int) -> ArraySlice<UInt8>? {
        guard offset <= column.count else { return nil }
        let start = offset
        let end = column[start...].firstIndex(of: LineEnds.lineFeed) ?? column.count
        offset = end + 1
        return column[start..<end]
    }

    /// Whether the lines of data and comment are used up.
    private var isComplete: Bool {
        dataOffset == (data.map { $0.count + 1 } ?? 0) && commentOffset == (comment.map { $0.count + 1 } ?? 0)
    }

    private mutating func lineEnd() -> [UInt8]? {
        if pass("r") { return [LineEnds.carriageReturn, LineEnds.lineFeed] }
        if pass("n") { return [LineEnds.lineFeed] }
        return pass("m") ? [LineEnds.carriageReturn] : nil
    }

    /// The repetition behind an item: 1 where none is written, 0 where it is no number that could be meant.
    private mutating func count() -> Int {
        var number: Int?
        while position < layout.count, case let digit = layout[position], digit >= 0x30, digit <= 0x39 {
            number = Swift.min((number ?? 0) * 10 + Int(digit - 0x30), 1 << 32)
            position += 1
        }
        return number ?? 1
    }

    private mutating func pass(_ letter: Unicode.Scalar) -> Bool {
        guard position < layout.count, UInt32(layout[position]) == letter.value else { return false }
        position += 1
        return true
    }
}
