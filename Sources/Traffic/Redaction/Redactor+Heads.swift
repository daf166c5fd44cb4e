import WireFormats

/// Heads that could not be read, which stand as text where a target or a reason does.
///
/// What a secret is cannot be told by a name there: that may be spelled wrong, stand in another line or not at all, and
/// content may follow. So only what is certain to be none stays: the start line, but for what its URL hides, names of
/// fields, and the values of a few of them. All else is masked, line by line, and what follows the empty line as a whole.
extension Redactor {
    mutating func unread(_ head: String, _ count: inout Int64) -> String {
        var lines = head.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        let end = lines.indices.dropFirst().first { [[], [13]].contains(Array(lines[$0].trimmed().utf8)) }
        if let end, end + 1 < lines.count {
            let content = lines[(end + 1)...].joined(separator: "\n")
            lines.removeSubrange((end + 1)...)
            lines.append(content.isEmpty ? "" : hidden(content, &count))
        }
        for index in 0..<(end ?? lines.count) { lines[index] = line(lines[index], isFirst: index == 0, &count) }
        return lines.joined(separator: "\n")
    }

    private mutating func hidden(_ text: String, _ count: inout Int64) -> String {
        count += 1
        return mask(text)
    }

    /// A bare CR ends a line to some: what stands behind one may be a field, or the rest of one.
    private mutating func line(_ text: String, isFirst: Bool, _ count: inout Int64) -> String {
        let scalars = text.unicodeScalars
        let isWhole = scalars.last == "\r"
        let content = isWhole ? scalars.dropLast() : scalars[...]
        let end = content.firstIndex(of: "\r") ?? content.endIndex
        let shown = String(content[..<end])
        var masked = isFirst ? startLine(shown, &count) : field(shown, &count)
        if end < content.endIndex { masked += "\r" + hidden(String(content[end...].dropFirst()), &count) }
        return isWhole ? masked + "\r" : masked
    }

    /// What begins in the middle of a head is none.
    private mutating func startLine(_ text: String, _ count: inout Int64) -> String {
        let words = text.split(separator: " ")
        let isStatus = words.first?.hasPrefix("HTTP/") ?? true
        let isRequest =
            words.count > 1 && words[0].utf8.count <= 20 && words[0].allSatisfy(\.isMethodLetter)
            && (words[1].hasPrefix("/") || words[words.count - 1].hasPrefix("HTTP/"))
        return isStatus || isRequest ? url(text, &count) : hidden(text, &count)
    }

    private mutating func field(_ text: String, _ count: inout Int64) -> String {
        guard let colon = text.firstIndex(of: ":"), text.first.map({ $0 != " " && $0 != "\t" }) == true,
            text[..<colon].allSatisfy({ $0.isTokenLetter || $0 == " " || $0 == "\t" })
        else { return hidden(text, &count) }
        let name = Self.plainName(String(text[..<colon]).trimmed())
        let value = String(text[text.index(after: colon)...]).trimmed()
        guard !name.contains(" "), !name.contains("\t") else { return hidden(text, &count) }
        guard !value.isEmpty else { return text }
        let treatment = treatment(of: name)
        let isKnown = Self.harmless.contains(name) && !headers.contains(name)
        let isPlain = value.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\t" }
        let masked =
            isKnown && isPlain
            ? treated(value, treatment, &count)
            : treatment == .credentials ? treated(value, treatment, &count) : hidden(value, &count)
        return masked == value ? text : "\(text[...colon]) \(masked)"
    }

    /// Fields that say how a message is framed and read, which is what may be wrong with it, and where it goes.
    private static let harmless: Set<String> = [
        "host", "connection", "content-length", "content-type", "content-encoding", "transfer-encoding", "te",
        "trailer",
        "upgrade", "expect", "date", "server", "via", "user-agent", "accept", "accept-encoding", "cache-control",
        "keep-alive", "mcp-protocol-version", "mcp-session-id", "mcp-method", "last-event-id",
    ]
}

extension Character {
    fileprivate var isMethodLetter: Bool { isASCII && (isUppercase || self == "-") }
    /// A letter of a name. (RFC 9110 §5.6.2)
    fileprivate var isTokenLetter: Bool {
        isASCII && (isLetter || isNumber || "!#$%&'*+-.^_`|~".contains(self))
    }
}
