extension HTTP1Parser {
    /// The trailer section and the empty line behind it, `RFC 9112 §7.1.2`.
    mutating func readTrailers(
        _ bytes: UnsafeRawBufferPointer, _ position: inout Int
    ) throws(HTTP1Error) -> Part? {
        if pending.isEmpty, position + 1 < bytes.count, bytes[position] == ASCII.carriageReturn,
            bytes[position + 1] == ASCII.lineFeed
        {
            position += 2
            state = .startLine
            return .end
        }
        while true {
            guard takeLine(bytes, &position, limit: limits.trailerBytes) else {
                guard pending.count >= limits.trailerBytes else { return nil }
                try violate(.trailersTooLong)
                pending = []
                lineStart = 0
                continue
            }
            let start = lineStart
            let isLast = try withPending { (parser, section) throws(HTTP1Error) in
                try parser.takeTrailerLine(section, start, section.count - 1)
            }
            if isLast {
                pending.removeSubrange(start...)
                lineStart = 0
                isPendingGiven = true
                state = .startLine
                return .end
            }
            lineStart = pending.count
        }
    }

    /// true: it was the empty line. Fields that frame or route a message are no trailers, `RFC 9110 §6.5.1`.
    private mutating func takeTrailerLine(
        _ bytes: UnsafeRawBufferPointer, _ start: Int, _ lineFeed: Int
    ) throws(HTTP1Error) -> Bool {
        let end = try endOfLine(bytes, start, lineFeed)
        guard end > start else { return true }
        if ASCII.isBlank(bytes[start]) {
            try violate(.obsFold)
        } else if let field = try fieldSlot(bytes, start..<end) {
            let forbidden: [StaticString] = ["content-length", "transfer-encoding", "host"]
            if forbidden.contains(where: { ASCII.equalsIgnoringCase(bytes, field.name.range, $0) }) {
                try violate(.forbiddenTrailer)
            }
        }
        return false
    }
}
