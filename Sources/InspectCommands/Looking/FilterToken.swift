import Traffic

/// A word after the session that narrows what `show` prints. All words must hold.
enum FilterToken: Sendable, Hashable {
    case tool(Pattern)
    case method(Pattern)
    /// The text of the id, with or without the quotes of a string.
    case id(String)
    case status(Set<CallRow.Status>)
    /// HTTP statuses, such as 404 or all of 4xx.
    case httpStatus(ClosedRange<Int>)
    case latency(Comparison, ms: Double)
    /// The number of an exchange within its recording, as printed after `#`.
    case exchange(Int64)
    case from(Direction)

    enum Comparison: String, Sendable, Hashable, CaseIterable {
        case atLeast = ">="
        case atMost = "<="
        case above = ">"
        case below = "<"

        func holds(_ value: Double, _ limit: Double) -> Bool {
            switch self {
            case .atLeast: value >= limit
            case .atMost: value <= limit
            case .above: value > limit
            case .below: value < limit
            }
        }
    }

    static let forms = "tool:NAME, method:NAME, id:ID, status:STATUS, latency>200ms, exchange:N, from:client|server"

    /// Whether a word means to be a filter: then it is no session.
    static func looksLikeOne(_ text: String) -> Bool {
        if text.hasPrefix("latency") { return Comparison.allCases.contains { text.contains($0.rawValue) } }
        guard let colon = text.firstIndex(of: ":") else { return false }
        return keys.contains(String(text[..<colon]))
    }

    private static let keys = ["tool", "method", "id", "status", "latency", "exchange", "from"]

    /// Throws one sentence that points at what is wrong with the word.
    static func parse(_ text: String) throws(CommandFailure) -> FilterToken {
        if text.hasPrefix("latency"), let latency = try latency(text) { return latency }
        guard let colon = text.firstIndex(of: ":") else {
            throw CommandFailure(.usage, "\"\(text.visible)\" is no filter; filters are \(forms)")
        }
        let (key, value) = (String(text[..<colon]), String(text[text.index(after: colon)...]))
        guard !value.isEmpty else {
            throw CommandFailure(.usage, "\"\(text.visible)\" has nothing after the colon; filters are \(forms)")
        }
        switch key {
        case "tool": return .tool(Pattern(value))
        case "method": return .method(Pattern(value))
        case "id": return .id(value)
        case "status": return try status(value, in: text)
        case "exchange":
            guard let number = Int64(value.hasPrefix("#") ? String(value.dropFirst()) : value), number > 0 else {
                throw CommandFailure(.usage, "\"\(text.visible)\": an exchange is a number, as printed after #")
            }
            return .exchange(number & 0xFFFF_FFFF)
        case "from":
            guard value == "client" || value == "server" else {
                throw CommandFailure(.usage, "\"\(text.visible)\": messages come from:client or from:server")
            }
            return .from(value == "client" ? .clientToServer : .serverToClient)
        default:
            throw CommandFailure(.usage, "\"\(key.visible)\" in \"\(text.visible)\" is no filter; filters are \(forms)")
        }
    }

    private static func status(_ value: String, in text: String) throws(CommandFailure) -> FilterToken {
        if let status = CallRow.Status(rawValue: value) { return .status([status]) }
        if value == "error" { return .status([.toolError, .rpcError, .httpError, .unanswered]) }
        if let code = Int(value), (100...599).contains(code) { return .httpStatus(code...code) }
        if value.count == 3, value.hasSuffix("xx"), let first = value.first?.wholeNumberValue, (1...5).contains(first) {
            return .httpStatus(first * 100...first * 100 + 99)
        }
        throw CommandFailure(
            .usage,
            "\"\(text.visible)\": a status is ok, error, tool_error, rpc_error, http_error, cancelled, pending, unanswered, an HTTP status or 4xx"
        )
    }

    /// `latency>200ms`; nil where no comparison follows the word.
    private static func latency(_ text: String) throws(CommandFailure) -> FilterToken? {
        var rest = text.dropFirst("latency".count)
        if rest.hasPrefix(":") { rest = rest.dropFirst() }
        guard let comparison = Comparison.allCases.first(where: { rest.hasPrefix($0.rawValue) }) else {
            guard text == "latency" || text.hasPrefix("latency:") else { return nil }
            throw CommandFailure(
                .usage, "\"\(text.visible)\" compares with nothing; write 'latency>200ms' or 'latency<1s'")
        }
        guard let limit = DurationArgument(argument: String(rest.dropFirst(comparison.rawValue.count))) else {
            throw CommandFailure(
                .usage, "\"\(text.visible)\" has no duration after \(comparison.rawValue), such as 200ms or 1s")
        }
        return .latency(comparison, ms: Double(limit.milliseconds))
    }
}

/// A name in which `*` stands for any text.
struct Pattern: Sendable, Hashable {
    private let pieces: [String]
    let text: String

    init(_ text: String) {
        self.text = text
        pieces = text.split(separator: "*", omittingEmptySubsequences: false).map { String($0) }
    }

    func matches(_ name: String) -> Bool {
        guard let first = pieces.first, let last = pieces.last, pieces.count > 1 else { return name == text }
        guard name.hasPrefix(first) else { return false }
        var rest = name.dropFirst(first.count)
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let found = rest.firstRange(of: piece) else { return false }
            rest = rest[found.upperBound...]
        }
        return rest.hasSuffix(last) && rest.count >= last.count
    }
}
