import WireFormats

extension [HTTPField] {
    /// The value of the first field of that name, whatever its case.
    package func first(_ lowercasedName: String) -> String? {
        for index in indices where self[index].name.isASCIIEqual(toLowercase: lowercasedName) {
            return self[index].value
        }
        return nil
    }

    /// Whether the content is JSON, of any kind.
    var saysJSON: Bool { first("content-type")?.containsASCII(lowercase: "json") ?? false }
}

extension String {
    /// Whether the text is `other` but for the case of ASCII letters.
    func isASCIIEqual(toLowercase other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        var left = self
        var right = other
        return left.withUTF8 { left in right.withUTF8 { right in Self.isEqual(left, right, at: 0) } }
    }

    /// Whether the text begins with `other` but for the case of ASCII letters.
    func hasASCIIPrefix(lowercase other: String) -> Bool {
        let (left, right) = (utf8, other.utf8)
        return left.count >= right.count && zip(left, right).allSatisfy { Self.lowercase($0) == $1 }
    }

    /// Whether `other` occurs in the text but for the case of ASCII letters.
    func containsASCII(lowercase other: String) -> Bool {
        guard utf8.count >= other.utf8.count else { return false }
        var text = self
        var other = other
        return text.withUTF8 { text in
            other.withUTF8 { other in
                (0...text.count - other.count).contains { Self.isEqual(text, other, at: $0) }
            }
        }
    }

    /// Whether `lowercased` stands at `start` in the text, which reaches as far.
    private static func isEqual(
        _ text: UnsafeBufferPointer<UInt8>, _ lowercased: UnsafeBufferPointer<UInt8>, at start: Int
    ) -> Bool {
        for index in lowercased.indices where lowercase(text[start + index]) != lowercased[index] { return false }
        return true
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

    /// Without blanks and tabs around it.
    func trimmed() -> String {
        var rest = utf8[...]
        while let first = rest.first, first == 0x20 || first == 0x09 { rest.removeFirst() }
        while let last = rest.last, last == 0x20 || last == 0x09 { rest.removeLast() }
        return rest.count == utf8.count ? self : String(Substring(rest))
    }
}

/// The parts of a request target. (RFC 9112 §3.2)
package struct RequestTarget: Sendable, Hashable {
    package var path: String
    /// Without the question mark; nil where there is none.
    package var query: String?

    package init(_ target: String) {
        let bytes = target.utf8
        if bytes.first == UInt8(ascii: "/"), !bytes.contains(where: { $0 == 0x3F || $0 == 0x23 }) {
            path = target
            query = nil
            return
        }
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
