import WireFormats

/// Differences the way a good test tells them: where, what was recorded, what came, and where the two part.
///
/// What several comparisons with one recording found alike in a call is told once, and below them all stands how many
/// found any.
package enum TextReport {
    /// Columns that a value may take.
    static let width = 96

    /// Lines without their ends. `hasMasked`: also what masks took.
    package static func lines(_ report: ComparisonReport, hasMasked: Bool = false) -> [String] {
        var lines: [String] = []
        var told: Set<[String]> = []
        for run in report.runs {
            let recorded = run.recorded ?? report.recorded
            var known: [String] = []
            for finding in findings(run.comparison, hasMasked) {
                if told.insert([recorded] + finding.key).inserted {
                    lines += finding.lines
                } else {
                    known.append(finding.title)
                }
            }
            if !known.isEmpty { lines.append("as above: \(known.joined(separator: "; "))") }
            lines.append(verdict(run, of: recorded))
        }
        if report.runs.count > 1 { lines += ["", overall(report)] }
        return lines
    }

    /// What was found in a call, or in the session.
    private struct Finding {
        /// What makes it another: not the times.
        let key: [String]
        let title: String
        let lines: [String]
    }

    private static func findings(_ comparison: Comparison, _ hasMasked: Bool) -> [Finding] {
        comparison.grouped.compactMap { group in
            let found = group.divergences.filter { hasMasked || $0.maskedBy == nil }
            guard !found.isEmpty else { return nil }
            let told = lines(of: found) { comparison.counts($0) }
            let title = group.call.map { "\($0.label) (\(number($0)))" } ?? "the session"
            return Finding(key: [title] + told, title: title, lines: [heading(group.call)] + told + [""])
        }
    }

    private static func heading(_ call: Comparison.Call?) -> String {
        guard let call else { return "the session" }
        return "\(call.label)  (\(number(call))\(times(call)))"
    }

    private static func number(_ call: Comparison.Call) -> String {
        call.recordedID.map { "call \($0 & 0xFFFF_FFFF)" } ?? "live only"
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

    private static func verdict(_ run: ComparisonReport.Run, of recorded: String) -> String {
        let comparison = run.comparison
        var parts = [count(comparison.calls.count, "call") + " compared"]
        // Nothing was found where nothing was looked at.
        if run.isWhole || !comparison.calls.isEmpty || !comparison.counted.isEmpty {
            parts.append(count(comparison.counted.count, "divergence"))
        }
        if !comparison.noticed.isEmpty { parts.append("\(comparison.noticed.count) that do not count") }
        if !comparison.masked.isEmpty {
            let names = comparison.maskCounts.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
            parts.append("\(comparison.masked.count) masked (\(names))")
        }
        if !run.undone.isEmpty { parts.append("\(run.undone.count) not done") }
        if !run.skipped.isEmpty { parts.append("\(run.skipped.count) skipped") }
        return "\(recorded) and \(run.name): " + parts.joined(separator: ", ")
    }

    private static func overall(_ report: ComparisonReport) -> String {
        let wrong = report.runs.count { !$0.comparison.counted.isEmpty }
        let cut = report.runs.count { !$0.isWhole }
        return "\(report.runs.count) comparisons: \(wrong == 0 ? "none" : String(wrong)) with divergences"
            + (cut > 0 ? ", \(cut) not done to the end" : "")
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number == 0 ? "no" : String(number)) \(noun)\(number == 1 ? "" : "s")"
    }
}
