import WireFormats

/// Heads that a source framed, decoded into fields. What does not parse keeps its bytes in view instead of failing:
/// a peer's misbehaviour is data.
enum HeadDecoding {
    static func request(_ bytes: RawSpan) -> RequestHead {
        guard let head = try? ParsedHead(requestHead: bytes), let method = head.method, let target = head.target else {
            return RequestHead(method: "", target: bytes.latin1, version: "", fields: [])
        }
        return RequestHead(method: method, target: target, version: number(of: head.version), fields: head.fields)
    }

    static func response(_ bytes: RawSpan) -> ResponseHead {
        guard let head = try? ParsedHead(responseHead: bytes), let status = head.status else {
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

extension [UInt8] {
    func ends(with suffix: some Collection<UInt8>) -> Bool {
        count >= suffix.count && self[(count - suffix.count)...].elementsEqual(suffix)
    }
}

extension RawSpan {
    /// A copy of the bytes.
    package var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

    /// One code point for each byte.
    var latin1: String { String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) })) }
}
