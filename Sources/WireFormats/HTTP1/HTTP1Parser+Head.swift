extension HTTP1Parser {
    mutating func readHead(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) throws(HTTP1Error) -> Part? {
        if policy == .observe, state == .startLine {
            switch locateHead(bytes, &position) {
            case .skipped(let count): return .skipped(count)
            case .incomplete: return nil
            case .found: break
            }
        }
        return pending.isEmpty
            ? try readHeadInPlace(bytes, &position) : try readHeadInPieces(bytes, &position)
    }

    /// A head none of whose bytes came before: parsed where it lies, kept only if it is incomplete.
    private mutating func readHeadInPlace(
        _ bytes: UnsafeRawBufferPointer, _ position: inout Int
    ) throws(HTTP1Error) -> Part? {
        var start = position
        var line = start
        var rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
        while let lineFeed = ASCII.lineFeed(in: bytes, from: line) {
            guard lineFeed + 1 - start <= limits.headBytes else { break }
            switch try takeHeadLine(rest, line - start, lineFeed - start) {
            case .more: break
            case .ignored:
                start = lineFeed + 1
                position = start
                rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
            case .complete:
                headOffset = start
                headLength = UInt32(lineFeed + 1 - start)
                try completeHead(rest)
                position = lineFeed + 1
                return .head
            }
            line = lineFeed + 1
        }
        guard start < bytes.count else { return nil }
        if state == .startLine { try checkFirstByte(bytes[start]) }
        if bytes.count - start >= limits.headBytes {
            try violate(.headTooLong)
            position = start + limits.headBytes
            return abandonHead()
        }
        pending.append(contentsOf: bytes[start...])
        lineStart = line - start
        position = bytes.count
        return nil
    }

    /// A head that began earlier: its bytes are gathered in `pending`, line by line.
    private mutating func readHeadInPieces(
        _ bytes: UnsafeRawBufferPointer, _ position: inout Int
    ) throws(HTTP1Error) -> Part? {
        while true {
            // Under `.observe` the start line may be there already.
            if lineStart == pending.count || pending.last != ASCII.lineFeed {
                guard takeLine(bytes, &position, limit: limits.headBytes) else {
                    guard pending.count >= limits.headBytes else { return nil }
                    try violate(.headTooLong)
                    return abandonHead()
                }
            }
            let start = lineStart
            let outcome = try withPending { (parser, head) throws(HTTP1Error) in
                let outcome = try parser.takeHeadLine(head, start, head.count - 1)
                if outcome == .complete { try parser.completeHead(head) }
                return outcome
            }
            lineStart = outcome == .more ? pending.count : 0
            switch outcome {
            case .more: break
            case .ignored:
                pending = []
                return try readHead(bytes, &position)
            case .complete:
                headOffset = -1
                headLength = UInt32(pending.count)
                isPendingGiven = true
                return .head
            }
        }
    }

    /// Moves bytes up to and with the next LF to `pending`, which never exceeds `limit`. false: no LF came.
    mutating func takeLine(_ bytes: UnsafeRawBufferPointer, _ position: inout Int, limit: Int) -> Bool {
        let lineFeed = ASCII.lineFeed(in: bytes, from: position)
        let wanted = lineFeed.map { $0 + 1 } ?? bytes.count
        let end = min(wanted, position + limit - pending.count)
        pending.append(contentsOf: bytes[position..<end])
        position = end
        return lineFeed != nil && end == wanted
    }

    /// Lends `pending` to `body`, which must not use it otherwise.
    mutating func withPending<Result>(
        _ body: (inout Self, UnsafeRawBufferPointer) throws(HTTP1Error) -> Result
    ) throws(HTTP1Error) -> Result {
        var lent: [UInt8] = []
        swap(&lent, &pending)
        defer { swap(&lent, &pending) }
        return try lent.span.bytes.withUnsafeBytes { (bytes) throws(HTTP1Error) in try body(&self, bytes) }
    }

    /// Under `.observe`: the head is longer than the limit, which is what was consumed of it.
    private mutating func abandonHead() -> Part {
        pending = []
        lineStart = 0
        state = .startLine
        return .skipped(limits.headBytes)
    }

    /// The head is complete: works out what it means and what follows it.
    private mutating func completeHead(_ bytes: UnsafeRawBufferPointer) throws(HTTP1Error) {
        let facts = try framingFacts(bytes)
        switch role {
        case .request: try frameRequest(facts)
        case .response: try frameResponse(facts)
        }
        let persists = head.minor == 0 ? facts.says(.keepAlive) && !facts.says(.close) : !facts.says(.close)
        let isDelimited = head.framing != .untilClose && head.framing != .tunnel
        if persists, isDelimited { head.flags.insert(.keepAlive) }
        switch head.framing {
        case .none: state = head.isInformational ? .startLine : .messageEnd
        case .length(let length):
            remaining = length
            state = length == 0 ? .messageEnd : .length
        case .chunked: state = .chunkLine
        case .untilClose, .tunnel: state = .untilClose
        }
    }
}
