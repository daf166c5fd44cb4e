/// A request line (`RFC 9112 §3`) or a status line (`RFC 9112 §4`). The ranges are those of the bytes parsed.
struct StartLine {
    var method = 0..<0
    var target = 0..<0
    var reason = 0..<0
    var status: UInt16 = 0
    var minor: UInt8 = 1
    var deviations = HTTP1Deviations()

    /// Parses `line` (without its line end) exactly as the grammar has it, but for a missing space behind a status
    /// code without reason, which is only noted.
    init(strict role: HTTP1Parser.Role, _ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) throws(HTTP1Error) {
        switch role {
        case .request: try parseRequestLine(bytes, line)
        case .response: try parseStatusLine(bytes, line)
        }
    }

    private mutating func parseRequestLine(
        _ bytes: UnsafeRawBufferPointer, _ line: Range<Int>
    ) throws(HTTP1Error) {
        let end = line.upperBound
        func fault(_ kind: HTTP1Error.Kind) -> HTTP1Error {
            HTTP1Error(bytes[line].contains(ASCII.carriageReturn) ? .bareCR : kind)
        }
        var index = line.lowerBound
        while index < end, ASCII.isToken(bytes[index]) { index += 1 }
        method = line.lowerBound..<index
        guard !method.isEmpty, index < end, bytes[index] == ASCII.space else { throw fault(.invalidMethod) }
        let targetStart = index + 1
        index = targetStart
        while index < end, bytes[index] > ASCII.space, bytes[index] < 0x7F { index += 1 }
        target = targetStart..<index
        guard !target.isEmpty else { throw fault(.invalidTarget) }
        guard index < end else { throw fault(.http09) }
        guard bytes[index] == ASCII.space else { throw fault(.invalidTarget) }
        guard let version = Self.version(bytes, index + 1..<end), end - index == 9 else {
            throw fault(.invalidVersion)
        }
        if version.major == 2, ASCII.equals(bytes, line, "PRI * HTTP/2.0") { throw HTTP1Error(.http2Preface) }
        guard version.major == 1, version.minor <= 1 else { throw HTTP1Error(.unsupportedVersion) }
        minor = version.minor
        guard Self.isTarget(bytes, target, of: RequestMethodKind(bytes, method)) else {
            throw HTTP1Error(.invalidTarget)
        }
    }

    private mutating func parseStatusLine(
        _ bytes: UnsafeRawBufferPointer, _ line: Range<Int>
    ) throws(HTTP1Error) {
        let start = line.lowerBound
        guard line.count >= 12, let version = Self.version(bytes, start..<start + 8) else {
            throw HTTP1Error(.invalidStatusLine)
        }
        guard version.major == 1, version.minor <= 1 else { throw HTTP1Error(.unsupportedVersion) }
        guard bytes[start + 8] == ASCII.space, let code = Self.statusCode(bytes, start + 9) else {
            throw HTTP1Error(.invalidStatusLine)
        }
        minor = version.minor
        status = code
        reason = line.upperBound..<line.upperBound
        guard line.count > 12 else { return deviations.insert(.missingReasonSpace) }
        guard bytes[start + 12] == ASCII.space else { throw HTTP1Error(.invalidStatusLine) }
        reason = start + 13..<line.upperBound
        let control = ASCII.firstControl(in: bytes, reason)
        if control < reason.upperBound {
            throw HTTP1Error(bytes[control] == ASCII.carriageReturn ? .bareCR : .controlCharacter)
        }
    }

    /// `"HTTP/" DIGIT "." DIGIT` at the start of `range`.
    static func version(
        _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>
    ) -> (major: UInt8, minor: UInt8)? {
        let start = range.lowerBound
        guard range.count >= 8, ASCII.holds(bytes, at: start, "HTTP/"), ASCII.isDigit(bytes[start + 5]),
            bytes[start + 6] == UInt8(ascii: "."), ASCII.isDigit(bytes[start + 7])
        else { return nil }
        return (bytes[start + 5] - 0x30, bytes[start + 7] - 0x30)
    }

    /// Three digits at `start`, 100 to 999 (`RFC 9110 §15`: unknown classes are the client's to treat as 5xx).
    static func statusCode(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> UInt16? {
        guard start + 3 <= bytes.count else { return nil }
        var code: UInt16 = 0
        for index in start..<start + 3 {
            guard ASCII.isDigit(bytes[index]) else { return nil }
            code = code * 10 + UInt16(bytes[index] - 0x30)
        }
        return code >= 100 ? code : nil
    }

    /// Has the target the form its method asks for, and no fragment? `RFC 9112 §3.2`.
    static func isTarget(
        _ bytes: UnsafeRawBufferPointer, _ target: Range<Int>, of method: RequestMethodKind
    ) -> Bool {
        let content = bytes[target]
        if content.contains(UInt8(ascii: "#")) { return false }
        let first = bytes[target.lowerBound]
        if method == .connect { return !content.contains(UInt8(ascii: "/")) && content.contains(ASCII.colon) }
        if first == UInt8(ascii: "/") { return true }
        if ASCII.equals(bytes, target, "*") { return method == .options }
        // absolute-form: a scheme, "://".
        guard let colon = content.firstIndex(of: ASCII.colon), colon > target.lowerBound else { return false }
        guard ASCII.lowercase(first) &- 0x61 < 26 else { return false }
        return ASCII.holds(bytes, at: colon, "://")
    }
}
