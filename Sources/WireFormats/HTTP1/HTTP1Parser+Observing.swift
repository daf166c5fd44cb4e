extension HTTP1Parser {
    enum Location { case found, skipped(Int), incomplete }

    /// The longest start line that is recognised under `.observe`.
    private var longestStartLine: Int { min(limits.headBytes, 8 * 1024) }

    /// Under `.observe`, where a message should begin: moves to the first line that is, or ends in, a start line.
    /// `.found`: it begins `pending`, or is at `position`. Empty lines are passed over and not counted.
    mutating func locateHead(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) -> Location {
        var skipped = 0
        while true {
            if pending.isEmpty {
                guard let lineFeed = ASCII.lineFeed(in: bytes, from: position) else { break }
                let offset = startLineOffset(bytes, position..<lineFeed)
                if let offset {
                    skipped += offset - position
                    position = offset
                    return skipped > 0 ? .skipped(skipped) : .found
                }
                if !isEmptyLine(bytes, position..<lineFeed) { skipped += lineFeed + 1 - position }
                position = lineFeed + 1
                continue
            }
            if pending.last != ASCII.lineFeed {
                let hasLine = takeLine(bytes, &position, limit: pending.count + bytes.count)
                skipped += trimPending()
                guard hasLine else { break }
            }
            let (offset, isEmpty) = pending.span.bytes.withUnsafeBytes { line in
                (startLineOffset(line, 0..<line.count - 1), isEmptyLine(line, 0..<line.count - 1))
            }
            if !isEmpty { skipped += offset ?? pending.count }
            pending.removeSubrange(..<(offset ?? pending.count))
            if offset != nil { return skipped > 0 ? .skipped(skipped) : .found }
        }
        pending.append(contentsOf: bytes[position...])
        position = bytes.count
        skipped += trimPending()
        return skipped > 0 ? .skipped(skipped) : .incomplete
    }

    /// Where the start line in `line` (without LF) begins.
    private func startLineOffset(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) -> Int? {
        let end = isEnded(bytes, line.lowerBound, line.upperBound) ? line.upperBound - 1 : line.upperBound
        let start = max(line.lowerBound, line.upperBound - longestStartLine)
        return start < end ? StartLine.offset(of: role, in: bytes, start..<end) : nil
    }

    private func isEmptyLine(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) -> Bool {
        line.isEmpty || (line.count == 1 && isEnded(bytes, line.lowerBound, line.upperBound))
    }

    /// Drops what is too far back to belong to a start line, so that a line without end takes bounded room.
    private mutating func trimPending() -> Int {
        let excess = pending.count - longestStartLine - 1
        guard excess > longestStartLine || (excess > 0 && pending.last == ASCII.lineFeed) else { return 0 }
        pending.removeSubrange(..<excess)
        return excess
    }

    /// So many bytes of this direction were not captured; to be called where they are missing, when `next` has
    /// returned nil. true: they lay inside content of known extent, and the message goes on (`.bytesLost` is noted).
    /// false: what was under way, if anything, is over without `.end`; the next head is searched.
    package mutating func lose(_ count: UInt64) -> Bool {
        guard count > 0 else { return true }
        switch state {
        case .length where count <= remaining, .chunkData where count <= remaining:
            remaining -= count
            if remaining == 0 { state = state == .length ? .messageEnd : .chunkEnd }
        case .untilClose: break
        case .failed, .ended: return false
        default:
            pending = []
            isPendingGiven = false
            lineStart = 0
            state = .startLine
            return false
        }
        head.deviations.insert(.bytesLost)
        return true
    }

    /// Response role: nothing is known any more about what the next responses answer (bytes were lost).
    package mutating func forgetExpectedResponses() { expected = ExpectedResponses() }
}
