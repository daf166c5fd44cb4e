import WireFormats

extension [HTTPField] {
    /// The value of the first field of that name, whatever its case.
    package func first(_ lowercasedName: String) -> String? {
        first { $0.name.count == lowercasedName.count && $0.name.lowercased() == lowercasedName }?.value
    }
}

extension String {
    func trimmed() -> String {
        var rest = self[...]
        while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return String(rest)
    }
}

/// The parts of a request target. (RFC 9112 §3.2)
package struct RequestTarget: Sendable, Hashable {
    package var path: String
    /// Without the question mark; nil where there is none.
    package var query: String?

    package init(_ target: String) {
        var rest = target[...]
        if let scheme = rest.range(ofAscii: "://"), !rest[..<scheme.lowerBound].contains("/") {
            rest = rest[scheme.upperBound...]
            rest = rest.firstIndex(where: { $0 == "/" || $0 == "?" }).map { rest[$0...] } ?? ""
        }
        if let hash = rest.firstIndex(of: "#") { rest = rest[..<hash] }
        if let mark = rest.firstIndex(of: "?") {
            path = String(rest[..<mark])
            query = String(rest[rest.index(after: mark)...])
        } else {
            path = String(rest)
            query = nil
        }
        if path.isEmpty { path = "/" }
    }

    /// The value of a query item, as written.
    package func queryValue(_ name: String) -> String? {
        for item in (query ?? "").split(separator: "&") {
            let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2, pair[0] == name { return String(pair[1]) }
        }
        return nil
    }
}

extension Substring {
    func range(ofAscii needle: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(needle) { return start..<index(start, offsetBy: needle.count) }
            start = index(after: start)
        }
        return nil
    }
}
