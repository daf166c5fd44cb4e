import WireFormats

/// What OAuth's discovery documents say about where things are (`RFC 9728`, `RFC 8414`, OpenID Connect Discovery).
///
/// They name the server by its own URL, and clients check that it is the one they asked (`RFC 9728 §3.3`), so no
/// client logs in through a reverse proxy unless they are rewritten.
enum OAuthMetadata {
    /// Whether a request target names such a document, also below the well-known prefix or a path.
    static func isTarget(_ target: UnsafeRawBufferPointer) -> Bool {
        let path = target.prefix { $0 != UInt8(ascii: "?") }
        return names.contains { name in
            guard path.count >= name.count else { return false }
            return (0...path.count - name.count).contains { start in
                path.dropFirst(start).starts(with: name)
                    && isEnd(path.dropFirst(start + name.count).first)
            }
        }
    }

    private static func isEnd(_ byte: UInt8?) -> Bool { byte == nil || byte == UInt8(ascii: "/") }

    private static let names = [
        "/.well-known/oauth-protected-resource", "/.well-known/oauth-authorization-server",
        "/.well-known/openid-configuration",
    ].map { Array($0.utf8) }

    /// The document with `ownOrigin` in every string that begins with the upstream's origin, otherwise byte for byte;
    /// nil where there is none, or it is no JSON.
    static func rewritten(_ json: [UInt8], from upstream: UpstreamOrigin, to ownOrigin: String) -> [UInt8]? {
        guard JSONScan.validate(json.span.bytes) else { return nil }
        var output: [UInt8] = []
        var rest = json[...]
        var isChanged = false
        while let quote = rest.firstIndex(of: UInt8(ascii: "\"")) {
            var end = quote + 1
            while json[end] != UInt8(ascii: "\"") { end += json[end] == UInt8(ascii: "\\") ? 2 : 1 }
            var content = json[quote + 1..<end]
            output += rest[...quote]
            if let count = originLength(content, upstream) {
                output += ownOrigin.utf8
                content = content.dropFirst(count)
                isChanged = true
            }
            output += content
            output.append(UInt8(ascii: "\""))
            rest = json[(end + 1)...]
        }
        return isChanged ? output + rest : nil
    }

    /// How much of a string, as it is written, is the upstream's origin. A slash may be escaped (`RFC 8259 §7`).
    private static func originLength(_ written: ArraySlice<UInt8>, _ upstream: UpstreamOrigin) -> Int? {
        var plain: [UInt8] = []
        var ends: [Int] = []
        var index = written.startIndex
        while index < written.endIndex, plain.count < 512 {
            let isEscaped = written[index...].starts(with: #"\/"#.utf8)
            if isEscaped { index += 1 }
            plain.append(written[index])
            index += 1
            ends.append(index - written.startIndex)
        }
        return upstream.prefixLength(of: plain).map { ends[$0 - 1] }
    }
}
