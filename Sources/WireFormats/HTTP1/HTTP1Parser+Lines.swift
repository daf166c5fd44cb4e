extension HTTP1Parser {
    enum LineOutcome { case more, complete, ignored }

    /// Takes one line of a head. `bytes` begins where the head does; the line is `start..<lineFeed`.
    mutating func takeHeadLine(
        _ bytes: UnsafeRawBufferPointer, _ start: Int, _ lineFeed: Int
    ) throws(HTTP1Error) -> LineOutcome {
        if state == .startLine {
            head.reset()
            try checkFirstByte(bytes[start])
        }
        let end = try endOfLine(bytes, start, lineFeed)
        if state == .startLine {
            // RFC 9112 §2.2: empty lines before a request line are ignored. Under `.observe` none gets here.
            guard end > start else { return .ignored }
            try parseStartLine(bytes, start..<end)
            state = .fieldLines
            return .more
        }
        guard end > start else { return .complete }
        if ASCII.isBlank(bytes[start]) {
            try continueField(bytes, start..<end)
        } else if let slot = try fieldSlot(bytes, start..<end) {
            if head.fields.count < limits.fields { head.fields.append(slot) } else { try violate(.tooManyFields) }
        }
        return .more
    }

    /// Does the line end with CRLF?
    func isEnded(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ lineFeed: Int) -> Bool {
        lineFeed > start && bytes[lineFeed - 1] == ASCII.carriageReturn
    }

    mutating func endOfLine(
        _ bytes: UnsafeRawBufferPointer, _ start: Int, _ lineFeed: Int
    ) throws(HTTP1Error) -> Int {
        if isEnded(bytes, start, lineFeed) { return lineFeed - 1 }
        try violate(.bareLF)
        return lineFeed
    }

    /// Refuses what cannot become a start line without waiting for the end of a line (a TLS handshake, say).
    func checkFirstByte(_ byte: UInt8) throws(HTTP1Error) {
        guard policy == .strict else { return }
        switch role {
        case .request:
            let isLineEnd = byte == ASCII.carriageReturn || byte == ASCII.lineFeed
            if !isLineEnd, !ASCII.isToken(byte) { throw HTTP1Error(.invalidMethod) }
        case .response:
            if byte != UInt8(ascii: "H") { throw HTTP1Error(.invalidStatusLine) }
        }
    }

    private mutating func parseStartLine(
        _ bytes: UnsafeRawBufferPointer, _ line: Range<Int>
    ) throws(HTTP1Error) {
        let parsed: StartLine
        switch policy {
        case .strict: parsed = try StartLine(strict: role, bytes, line)
        case .observe:
            if let lenient = StartLine(lenient: role, bytes, line) {
                parsed = lenient
            } else {
                // The line was located as a start line before; only the preface of HTTP/2 gets here.
                parsed = try StartLine(strict: role, bytes, line)
            }
        }
        head.deviations.formUnion(parsed.deviations)
        head.methodSlot = HTTP1Head.Slot(parsed.method)
        head.targetSlot = HTTP1Head.Slot(parsed.target)
        head.reasonSlot = HTTP1Head.Slot(parsed.reason)
        head.statusCode = parsed.status
        head.minor = parsed.minor
        if role == .request { head.method = RequestMethodKind(bytes, parsed.method) }
    }

    /// `field-name ":" OWS field-value OWS`, `RFC 9112 §5`. nil (only under `.observe`): no field, to be ignored.
    mutating func fieldSlot(
        _ bytes: UnsafeRawBufferPointer, _ line: Range<Int>
    ) throws(HTTP1Error) -> HTTP1Head.FieldSlot? {
        var colon = line.lowerBound
        while colon < line.upperBound, ASCII.isToken(bytes[colon]) { colon += 1 }
        var nameEnd = colon
        if colon == line.lowerBound || colon == line.upperBound || bytes[colon] != ASCII.colon {
            guard let found = try irregularName(bytes, line, colon) else { return nil }
            colon = found
            nameEnd = ASCII.trimmed(bytes, line.lowerBound..<colon).upperBound
        }
        var lower = colon + 1
        var upper = line.upperBound
        while lower < upper, ASCII.isBlank(bytes[lower]) { lower += 1 }
        while upper > lower, ASCII.isBlank(bytes[upper - 1]) { upper -= 1 }
        try checkControls(bytes, lower..<upper)
        return HTTP1Head.FieldSlot(
            name: HTTP1Head.Slot(line.lowerBound..<nameEnd), value: HTTP1Head.Slot(lower..<upper))
    }

    /// The colon behind a name that is no token followed by a colon; `stop` is its first byte that is no `tchar`.
    private mutating func irregularName(
        _ bytes: UnsafeRawBufferPointer, _ line: Range<Int>, _ stop: Int
    ) throws(HTTP1Error) -> Int? {
        guard let colon = line.first(where: { bytes[$0] == ASCII.colon }) else {
            try violate(bytes[line].contains(ASCII.carriageReturn) ? .bareCR : .missingColon)
            return nil
        }
        let name = line.lowerBound..<colon
        if bytes[name].contains(ASCII.carriageReturn) {
            try violate(.bareCR)
        } else if stop > line.lowerBound, bytes[stop..<colon].allSatisfy(ASCII.isBlank) {
            try violate(.blankBeforeColon)
        } else {
            try violate(.invalidFieldName)
        }
        return colon
    }

    private mutating func checkControls(
        _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>
    ) throws(HTTP1Error) {
        var control = ASCII.firstControl(in: bytes, range)
        while control < range.upperBound {
            try violate(bytes[control] == ASCII.carriageReturn ? .bareCR : .controlCharacter)
            control = ASCII.firstControl(in: bytes, control + 1..<range.upperBound)
        }
    }

    /// A line that begins with a blank: it continues the value of the last field, `RFC 9112 §5.2`; before the first
    /// field it is ignored, `RFC 9112 §2.2`.
    private mutating func continueField(
        _ bytes: UnsafeRawBufferPointer, _ line: Range<Int>
    ) throws(HTTP1Error) {
        guard let last = head.fields.indices.last else { return try violate(.whitespaceBeforeFirstField) }
        try violate(.obsFold)
        try checkControls(bytes, line)
        let content = ASCII.trimmed(bytes, line)
        let lower = Int(head.fields[last].value.lower)
        if !content.isEmpty { head.fields[last].value = HTTP1Head.Slot(lower..<content.upperBound) }
    }
}
