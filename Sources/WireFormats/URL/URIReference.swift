/// A URI or a relative reference, taken apart into its five components (`RFC 3986 §4.1`), whatever its scheme.
///
/// It checks nothing: every text has such components. What a scheme asks of them is that scheme's to check.
package struct URIReference: Sendable, Hashable {
    package var scheme: String?
    package var authority: String?
    package var path: String
    package var query: String?
    package var fragment: String?

    /// Takes `text` apart, as the expression of `RFC 3986` appendix B does, but that a scheme must look like one (§3.1):
    /// `1:2` is a path.
    package init(_ text: String) {
        var rest = Array(text.utf8)[...]
        fragment = Self.cut(&rest, at: UInt8(ascii: "#"))
        query = Self.cut(&rest, at: UInt8(ascii: "?"))
        let name = rest.prefix { Self.isInScheme($0) }
        if let first = name.first, ASCII.isLetter(first), rest.dropFirst(name.count).first == ASCII.colon {
            scheme = Self.text(name)
            rest = rest.dropFirst(name.count + 1)
        }
        if rest.starts(with: [ASCII.slash, ASCII.slash]) {
            let host = rest.dropFirst(2).prefix { $0 != ASCII.slash }
            authority = Self.text(host)
            rest = rest[host.endIndex...]
        }
        path = Self.text(rest)
    }

    /// What the reference means where `base` is the URI of the document it stands in (`RFC 3986 §5.2.2`, strict).
    package func resolved(against base: URIReference) -> URIReference {
        var target = self
        if scheme != nil || authority != nil {
            target.scheme = scheme ?? base.scheme
            target.path = Self.withoutDotSegments(path)
            return target
        }
        target.scheme = base.scheme
        target.authority = base.authority
        if path.isEmpty {
            target.path = base.path
            target.query = query ?? base.query
        } else if path.utf8.first == ASCII.slash {
            target.path = Self.withoutDotSegments(path)
        } else {
            target.path = Self.withoutDotSegments(base.directory + path)
        }
        return target
    }

    /// The components as one text again (`RFC 3986 §5.3`).
    package var text: String {
        var text = scheme.map { "\($0):" } ?? ""
        if let authority { text += "//\(authority)" }
        text += path
        if let query { text += "?\(query)" }
        if let fragment { text += "#\(fragment)" }
        return text
    }

    /// The path without what follows its last slash (`RFC 3986 §5.2.3`).
    private var directory: String {
        if authority != nil, path.isEmpty { return "/" }
        guard let slash = path.utf8.lastIndex(of: ASCII.slash) else { return "" }
        return String(path[...slash])
    }

    /// `path` without the segments `.` and `..`, which are carried out (`RFC 3986 §5.2.4`).
    package static func withoutDotSegments(_ path: String) -> String {
        let isRooted = path.utf8.first == ASCII.slash
        let segments = path.utf8.dropFirst(isRooted ? 1 : 0)
            .split(separator: ASCII.slash, omittingEmptySubsequences: false).map(Substring.init)
        var kept: [Substring] = []
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            switch segment {
            case ".": if isLast { kept.append("") }
            case "..":
                if !kept.isEmpty { kept.removeLast() }
                if isLast { kept.append("") }
            default: kept.append(segment)
            }
        }
        let text = kept.joined(separator: "/")
        return isRooted ? "/\(text)" : text
    }

    /// Takes the separator and what follows it off the end of `bytes`, and gives what follows it.
    private static func cut(_ bytes: inout ArraySlice<UInt8>, at separator: UInt8) -> String? {
        guard let index = bytes.firstIndex(of: separator) else { return nil }
        defer { bytes = bytes[..<index] }
        return text(bytes[(index + 1)...])
    }

    private static func isInScheme(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte)
            || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
