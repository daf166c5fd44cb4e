/// A comparison in the XML that build servers read: a suite a comparison, a case a call.
package enum JUnitReport {
    package static func text(_ report: ComparisonReport) -> String {
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
        let tests = report.runs.map { cases($0).count }.reduce(0, +)
        let failures = report.runs.flatMap(cases).filter { $0.isFailure }.count
        lines.append("<testsuites name=\"mcp-inspect\" tests=\"\(tests)\" failures=\"\(failures)\">")
        for run in report.runs {
            let cases = cases(run)
            lines.append(
                """
                  <testsuite name="\(escaped("\(run.recorded ?? report.recorded) \(run.name)"))" tests="\(cases.count)" \
                failures="\(cases.filter { $0.isFailure }.count)" errors="0" skipped="0" \
                time="\(seconds(cases.map { $0.milliseconds }.reduce(0, +)))">
                """)
            for test in cases { lines += Self.lines(test) }
            lines.append("  </testsuite>")
        }
        lines.append("</testsuites>")
        return lines.joined(separator: "\n") + "\n"
    }

    private struct Case {
        let className: String
        let name: String
        let milliseconds: Double
        let failures: [Divergence]
        var isFailure: Bool { !failures.isEmpty }
    }

    private static func cases(_ run: ComparisonReport.Run) -> [Case] {
        run.comparison.grouped.map { group in
            let counted = group.divergences.filter { run.comparison.counts($0) }
            guard let call = group.call else {
                return Case(className: "session", name: "session", milliseconds: 0, failures: counted)
            }
            let number = (call.recordedID ?? call.liveID ?? 0) & 0xFFFF_FFFF
            return Case(
                className: call.method, name: "\(call.name ?? call.method) #\(number)",
                milliseconds: call.liveMs ?? 0, failures: counted)
        }
    }

    private static func lines(_ test: Case) -> [String] {
        let head =
            "    <testcase classname=\"\(escaped(test.className))\" name=\"\(escaped(test.name))\""
            + " time=\"\(seconds(test.milliseconds))\""
        guard let first = test.failures.first else { return [head + "/>"] }
        let text = test.failures.flatMap { TextReport.lines(of: $0, counts: true) }.joined(separator: "\n")
        let message = test.failures.map(\.path).joined(separator: ", ")
        return [
            head + ">",
            "      <failure type=\"\(first.kind.rawValue)\" message=\"\(escaped(message))\">\(escaped(text))</failure>",
            "    </testcase>",
        ]
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
