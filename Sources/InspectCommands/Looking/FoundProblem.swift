import Traffic
import TrafficStore

/// A problem as it is printed.
struct FoundProblem: Sendable, Hashable {
    var kind: String
    /// Lower is worse.
    var rank: Int
    var atNs: Int64?
    var session: String?
    /// What happened.
    var text: String
    /// What shows it: the words after `mcp-inspect`.
    var look: String?

    /// Worst first, then in the order of time.
    static func isBefore(_ one: FoundProblem, _ other: FoundProblem) -> Bool {
        (one.rank, one.atNs ?? 0, one.text) < (other.rank, other.atNs ?? 0, other.text)
    }

    var object: JSONText {
        .object([
            .init("kind", kind), .init("session", session), .init("at", atNs.map { Figures.instant(ns: $0) }),
            .init("at_ns", atNs), .init("text", text), .init("look", look),
        ])
    }
}

/// Problems as lines to read.
enum ProblemLines {
    static func lines(_ problems: [FoundProblem], style: TextStyle) -> [String] {
        let kinds = problems.reduce(0) { max($0, $1.kind.count) }
        return problems.flatMap { problem in
            let session = problem.session.map { "\($0.visible): " } ?? ""
            let line = "\(style.red(problem.kind.padded(to: kinds)))  \(session)\(problem.text.visible)"
            guard let look = problem.look else { return [line] }
            return [line, style.dim("".padded(to: kinds) + "  mcp-inspect \(look.visible)")]
        }
    }
}
