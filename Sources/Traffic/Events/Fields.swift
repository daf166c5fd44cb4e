import WireFormats

extension [HTTPField] {
    /// The value of the first field of that name, whatever its case.
    package func first(_ lowercasedName: String) -> String? {
        for field in self where field.name.isASCIIEqual(toLowercase: lowercasedName) { return field.value }
        return nil
    }

    /// Whether the content is JSON, of any kind.
    var saysJSON: Bool { first("content-type")?.containsASCII(lowercase: "json") ?? false }
}

extension String {
    /// Whether the text is `other` but for the case of ASCII letters.
    func isASCIIEqual(toLowercase other: String) -> Bool {
        let left = utf8
        let right = other.utf8
        return left.count == right.count && zip(left, right).allSatisfy { Self.lowercase($0) == $1 }
    }

    /// Whether `other` occurs in the text but for the case of ASCII letters.
    func containsASCII(lowercase other: String) -> Bool {
        let size = other.utf8.count
        var rest = utf8[...]
        while rest.count >= size {
            if zip(rest, other.utf8).allSatisfy({ Self.lowercase($0) == $1 }) { return true }
            rest = rest.dropFirst()
        }
        return false
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

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
