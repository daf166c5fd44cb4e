import WireFormats

/// Heads that a source framed, decoded into fields. What does not parse keeps its bytes in view instead of failing:
/// a peer's misbehaviour is data. So does one of which a line may mean something else to others, as a folded one does:
/// whose value it is cannot be told. Of a refused head content may follow, which is none of it.
enum HeadDecoding {
    static func request(_ bytes: RawSpan) -> RequestHead {
        guard let head = try? ParsedHead(requestHead: bytes.extracting(0..<bytes.headLength)), head.hasPlainLines,
            let method = head.method, let target = head.target
        else {
            return RequestHead(method: "", target: bytes.latin1, version: "", fields: [])
        }
        return RequestHead(method: method, target: target, version: number(of: head.version), fields: head.fields)
    }

    static func response(_ bytes: RawSpan) -> ResponseHead {
        guard let head = try? ParsedHead(responseHead: bytes.extracting(0..<bytes.headLength)), head.hasPlainLines,
            let status = head.status
        else {
            return ResponseHead(status: 0, reason: bytes.latin1, version: "", fields: [])
        }
        return ResponseHead(
            status: status, reason: head.reason ?? "", version: number(of: head.version), fields: head.fields)
    }

    /// The fields of a trailer section; none where it is empty.
    static func trailers(_ bytes: RawSpan) -> [HTTPField] {
        guard bytes.byteCount > 2 else { return [] }
        var head = Array("GET / HTTP/1.1\r\n".utf8) + bytes.bytes
        if !head.ends(with: "\r\n\r\n".utf8) { head += "\r\n".utf8 }
        return (try? ParsedHead(requestHead: head.span.bytes))?.fields ?? []
    }

    private static func number(of version: String) -> String {
        version.hasPrefix("HTTP/") ? String(version.dropFirst(5)) : version
    }
}

extension ParsedHead {
    /// Whether every line is one field, whoever reads it.
    fileprivate var hasPlainLines: Bool {
        let doubtful: [HTTP1Error.Kind] = [
            .bareCR, .controlCharacter, .obsFold, .blankBeforeColon, .invalidFieldName, .missingColon,
            .whitespaceBeforeFirstField,
        ]
        return !doubtful.contains { deviations.contains($0) }
    }
}

extension [UInt8] {
    func ends(with suffix: some Collection<UInt8>) -> Bool {
        count >= suffix.count && self[(count - suffix.count)...].elementsEqual(suffix)
    }
}

extension RawSpan {
    /// A copy of the bytes.
    package var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

    /// Up to and with the first empty line; all of it where there is none. (RFC 9112 §2.1)
    fileprivate var headLength: Int {
        withUnsafeBytes { bytes in
            var start = 0
            while start < bytes.count, bytes[start] == 10 || bytes[start] == 13 { start += 1 }
            while let lineFeed = bytes[start...].firstIndex(of: 10) {
                start = lineFeed + 1
                if start < bytes.count, bytes[start] == 10 { return start + 1 }
                if start + 1 < bytes.count, bytes[start] == 13, bytes[start + 1] == 10 { return start + 2 }
            }
            return bytes.count
        }
    }

    /// One code point for each byte.
    var latin1: String { String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) })) }
}
