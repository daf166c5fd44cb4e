/// Where the fields of one block stand: offsets within the block's bytes, nothing copied.
///
/// The last `event`, valid `id` and valid `retry` win; `data` and `comment` give the first line, which is the whole
/// value when there is one line, and `forEachLine` finds the others. (WHATWG HTML §9.2.6)
package struct BlockFields: Sendable, Equatable {
    private var typeSlice = Slice.none
    private var idSlice = Slice.none
    private var dataSlice = Slice.none
    private var commentSlice = Slice.none
    /// -1 stands for none.
    private var retryMilliseconds = -1
    /// How many `data` lines the block has.
    package private(set) var dataLines: UInt32 = 0
    /// How many comment lines the block has.
    package private(set) var commentLines: UInt32 = 0
    /// How many lines the block has, the blank one not counted.
    package private(set) var lines: UInt32 = 0
    /// Offset of the first line: behind a byte order mark.
    var bodyStart: UInt32 = 0

    /// A value's place in 8 bytes, because a parser is held for each of tens of thousands of idle streams.
    private struct Slice: Equatable {
        var start: UInt32
        var end: UInt32
        static let none = Slice(start: .max, end: .max)
        var range: Range<Int>? { start == .max ? nil : Int(start)..<Int(end) }
    }

    package init() {}

    /// The value of the last `event` field, which may be empty.
    package var type: Range<Int>? { typeSlice.range }
    /// The value of the last `id` field without NUL, which may be empty.
    package var id: Range<Int>? { idSlice.range }
    /// The value of the first `data` line.
    package var data: Range<Int>? { dataSlice.range }
    /// What follows the colon of the first comment line.
    package var comment: Range<Int>? { commentSlice.range }
    /// Milliseconds of the last valid `retry` field.
    package var retry: Int? { retryMilliseconds < 0 ? nil : retryMilliseconds }

    /// Whether a reader dispatches an event for the block once its blank line has come: the data buffer, in which
    /// each line is followed by LF, is not empty.
    package var dispatches: Bool { dataLines > 0 }

    /// What the block, ended by its blank line, is to a reader.
    package var kind: ServerSentBlock.Kind {
        if dataLines > 1 || (data.map { !$0.isEmpty } ?? false) { return .event }
        if dataLines == 1 { return .empty }
        if retry != nil { return .retry }
        return lines > 0 && lines == commentLines ? .comment : .empty
    }

    /// Appends the event's data, its lines joined by LF, to `buffer`.
    ///
    /// - Parameter block: the bytes of the block, as `EventStreamParser.withBlock` gives them.
    package func appendData(of block: RawSpan, to buffer: inout [UInt8]) {
        guard let data else { return }
        block.withUnsafeBytes { bytes in
            guard dataLines > 1 else { return buffer.append(contentsOf: bytes[data]) }
            var isFirst = true
            forEachLine(of: .data, in: bytes) { line in
                if !isFirst { buffer.append(LineEnds.lineFeed) }
                isFirst = false
                buffer.append(contentsOf: line)
            }
        }
    }

    /// Adds a line that is not empty and begins `start` bytes into the block.
    ///
    /// - Parameter isCut: the stream ended within the line. Then `id` and `retry` are not taken, because a cut
    ///   number or identifier is another one, where cut data is still a beginning.
    @inline(__always)
    mutating func add(_ line: UnsafeRawBufferPointer, at start: Int, isCut: Bool = false) {
        let parsed = EventStreamLine(line)
        let value = Slice(
            start: UInt32(truncatingIfNeeded: start + parsed.valueStart),
            end: UInt32(truncatingIfNeeded: start + line.count))
        lines &+= 1
        switch parsed.field {
        case .data:
            if dataLines == 0 { dataSlice = value }
            dataLines &+= 1
        case .event: typeSlice = value
        case .comment:
            if commentLines == 0 { commentSlice = value }
            commentLines &+= 1
        case .id:
            if !isCut, !line[parsed.valueStart...].contains(0) { idSlice = value }
        case .retry:
            let digits = UnsafeRawBufferPointer(rebasing: line[parsed.valueStart...])
            if !isCut, let number = EventStreamLine.milliseconds(digits) { retryMilliseconds = number }
        case .unknown: break
        }
    }

    /// Calls `body` with the value of each line of `field`, in order.
    func forEachLine(
        of field: EventStreamLine.Field, in block: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void
    ) {
        var start = Int(bodyStart)
        while start < block.count {
            let end = LineEnds.first(in: block, from: start) ?? block.count
            if end > start {
                let line = UnsafeRawBufferPointer(rebasing: block[start..<end])
                let parsed = EventStreamLine(line)
                if parsed.field == field { body(UnsafeRawBufferPointer(rebasing: line[parsed.valueStart...])) }
            }
            start = end + 1
            if start < block.count, block[end] == LineEnds.carriageReturn, block[start] == LineEnds.lineFeed {
                start += 1
            }
        }
    }
}
