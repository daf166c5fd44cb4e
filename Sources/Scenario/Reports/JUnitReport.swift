/// A comparison in the XML that build servers read: a suite a comparison, a case a call.
///
/// A call with differences that count is a failure, one that was to be sent and was not an error, one that was left out
/// on purpose skipped. What ended a run before its time is an error of the case of the session.
package enum JUnitReport {
    package static func text(_ report: ComparisonReport) -> String {
        var suites = report.runs.map { (name: "\($0.recorded ?? report.recorded) \($0.name)", cases: cases($0)) }
        if let reason = report.ended { suites.append((report.recorded, [Case(ended: reason)])) }
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
        lines.append("<testsuites name=\"mcp-inspect\" \(counts(suites.flatMap(\.cases)))>")
        for (name, cases) in suites {
            let time = seconds(cases.map(\.milliseconds).reduce(0, +))
            lines.append("  <testsuite name=\"\(escaped(name))\" \(counts(cases)) time=\"\(time)\">")
            for test in cases { lines += Self.lines(test) }
            lines.append("  </testsuite>")
        }
        lines.append("</testsuites>")
        return lines.joined(separator: "\n") + "\n"
    }

    private struct Case {
        enum Kind: String { case passed, failure, error, skipped }

        let className: String
        let name: String
        var milliseconds = 0.0
        var kind = Kind.passed
        var type = ""
        var message = ""
        var text = ""

        /// What was found in a call, or in the session as such.
        init(_ call: Comparison.Call?, _ found: [Divergence]) {
            className = call?.method ?? "session"
            name = call.map { Self.name($0.name ?? $0.method, $0.recordedID ?? $0.liveID ?? 0) } ?? "session"
            milliseconds = call?.liveMs ?? 0
            guard let first = found.first else { return }
            kind = .failure
            type = first.kind.rawValue
            message = found.prefix(10).map(\.path).joined(separator: ", ") + (found.count > 10 ? ", …" : "")
            text = TextReport.lines(of: found) { _ in true }.joined(separator: "\n")
        }

        init(_ call: ComparisonReport.UnsentCall, _ kind: Kind) {
            className = call.method
            name = Self.name(call.name ?? call.method, call.callID)
            self.kind = kind
            type = "undone"
            message = call.reason
        }

        init(ended reason: String) {
            (className, name, kind, type, message) = ("session", "ended", .error, "ended", reason)
        }

        private static func name(_ name: String, _ id: Int64) -> String { "\(name) #\(id & 0xFFFF_FFFF)" }
    }

    private static func cases(_ run: ComparisonReport.Run) -> [Case] {
        var cases = run.ended.map { [Case(ended: $0)] } ?? []
        cases += run.comparison.grouped.map { group in
            Case(group.call, group.divergences.filter { run.comparison.counts($0) })
        }
        return cases + run.undone.map { Case($0, .error) } + run.skipped.map { Case($0, .skipped) }
    }

    private static func counts(_ cases: [Case]) -> String {
        func count(_ kind: Case.Kind) -> Int { cases.count { $0.kind == kind } }
        return "tests=\"\(cases.count)\" failures=\"\(count(.failure))\" errors=\"\(count(.error))\""
            + " skipped=\"\(count(.skipped))\""
    }

    private static func lines(_ test: Case) -> [String] {
        let head =
            "    <testcase classname=\"\(escaped(test.className))\" name=\"\(escaped(test.name))\""
            + " time=\"\(seconds(test.milliseconds))\""
        guard test.kind != .passed else { return [head + "/>"] }
        let message = "message=\"\(escaped(test.message))\""
        let inner =
            test.kind == .skipped
            ? "<skipped \(message)/>"
            : "<\(test.kind.rawValue) type=\"\(test.type)\" \(message)>\(escaped(test.text))</\(test.kind.rawValue)>"
        return [head + ">", "      " + inner, "    </testcase>"]
    }

    private static func seconds(_ milliseconds: Double) -> String { "\((milliseconds).rounded() / 1000)" }

    /// Characters that XML does not allow are written as escapes of Swift. (XML 1.0 §2.2)
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
