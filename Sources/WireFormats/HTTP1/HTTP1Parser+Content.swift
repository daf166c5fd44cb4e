extension HTTP1Parser {
    /// Content of known length, of the message or of a chunk.
    mutating func readContent(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) -> Part? {
        let available = bytes.count - position
        guard available > 0 else { return nil }
        let taken = remaining < UInt64(available) ? Int(remaining) : available
        let range = position..<position + taken
        position += taken
        remaining -= UInt64(taken)
        if remaining == 0 { state = state == .length ? .messageEnd : .chunkEnd }
        return .body(range)
    }

    /// Content that ends with the connection.
    mutating func readRest(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) -> Part? {
        guard position < bytes.count else { return nil }
        defer { position = bytes.count }
        return .body(position..<bytes.count)
    }

    /// CRLF behind the data of a chunk. false: more bytes are needed.
    mutating func readChunkEnd(
        _ bytes: UnsafeRawBufferPointer, _ position: inout Int
    ) throws(HTTP1Error) -> Bool {
        guard position < bytes.count else { return false }
        let byte = bytes[position]
        if state == .chunkEnd, byte == ASCII.carriageReturn {
            position += 1
            state = .chunkEndLineFeed
            return true
        }
        if byte == ASCII.lineFeed {
            if state == .chunkEnd { try violate(.missingChunkEnd) }
            position += 1
            state = .chunkLine
            return true
        }
        try violate(.missingChunkEnd)
        if ASCII.hexValue(byte) != nil { state = .chunkLine } else { loseFraming() }
        return true
    }

    mutating func readChunkLine(
        _ bytes: UnsafeRawBufferPointer, _ position: inout Int
    ) throws(HTTP1Error) -> Part? {
        let limit = limits.chunkLineBytes
        let lineEnd = ASCII.lineFeed(in: bytes, from: position)
        let available = (lineEnd.map { $0 + 1 } ?? bytes.count) - position
        let length = pending.count + available
        guard length < limit || (length == limit && lineEnd != nil) else {
            try violate(.chunkLineTooLong)
            loseFraming()
            return endMessage()
        }
        guard let lineEnd else {
            pending.append(contentsOf: bytes[position...])
            position = bytes.count
            return nil
        }
        var size: UInt64?
        if pending.isEmpty {
            size = try chunkSize(bytes, position..<lineEnd)
        } else {
            pending.append(contentsOf: bytes[position...lineEnd])
            size = try withPending { (parser, line) throws(HTTP1Error) in
                try parser.chunkSize(line, 0..<line.count - 1)
            }
        }
        guard let size else {
            // The line stays where it is, to be searched for a head.
            if !pending.isEmpty { position = lineEnd + 1 }
            loseFraming()
            return endMessage()
        }
        pending = []
        position = lineEnd + 1
        remaining = size
        lineStart = 0
        state = size == 0 ? .trailers : .chunkData
        return .chunk(size: size)
    }

    /// The framing is lost: the message ends here, what follows is searched for a head.
    mutating func loseFraming() {
        head.deviations.insert(.framingLost)
        state = .messageEnd
    }

    mutating func endMessage() -> Part {
        state = .startLine
        return .end
    }

    /// `1*HEXDIG [ chunk-ext ]` without its LF, `RFC 9112 §7.1`. nil (only under `.observe`): not to be understood.
    private mutating func chunkSize(
        _ bytes: UnsafeRawBufferPointer, _ line: Range<Int>
    ) throws(HTTP1Error) -> UInt64? {
        var end = line.upperBound
        if end > line.lowerBound, bytes[end - 1] == ASCII.carriageReturn { end -= 1 } else { try violate(.bareLF) }
        var index = line.lowerBound
        if policy == .observe {
            while index < end, ASCII.isBlank(bytes[index]) { index += 1 }
            if index > line.lowerBound { try violate(.invalidChunkSize) }
        }
        let digits = index
        var size: UInt64 = 0
        while index < end, let digit = ASCII.hexValue(bytes[index]) {
            guard size >> 59 == 0 else {
                try violate(.invalidChunkSize)
                return nil
            }
            size = size << 4 | UInt64(digit)
            index += 1
        }
        if index == digits {
            try violate(.invalidChunkSize)
            return nil
        }
        if index < end { try checkExtension(bytes, index..<end) }
        return size
    }

    /// `*( BWS ";" … )`: looked at only as far as another reader could end the line elsewhere in it.
    private mutating func checkExtension(
        _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>
    ) throws(HTTP1Error) {
        let control = ASCII.firstControl(in: bytes, range)
        if control < range.upperBound {
            try violate(bytes[control] == ASCII.carriageReturn ? .bareCR : .controlCharacter)
        }
        var index = range.lowerBound
        while index < range.upperBound, ASCII.isBlank(bytes[index]) { index += 1 }
        if index == range.upperBound {
            try violate(.invalidChunkExtension)
        } else if bytes[index] != ASCII.semicolon {
            try violate(index == range.lowerBound ? .invalidChunkSize : .invalidChunkExtension)
        }
    }
}
