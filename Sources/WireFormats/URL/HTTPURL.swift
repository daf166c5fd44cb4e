/// A URL of the scheme `http` or `https` (`RFC 9110 §4.2`), as a client needs it: where to connect, and what to ask for.
///
/// Scheme and host are in lower case, a missing port is filled in, `.` and `..` are carried out, characters beyond
/// ASCII in path and query are percent-encoded as UTF-8, and the fragment is dropped, since it is never sent.
package struct HTTPURL: Sendable, Hashable, CustomStringConvertible {
    /// Whether the scheme is `https`.
    package let isSecure: Bool
    /// A name, an IPv4 address, or an IPv6 address without its brackets.
    package let host: String
    /// 80 or 443 where the URL names none.
    package let port: Int
    /// At least `/`.
    package let path: String
    /// What follows the first `?`, nil without one.
    package let query: String?

    /// Reads an absolute URL.
    ///
    /// Refused is what has no host, a port out of 1 to 65535, a host that is neither a name in ASCII nor an address,
    /// user information (a secret, which would end up in logs; `RFC 9110 §4.2.4`), and blanks and control characters.
    package init(_ text: String) throws(HTTPURLError) {
        try self.init(resolved: URIReference(text))
    }

    private init(resolved uri: URIReference) throws(HTTPURLError) {
        guard let scheme = uri.scheme.map(Self.lowercased), scheme == "http" || scheme == "https" else {
            throw HTTPURLError(.unknownScheme)
        }
        isSecure = scheme == "https"
        let authority = try HTTPAuthority(uri.authority ?? "")
        host = authority.host
        port = authority.port ?? Self.defaultPort(isSecure: isSecure)
        let path = try Self.encoded(URIReference.withoutDotSegments(uri.path))
        self.path = path.isEmpty ? "/" : path
        query = try uri.query.map(Self.encoded)
    }

    /// Path and query, for a request line (`RFC 9112 §3.2.1`) or the field `:path` (`RFC 9113 §8.3.1`).
    package var target: String { query.map { "\(path)?\($0)" } ?? path }

    /// Host and port for the field `Host` (`RFC 9110 §7.2`): an IPv6 address in brackets, a default port left out.
    package var authority: String {
        let name = host.utf8.contains(ASCII.colon) ? "[\(host)]" : host
        return port == Self.defaultPort(isSecure: isSecure) ? name : "\(name):\(port)"
    }

    /// Scheme, host and port, without a default port (`RFC 6454 §6.2`).
    package var origin: String { "\(isSecure ? "https" : "http")://\(authority)" }

    /// The whole URL.
    package var description: String { origin + target }

    /// What an absolute or relative reference means here (`RFC 3986 §5.2`); nil when that is no URL of this kind.
    package func resolve(_ reference: String) -> HTTPURL? {
        try? HTTPURL(resolved: URIReference(reference).resolved(against: URIReference(description)))
    }

    /// Whether scheme, host and port are the same (`RFC 6454 §5`).
    package func hasSameOrigin(as other: HTTPURL) -> Bool {
        isSecure == other.isSecure && host == other.host && port == other.port
    }

    private static func defaultPort(isSecure: Bool) -> Int { isSecure ? 443 : 80 }

    private static func lowercased(_ text: String) -> String {
        String(decoding: text.utf8.map(ASCII.lowercase), as: UTF8.self)
    }

    /// `text` with every byte beyond ASCII percent-encoded (`RFC 3987 §3.1`).
    private static func encoded(_ text: String) throws(HTTPURLError) -> String {
        guard text.utf8.allSatisfy({ $0 > ASCII.space && $0 != 0x7F }) else { throw HTTPURLError(.forbiddenCharacter) }
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if byte < 0x80 {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
