/// Differences the way a good test tells them: where, what was recorded, what came, and where the two part.
package enum TextReport {
    /// Columns that a value may take.
    private static let width = 96

    /// Lines without their ends. `hasMasked`: also what masks took.
    package static func lines(_ report: ComparisonReport, hasMasked: Bool = false) -> [String] {
        report.runs.flatMap { run in
            var told: [String] = []
            for group in run.comparison.grouped {
                let found = group.divergences.filter { hasMasked || $0.maskedBy == nil }
                guard !found.isEmpty else { continue }
                told.append(heading(group.call))
                told += found.flatMap { lines(of: $0, counts: run.comparison.counts($0)) }
                told.append("")
            }
            return told + [verdict(run, of: report.recorded)]
        }
    }

    private static func heading(_ call: Comparison.Call?) -> String {
        guard let call else { return "the session" }
        let number = call.recordedID.map { "call \($0 & 0xFFFF_FFFF)" } ?? "live only"
        return "\(call.label)  (\(number)\(times(call)))"
    }

    private static func times(_ call: Comparison.Call) -> String {
        switch (call.recordedMs, call.liveMs) {
        case (let recorded?, let live?): ", \(text(recorded)) recorded, \(text(live)) live"
        case (let recorded?, nil): ", \(text(recorded)) recorded"
        case (nil, let live?): ", \(text(live)) live"
        case (nil, nil): ""
        }
    }

    static func text(_ milliseconds: Double) -> String { "\((milliseconds * 10).rounded() / 10) ms" }

    package static func lines(of divergence: Divergence, counts: Bool) -> [String] {
        let note =
            divergence.maskedBy.map { ", masked by \($0)" } ?? (counts ? "" : ", does not count")
        let head = "  \(divergence.path)  [\(divergence.kind.rawValue)\(note)]"
        guard let recorded = divergence.recorded, let live = divergence.live else {
            return [
                head, "    recorded  \(divergence.recorded.map { cut($0) } ?? "nothing")",
                "    live      \(divergence.live.map { cut($0) } ?? "nothing")",
            ]
        }
        return [head] + aligned(recorded, live)
    }

    /// Both values around the character from which on they differ, which is marked below.
    private static func aligned(_ recorded: String, _ live: String) -> [String] {
        let (old, new) = (Array(recorded), Array(live))
        let same = zip(old, new).prefix { $0 == $1 }.count
        let start = max(old.count, new.count) <= width ? 0 : max(0, same - width / 2)
        let lead = start > 0 ? 1 : 0
        let lines = [old, new].map { text in
            let end = min(text.count, start + width)
            return (start > 0 ? "…" : "") + String(text[min(start, end)..<end]) + (end < text.count ? "…" : "")
        }
        var result = ["    recorded  \(lines[0])", "    live      \(lines[1])"]
        if same > 0 {
            let blanks = String(repeating: " ", count: 14 + lead + same - start)
            result.append("\(blanks)^ character \(same + 1)")
        }
        return result
    }

    private static func cut(_ text: String) -> String { text.count <= width ? text : text.prefix(width) + "…" }

    private static func verdict(_ run: ComparisonReport.Run, of recorded: String) -> String {
        let comparison = run.comparison
        var parts = [count(comparison.counted.count, "divergence")]
        if !comparison.noticed.isEmpty { parts.append("\(comparison.noticed.count) that do not count") }
        if !comparison.masked.isEmpty {
            let names = comparison.maskCounts.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
            parts.append("\(comparison.masked.count) masked (\(names))")
        }
        return "\(run.recorded ?? recorded) and \(run.name): \(count(comparison.calls.count, "call")) compared, "
            + parts.joined(separator: ", ")
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number == 0 ? "no" : String(number)) \(noun)\(number == 1 ? "" : "s")"
    }
}
