extension Filter {
    /// One thing that an entry must be.
    package enum Term: Sendable, Hashable {
        case tool(Pattern)
        /// A method, or all that stands below it: `tools` is also `tools/call`.
        case method(Pattern)
        /// A session's name or id, or all sessions of a name: `claude-code` is also `claude-code/3`.
        case session(Pattern)
        /// A JSON-RPC id, with or without the quotes of a string.
        case id(String)
        case direction(Direction)
        case kind(Kind)
        case status(Status)
        case dialect(Dialect)
        /// The number of an exchange within its recording, as printed after `#`.
        case exchange(Int64)
        case stream(Stream)
        /// Nanoseconds.
        case latency(Comparison, Int64)
        /// Nanoseconds.
        case silence(Comparison, Int64)
        /// Bytes.
        case size(Comparison, Int64)
        /// Occurs in the text, whatever the case of its ASCII letters.
        case text(String)
    }

    /// What an entry is.
    package enum Kind: Sendable, Hashable {
        case entry(FilterSubject.Kind)
        /// A request, its answer, or whatever else belongs to a call.
        case call
        /// Any message.
        case message
        /// A problem of this kind.
        case problem(String)
    }

    package enum Status: Sendable, Hashable {
        case call(CallRow.Status)
        /// Every status of a call that failed or never got an answer.
        case error
        /// HTTP statuses, such as 404 or all of 4xx.
        case http(ClosedRange<Int>)

        package static let errors: [CallRow.Status] = [.toolError, .rpcError, .httpError, .unanswered]
    }

    package enum Stream: Sendable, Hashable {
        case any
        case none
        /// By the number of its exchange.
        case number(Int64)
    }

    package enum Comparison: String, Sendable, Hashable, CaseIterable {
        case atLeast = ">="
        case atMost = "<="
        case above = ">"
        case below = "<"
        case equal = "="

        package func holds<Value: Comparable>(_ value: Value, _ limit: Value) -> Bool {
            switch self {
            case .atLeast: value >= limit
            case .atMost: value <= limit
            case .above: value > limit
            case .below: value < limit
            case .equal: value == limit
            }
        }
    }

    /// The words before the colon or the comparison.
    package enum Key: String, Sendable, Hashable, CaseIterable {
        case tool, method, id, dir, from, kind, status, session, dialect, exchange, stream, latency, silence, size, text

        /// Whether it stands before a comparison instead of a colon.
        package var compares: Bool { self == .latency || self == .silence || self == .size }

        /// `tool:` or `latency>`
        package var form: String { rawValue + (compares ? ">" : ":") }

        /// `from:` is `dir:` under the name that reads best with `client` and `server`.
        static let forms = allCases.filter { $0 != .from }.map(\.form).joined(separator: " ")
    }
}

extension Filter.Kind {
    /// The words that name one; those of problems apart.
    static let words: [(String, Filter.Kind)] =
        FilterSubject.Kind.allCases.map { ($0.rawValue, .entry($0)) } + [("call", .call), ("message", .message)]

    init?(word: String) {
        if let found = Self.words.first(where: { $0.0 == word }) {
            self = found.1
        } else if AllProblems.kinds.contains(where: { $0.name == word }) {
            self = .problem(word)
        } else {
            return nil
        }
    }

    package var word: String {
        switch self {
        case .entry(let kind): kind.rawValue
        case .call: "call"
        case .message: "message"
        case .problem(let name): name
        }
    }
}

extension Filter.Status {
    static let words =
        "ok, error, tool_error, rpc_error, http_error, cancelled, pending, unanswered, an HTTP status, or such as 4xx"

    init?(word: String) {
        if let status = CallRow.Status(rawValue: word) {
            self = .call(status)
        } else if word == "error" {
            self = .error
        } else if word.utf8.count == 3, let code = Int(word), (100...599).contains(code) {
            self = .http(code...code)
        } else if word.utf8.count == 3, word.hasSuffix("xx"), let first = Int(word.prefix(1)), (1...5).contains(first) {
            self = .http(first * 100...first * 100 + 99)
        } else {
            return nil
        }
    }

    package var word: String {
        switch self {
        case .call(let status): status.rawValue
        case .error: "error"
        case .http(let codes): codes.count == 1 ? "\(codes.lowerBound)" : "\(codes.lowerBound / 100)xx"
        }
    }
}
