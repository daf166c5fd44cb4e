import Traffic

/// A problem with the words that show it.
struct FoundProblem: Sendable, Hashable {
    var problem: Problem
    /// The session's name or id; nil where it belongs to none.
    var session: String?
    /// The words after `mcp-inspect` that show where it happened.
    var look: String
    /// Its sentence without what differs from one time to the next: the id of the call, how long it took.
    var pattern: String

    /// Worst first, then in the order of time.
    static func isBefore(_ one: FoundProblem, _ other: FoundProblem) -> Bool {
        (other.problem.severity, one.problem.at) < (one.problem.severity, other.problem.at)
    }

    /// `session` as `show` takes it (with its file where that must be said), `rpcID` of the call that it is about; `file`:
    /// the capture, where it must be said beside what belongs to no session.
    init(_ problem: Problem, session: String?, argument: String?, rpcID: String?, file: String? = nil) {
        self.problem = problem
        self.session = session
        look = Self.look(problem, argument: argument, rpcID: rpcID, file: file)
        let bare = rpcID.map { problem.text.replacing(" (id \($0))", with: "") } ?? problem.text
        pattern = bare.replacing(#/ (after|for) \d+ m?s\b/#) { " \($0.output.1) …" }
    }

    private static func look(_ problem: Problem, argument: String?, rpcID: String?, file: String?) -> String {
        guard let argument else {
            let rows = problem.exchangeID.map { "exchanges WHERE id = \($0)" } ?? rows(of: problem.kind)
            return "sql\(file.map { " --db \($0.shellWord)" } ?? "") \"SELECT * FROM \(rows)\""
        }
        let show = "show \(argument.shellWord)"
        if let rpcID {
            let bare = rpcID.hasPrefix("\"") ? String(rpcID.dropFirst().dropLast()) : rpcID
            if !bare.isEmpty, bare == bare.shellWord { return "\(show) id:\(bare)" }
        }
        return problem.exchangeID.map { "\(show) exchange:\($0.numberInRecording)" } ?? show
    }

    /// Where what belongs to no exchange stands.
    private static func rows(of kind: String) -> String {
        switch kind {
        case TLSFailed.name: "connections WHERE tls LIKE 'failed%'"
        case RecordingInterrupted.name: "recordings WHERE interrupted"
        default: "gaps"
        }
    }

    var object: JSONText {
        .object([
            .init("severity", problem.severity.name), .init("kind", problem.kind), .init("session", session),
            .init("at", Figures.instant(ns: problem.at)), .init("at_ns", problem.at),
            .init("exchange", problem.exchangeID?.numberInRecording), .init("exchange_id", problem.exchangeID),
            .init("call_id", problem.callID), .init("text", problem.text), .init("look", look),
        ])
    }
}

extension String {
    /// As one word of a POSIX shell.
    fileprivate var shellWord: String {
        let isPlain = unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                || "-_./:@%+,#".unicodeScalars.contains(scalar)
        }
        return isPlain && !isEmpty && first != "#" ? self : "'" + replacing("'", with: "'\\''") + "'"
    }
}

/// Problems as lines to read: how bad, what shows it, what happened. The same that happened several times is one line.
enum ProblemLines {
    static func lines(_ problems: [FoundProblem], style: TextStyle) -> [String] {
        let groups = folded(problems)
        let looks = groups.reduce(0) { max($0, min($1[0].look.visible.count, TextTable.widest)) }
        return groups.map { group in
            let found = group[0]
            let severity = found.problem.severity.name.padded(to: 7)
            let coloured =
                switch found.problem.severity {
                case .error: style.red(severity)
                case .warning: style.yellow(severity)
                case .notice: style.dim(severity)
                }
            let text = group.count == 1 ? found.problem.text.visible : found.pattern.visible + repetition(group)
            return "\(coloured)  \(style.dim(found.look.visible.padded(to: looks)))  \(text)"
        }
    }

    /// Each the same problem, in the order of the first of them.
    private static func folded(_ problems: [FoundProblem]) -> [[FoundProblem]] {
        struct Key: Hashable {
            let kind: String
            let severity: Problem.Severity
            let pattern: String
        }
        var places: [Key: Int] = [:]
        var groups: [[FoundProblem]] = []
        for found in problems {
            let key = Key(kind: found.problem.kind, severity: found.problem.severity, pattern: found.pattern)
            if let place = places[key] {
                groups[place].append(found)
            } else {
                places[key] = groups.count
                groups.append([found])
            }
        }
        return groups
    }

    /// ` [3 times since 2026-11-22 23:20:00 UTC, in tourist/1, tourist/2]`
    private static func repetition(_ group: [FoundProblem]) -> String {
        var sessions: [String] = []
        var seen: Set<String> = []
        for session in group.compactMap(\.session) where seen.insert(session).inserted {
            sessions.append(session.visible)
        }
        let since = "\(group.count) times since \(Figures.minute(ns: group[0].problem.at)) UTC"
        guard !sessions.isEmpty else { return " [\(since)]" }
        let more = sessions.count > namedSessions ? " and \(sessions.count - namedSessions) more" : ""
        return " [\(since), in \(sessions.prefix(namedSessions).joined(separator: ", "))\(more)]"
    }

    private static let namedSessions = 3

    /// `3 problems in session tourist/1: 1 error, 2 notices`
    static func verdict(_ problems: [FoundProblem], in scope: String) -> String {
        guard !problems.isEmpty else { return "no problems in \(scope)" }
        let counts = Problem.Severity.allCases.reversed().compactMap { severity -> String? in
            let count = problems.count { $0.problem.severity == severity }
            return count == 0 ? nil : Figures.count(count, severity.name)
        }
        return "\(Figures.count(problems.count, "problem")) in \(scope): \(counts.joined(separator: ", "))"
    }
}
