import Traffic

/// A problem with the words that show it.
struct FoundProblem: Sendable, Hashable {
    var problem: Problem
    /// The session's name or id; nil where it belongs to none.
    var session: String?
    /// The words after `mcp-inspect` that show where it happened.
    var look: String

    /// Worst first, then in the order of time.
    static func isBefore(_ one: FoundProblem, _ other: FoundProblem) -> Bool {
        (other.problem.severity, one.problem.at) < (one.problem.severity, other.problem.at)
    }

    /// `session` as `show` takes it (with its file where that must be said), `rpcID` of the call that it is about.
    init(_ problem: Problem, session: String?, argument: String?, rpcID: String?) {
        self.problem = problem
        self.session = session
        look = Self.look(problem, argument: argument, rpcID: rpcID)
    }

    private static func look(_ problem: Problem, argument: String?, rpcID: String?) -> String {
        guard let argument else {
            let table = problem.exchangeID == nil ? "gaps" : "exchanges"
            return "sql \"SELECT * FROM \(table)\(problem.exchangeID.map { " WHERE id = \($0)" } ?? "")\""
        }
        let show = "show \(argument.shellWord)"
        if let rpcID {
            let bare = rpcID.hasPrefix("\"") ? String(rpcID.dropFirst().dropLast()) : rpcID
            if !bare.isEmpty, bare == bare.shellWord { return "\(show) id:\(bare)" }
        }
        return problem.exchangeID.map { "\(show) exchange:\($0.numberInRecording)" } ?? show
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

/// Problems as lines to read: how bad, what shows it, what happened.
enum ProblemLines {
    static func lines(_ problems: [FoundProblem], style: TextStyle) -> [String] {
        let looks = problems.reduce(0) { max($0, min($1.look.visible.count, TextTable.widest)) }
        return problems.map { found in
            let severity = found.problem.severity.name.padded(to: 7)
            let coloured =
                switch found.problem.severity {
                case .error: style.red(severity)
                case .warning: style.yellow(severity)
                case .notice: style.dim(severity)
                }
            return "\(coloured)  \(style.dim(found.look.visible.padded(to: looks)))  \(found.problem.text.visible)"
        }
    }

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
