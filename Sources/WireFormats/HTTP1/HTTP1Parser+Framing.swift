/// What the fields of a head say about framing and the connection.
struct FramingFacts {
    struct Options: OptionSet {
        let rawValue: UInt8
        static let close = Options(rawValue: 1)
        static let keepAlive = Options(rawValue: 2)
        static let upgradeOption = Options(rawValue: 4)
        static let upgradeField = Options(rawValue: 8)
        static let expectContinue = Options(rawValue: 16)
    }

    var options: Options = []
    var contentLength: UInt64?
    /// How many elements the Content-Length fields have.
    var lengths = 0
    var hasInvalidLength = false
    var hasDifferingLengths = false
    /// How many elements the Transfer-Encoding fields have.
    var codings = 0
    /// Is the last of them `chunked`?
    var isChunkedLast = false
    var hosts = 0
    var hasInvalidHost = false

    func says(_ option: Options) -> Bool { options.contains(option) }

    mutating func read(_ bytes: UnsafeRawBufferPointer, _ name: Range<Int>, _ value: Range<Int>) {
        func isCalled(_ text: StaticString) -> Bool { ASCII.equalsIgnoringCase(bytes, name, text) }
        switch name.count {
        case 4 where isCalled("host"):
            hosts += 1
            if !bytes[value].allSatisfy(ASCII.isHost) { hasInvalidHost = true }
        case 6 where isCalled("expect"):
            if ASCII.equalsIgnoringCase(bytes, value, "100-continue") { options.insert(.expectContinue) }
        case 7 where isCalled("upgrade"):
            options.insert(.upgradeField)
        case 10 where isCalled("connection"):
            readConnection(bytes, value)
        case 14 where isCalled("content-length"):
            readLengths(bytes, value)
        case 17 where isCalled("transfer-encoding"):
            readCodings(bytes, value)
        default: break
        }
    }

    private mutating func readConnection(_ bytes: UnsafeRawBufferPointer, _ value: Range<Int>) {
        var found: Options = []
        ASCII.forEachListElement(bytes, value) { element in
            if ASCII.equalsIgnoringCase(bytes, element, "close") { found.insert(.close) }
            if ASCII.equalsIgnoringCase(bytes, element, "keep-alive") { found.insert(.keepAlive) }
            if ASCII.equalsIgnoringCase(bytes, element, "upgrade") { found.insert(.upgradeOption) }
        }
        options.formUnion(found)
    }

    private mutating func readLengths(_ bytes: UnsafeRawBufferPointer, _ value: Range<Int>) {
        ASCII.forEachListElement(bytes, value) { element in
            lengths += 1
            guard let length = Self.decimal(bytes, element) else {
                hasInvalidLength = true
                return
            }
            if let contentLength, contentLength != length { hasDifferingLengths = true }
            if contentLength == nil { contentLength = length }
        }
    }

    private mutating func readCodings(_ bytes: UnsafeRawBufferPointer, _ value: Range<Int>) {
        ASCII.forEachListElement(bytes, value) { element in
            codings += 1
            isChunkedLast = ASCII.equalsIgnoringCase(bytes, element, "chunked")
        }
    }

    /// `1*DIGIT` up to 2⁶³ − 1.
    private static func decimal(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> UInt64? {
        guard !range.isEmpty else { return nil }
        var value: UInt64 = 0
        for index in range {
            guard ASCII.isDigit(bytes[index]), value <= UInt64(Int64.max) / 10 else { return nil }
            value = value * 10 + UInt64(bytes[index] - 0x30)
        }
        return value <= UInt64(Int64.max) ? value : nil
    }
}

extension HTTP1Parser {
    /// Reads the fields that matter. Refuses Content-Length with Transfer-Encoding, a coding other than one `chunked`,
    /// Transfer-Encoding in HTTP/1.0, and Content-Length that is invalid or given twice: `RFC 9110 §8.6` has equal
    /// values rejected or replaced, and a forwarder that passes heads on as they are can only reject them.
    mutating func framingFacts(_ bytes: UnsafeRawBufferPointer) throws(HTTP1Error) -> FramingFacts {
        var facts = FramingFacts()
        for slot in head.fields { facts.read(bytes, slot.name.range, slot.value.range) }
        if facts.hasInvalidLength { try violate(.invalidContentLength) }
        if facts.hasDifferingLengths { try violate(.conflictingContentLength) }
        if facts.lengths > 1 { try violate(.repeatedContentLength) }
        if facts.codings > 0 {
            if facts.lengths > 0 { try violate(.contentLengthWithTransferCoding) }
            if facts.codings > 1 || !facts.isChunkedLast { try violate(.unsupportedTransferCoding) }
            if head.minor == 0 { try violate(.transferCodingInHTTP10) }
        }
        return facts
    }

    /// `RFC 9112 §6.3`. Under `.observe`, where no transfer coding tells the end, Content-Length does.
    mutating func frameRequest(_ facts: FramingFacts) throws(HTTP1Error) {
        if facts.hosts > 1 { try violate(.repeatedHost) }
        if facts.hosts == 0, head.minor > 0 { try violate(.missingHost) }
        if facts.hasInvalidHost { try violate(.invalidHost) }
        if facts.isChunkedLast {
            head.framing = .chunked
        } else {
            head.framing = facts.contentLength.map { .length($0) } ?? .none
        }
        if facts.says(.expectContinue), head.minor > 0 { head.flags.insert(.expectContinue) }
        if facts.says(.upgradeField), facts.says(.upgradeOption) { head.flags.insert(.upgrade) }
    }

    /// `RFC 9112 §6.3`.
    mutating func frameResponse(_ facts: FramingFacts) throws(HTTP1Error) {
        if expected.first == nil { try violate(.unexpectedResponse) }
        let request = expected.first ?? .ordinary
        let status = head.statusCode
        if !head.isInformational { expected.removeFirst() }
        if facts.codings > 0, status < 200 || status == 204 { try violate(.transferCodingNotAllowed) }
        if status == 101 {
            head.flags.insert(.upgrade)
            head.framing = .tunnel
        } else if status < 200 || status == 204 || status == 304 || request == .head {
            head.framing = .none
        } else if request == .connect, status < 300 {
            head.framing = .tunnel
        } else if facts.isChunkedLast {
            head.framing = .chunked
        } else if facts.codings == 0, let length = facts.contentLength {
            head.framing = .length(length)
        } else {
            head.framing = .untilClose
        }
    }
}
