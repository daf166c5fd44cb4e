/// The cookies that one server gave in one conversation, to be brought back: balancers keep a session with its server by
/// them. (RFC 6265 §5)
///
/// There is one origin, so domains do not matter; neither does when a cookie expires, unless it is at once.
struct CookieJar: Sendable {
    private struct Cookie: Sendable {
        var name: Substring
        var value: Substring
        var path: Substring
    }

    private static let limit = 100
    private var cookies: [Cookie] = []

    /// Takes the value of a `Set-Cookie` field that came for a request with this target.
    mutating func take(_ field: String, target: String) {
        let parts = field.split(separator: ";", omittingEmptySubsequences: false).map(Self.trimmed)
        guard let pair = parts.first, let equals = pair.firstIndex(of: "="), equals != pair.startIndex else { return }
        var cookie = Cookie(
            name: Self.trimmed(pair[..<equals]), value: Self.trimmed(pair[pair.index(after: equals)...]),
            path: Self.folder(of: target))
        var isGone = false
        for attribute in parts.dropFirst() {
            let words = attribute.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = words.count > 1 ? Self.trimmed(words[1]) : ""
            switch words[0].lowercased() {
            case "path" where value.hasPrefix("/"): cookie.path = value
            case "max-age": isGone = Int(value).map { $0 <= 0 } ?? isGone
            default: break
            }
        }
        cookies.removeAll { $0.name == cookie.name && $0.path == cookie.path }
        if !isGone, cookies.count < Self.limit { cookies.append(cookie) }
    }

    /// The value of `Cookie` for a request with this target; nil without any. Longer paths come first.
    func field(for target: String) -> String? {
        guard !cookies.isEmpty else { return nil }
        let path = target.prefix { $0 != "?" }
        let fitting = cookies.enumerated().filter { Self.covers($0.element.path, path) }
            .sorted { ($1.element.path.utf8.count, $0.offset) < ($0.element.path.utf8.count, $1.offset) }
        return fitting.isEmpty ? nil : fitting.map { "\($0.element.name)=\($0.element.value)" }.joined(separator: "; ")
    }

    /// RFC 6265 §5.1.4.
    private static func covers(_ folder: Substring, _ path: Substring) -> Bool {
        path == folder
            || path.hasPrefix(folder) && (folder.hasSuffix("/") || path.dropFirst(folder.count).hasPrefix("/"))
    }

    private static func folder(of target: String) -> Substring {
        let path = target.prefix { $0 != "?" }
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return path[..<slash]
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
