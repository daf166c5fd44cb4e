/// The one origin that requests are forwarded to: `http://HOST[:PORT]` or `https://HOST[:PORT]`.
package struct UpstreamOrigin: Sendable, Hashable, CustomStringConvertible {
    /// Lower case, without the brackets of an IPv6 address.
    package let host: String
    package let port: Int
    /// Host and port as the URL spelled them, for the `Host` field (`RFC 9110 §7.2`).
    package let authority: String
    /// Is it spoken to over TLS?
    package let isSecure: Bool

    /// Reads the origin out of a URL; path, query and fragment are not part of it and are ignored.
    package init(_ url: String) throws(ForwarderError) {
        guard let schemeEnd = url.utf8Range(of: "://"),
            ["http", "https"].contains(url[..<schemeEnd.lowerBound].lowercased())
        else {
            throw ForwarderError(
                .invalidUpstream, "cannot forward to \(Self.shown(url)): the URL must start with http:// or https://")
        }
        let rest = url[schemeEnd.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.contains("@") else {
            throw ForwarderError(
                .invalidUpstream,
                "cannot forward to \(Self.shown(url)): user and password do not belong into the URL; pass --token-env or --header"
            )
        }
        guard !authority.isEmpty, let parsed = Authority(Array(authority.utf8)), parsed.port != 0 else {
            throw ForwarderError(
                .invalidUpstream, "cannot forward to \(url): it names no host with an optional port of 1 to 65535")
        }
        self.host = parsed.host
        isSecure = url[..<schemeEnd.lowerBound].utf8.count == 5
        self.port = parsed.port ?? Self.defaultPort(isSecure: isSecure)
        self.authority = String(authority)
    }

    /// The URL without user information, which may be a secret.
    private static func shown(_ url: String) -> String {
        guard let at = url.lastIndex(of: "@"), let scheme = url.utf8Range(of: "://"), scheme.upperBound < at else {
            return url
        }
        return "\(url[..<scheme.upperBound])\(url[url.index(after: at)...])"
    }

    package var description: String { "\(scheme)\(authority)" }

    /// With the slashes.
    var scheme: String { Self.scheme(isSecure: isSecure) }

    static func scheme(isSecure: Bool) -> String { isSecure ? "https://" : "http://" }

    static func defaultPort(isSecure: Bool) -> Int { isSecure ? 443 : 80 }

    /// Where in `uri` the origin ends when `uri` is an absolute one of this origin; nil when it is not.
    ///
    /// Scheme and host compare without case, a missing port is the scheme's (`RFC 9110 §4.2.3`).
    func prefixLength(of uri: some Collection<UInt8>) -> Int? {
        let scheme = scheme.utf8
        guard uri.count > scheme.count, zip(uri, scheme).allSatisfy({ $0 == $1 || $0 | 0x20 == $1 }) else { return nil }
        let authority = Array(uri.dropFirst(scheme.count).prefix { !Self.endsAuthority($0) })
        guard let parsed = Authority(authority), parsed.host == host,
            (parsed.port ?? Self.defaultPort(isSecure: isSecure)) == port
        else { return nil }
        return scheme.count + authority.count
    }

    private static func endsAuthority(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
    }
}

/// `host [ ":" port ]` (`RFC 3986 §3.2`) without user information.
struct Authority: Sendable, Hashable {
    /// Lower case, without the brackets of an IPv6 address.
    let host: String
    let port: Int?

    init?(_ bytes: some Collection<UInt8>) {
        var rest = Array(bytes)
        guard !rest.isEmpty, rest.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "@") }) else { return nil }
        var name: ArraySlice<UInt8>
        if rest.first == UInt8(ascii: "[") {
            guard let close = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            name = rest[1..<close]
            rest = Array(rest[(close + 1)...])
            guard rest.isEmpty || rest.first == UInt8(ascii: ":") else { return nil }
        } else {
            name = rest[..<(rest.firstIndex(of: UInt8(ascii: ":")) ?? rest.count)]
            rest = Array(rest[name.endIndex...])
        }
        guard !name.isEmpty else { return nil }
        if rest.count > 1 {
            guard rest.count <= 6, rest.dropFirst().allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(String(decoding: rest.dropFirst(), as: UTF8.self)), number <= 65535
            else { return nil }
            port = number
        } else {
            port = nil
        }
        if name.last == UInt8(ascii: "."), name.count > 1 { name = name.dropLast() }
        host = String(decoding: name, as: UTF8.self).lowercased()
    }
}

extension String {
    fileprivate func utf8Range(of needle: StaticString) -> Range<String.Index>? {
        let bytes = needle.withUTF8Buffer { Array($0) }
        var start = utf8.startIndex
        while start != utf8.endIndex {
            if utf8[start...].starts(with: bytes) { return start..<utf8.index(start, offsetBy: bytes.count) }
            start = utf8.index(after: start)
        }
        return nil
    }
}
