import Foundation
import Testing
import Traffic
import WireFormats

@testable import Scenario

@Suite(.timeLimit(.minutes(1)))
struct ReportTests {
    private func report(failOn: Set<FailLevel> = .standard) throws -> ComparisonReport {
        let (recorded, live) = (SpokenSession(), SpokenSession())
        recorded.call(
            "tools/call", "<echo> & \"co\"", result: #"{"a":"fish & chips \u0001 <1>","_meta":{"x":1}}"#, ms: 4)
        live.call("tools/call", "<echo> & \"co\"", result: #"{"a":"fish & crips \u0001 <1>","_meta":{"x":2}}"#, ms: 6)
        recorded.call("tools/call", "same", ms: 1000)
        live.call("tools/call", "same", ms: 1001)
        recorded.call("tools/call", "gone")
        live.tell("notifications/tools/list_changed")
        let comparison = try Comparer(failOn: failOn).compare(recorded, live)
        return ComparisonReport(
            recorded: "probe/1", runs: [ComparisonReport.Run(name: "http://127.0.0.1/", comparison: comparison)])
    }

    @Test func `the text says where, what was recorded and what came, and marks the character`() throws {
        let lines = TextReport.lines(try report())
        let start = try #require(lines.firstIndex { $0.contains("$.result.a") })
        #expect(lines[start] == "  $.result.a  [result]")
        #expect(lines[start + 1] == #"    recorded  "fish & chips \u0001 <1>""#)
        #expect(lines[start + 2] == #"    live      "fish & crips \u0001 <1>""#)
        #expect(lines[start + 3] == "                       ^ character 10")
        #expect(lines[start + 2].count > 25 && Array(lines[start + 2])[23] == "r")
        #expect(lines.first == "the session")
        #expect(!lines.contains { $0.contains("same") || $0.contains("_meta") })
        #expect(
            lines.last
                == "probe/1 and http://127.0.0.1/: 3 calls compared, 3 divergences, 1 masked (meta 1)")
        #expect(
            TextReport.lines(try report(), hasMasked: true).contains("  $.result._meta.x  [result, masked by meta]"))
    }

    @Test func `of long values the place is shown where they part`() {
        let (old, new) = (String(repeating: "a", count: 500) + "b", String(repeating: "a", count: 500) + "c")
        let lines = TextReport.lines(
            of: Divergence(.result, path: "$.x", recorded: old, live: new), counts: true)
        #expect(lines.allSatisfy { $0.count < 120 })
        #expect(lines[1].hasSuffix("aab") && lines[2].hasSuffix("aac"))
        let mark = lines[3].prefix { $0 == " " }.count
        #expect(Array(lines[1])[mark] == "b" && Array(lines[2])[mark] == "c")
        #expect(lines[3].hasSuffix("^ character 501"))
    }

    @Test func `what one side lacks is nothing`() {
        let lines = TextReport.lines(of: Divergence(.result, path: "$.x", recorded: nil, live: "1"), counts: false)
        #expect(lines == ["  $.x  [result, does not count]", "    recorded  nothing", "    live      1"])
    }

    @Test func `the JSON is one object with everything in it`() throws {
        let tree = try #require(JSONTree(JSONReport.text(try report())))
        #expect(tree["divergences"]?.int == 3)
        let run = try #require(tree["runs"]?[0])
        #expect(run["calls"]?.elements?.count == 3)
        #expect(run["calls"]?[0]?["live_ms"]?.int == 6)
        let found = try #require(run["found"]?.elements)
        #expect(found.count == 4)
        #expect(found.filter { $0["counts"]?.bool == true }.count == 3)
        #expect(found.compactMap { $0["masked_by"]?.string } == ["meta"])
    }

    @Test func `JUnit is valid XML, whatever was said, with a case a call`() throws {
        let text = JUnitReport.text(try report())
        let parser = XMLParserFacts()
        let facts = try parser.read(text)
        #expect(facts == ["4", "3", "4", "3", "<echo> & \"co\" #4", "gone #12", "same #8", "session"].sorted())
    }

    @Test func `calls that were not sent are cases of their own, and what ended a run is an error`() throws {
        var report = try report()
        report.runs[0].skipped = [
            .init(callID: 1 << 32 | 90, method: "tools/call", name: "wipe", reason: "destructive")
        ]
        report.runs[0].undone = [.init(callID: 1 << 32 | 91, method: "tools/call", name: "late", reason: "no <answer>")]
        report.runs[0].ended = "no <answer>"
        let text = JUnitReport.text(report)
        #expect(text.contains(#"tests="7" failures="3" errors="2" skipped="1">"#), "\(text)")
        #expect(text.contains("<skipped message=\"destructive\"/>"))
        #expect(text.contains("<error type=\"undone\" message=\"no &lt;answer&gt;\"></error>"))
        #expect(text.contains("<error type=\"ended\" message=\"no &lt;answer&gt;\"></error>"))
        #expect(try XMLParserFacts().read(text).contains("wipe #90"))
        let run = try #require(JSONTree(JSONReport.text(report))?["runs"]?[0])
        #expect(run["ended"]?.string == "no <answer>")
        #expect(run["undone"]?[0]?["name"]?.string == "late" && run["skipped"]?[0]?["reason"]?.string == "destructive")
        #expect(TextReport.lines(report).last?.hasSuffix("1 masked (meta 1), 1 not done, 1 skipped") == true)
    }

    @Test func `where nothing was reached there is no talk of divergences`() throws {
        var run = ComparisonReport.Run(name: "live", comparison: Comparison(failOn: .standard))
        run.ended = "nobody listens"
        run.undone = [.init(callID: 1, method: "tools/list", name: nil, reason: "nobody listens")]
        var report = ComparisonReport(recorded: "probe/1", runs: [run])
        #expect(TextReport.lines(report) == ["probe/1 and live: no calls compared, 1 not done"])
        report.ended = "interrupted"
        #expect(JUnitReport.text(report).contains(#"tests="3" failures="0" errors="3""#))
    }

    @Test func `what several found alike is told once, and how many found any stands below`() throws {
        var report = try report()
        report.runs.append(report.runs[0])
        report.runs[1].name = "second"
        report.runs[1].comparison.divergences.removeAll { $0.path == "$.result.a" }
        report.runs.append(.init(name: "third", comparison: Comparison(failOn: .standard)))
        let lines = TextReport.lines(report)
        #expect(lines.filter { $0.contains("[missing]") }.count == 1)
        #expect(lines.contains("as above: the session; tools/call gone (call 12)"), "\(lines)")
        #expect(lines.contains { $0.hasPrefix("probe/1 and second: 3 calls compared, 2 divergences") })
        #expect(lines.last == "3 comparisons: 2 with divergences")
    }

    @Test func `another order is told as such, each on a line of its own`() throws {
        let (recorded, live) = (SpokenSession(), SpokenSession())
        let told = (0..<2).map {
            ("notifications/message", #"{"data":"\#(String(repeating: "x", count: 100))\#($0)"}"#)
        }
        recorded.call(told: told)
        live.call(told: told.reversed())
        let comparison = try Comparer().compare(recorded, live)
        let lines = TextReport.lines(of: try #require(comparison.divergences.first), counts: true)
        #expect(lines.first == "  notifications[0]  [notification, in another order]")
        #expect(lines.count == 5 && lines[1].hasPrefix("    recorded  …") && lines[2].hasPrefix("              …"))
        #expect(lines[1].hasSuffix(#"x0"}}"#) && lines[2].hasSuffix(#"x1"}}"#) && lines[3].hasSuffix(#"x1"}}"#))
    }

    @Test func `an answer that became an error is told as a whole`() {
        let divergence = Divergence(.error, path: "$", recorded: #"{"result":1}"#, live: #"{"error":2}"#)
        #expect(
            TextReport.lines(of: divergence, counts: true)
                == ["  $  [error]", #"    recorded  {"result":1}"#, #"    live      {"error":2}"#])
    }

    @Test func `of very many differences in one call the first are told, and how many there are`() {
        let many = (0..<3000).map { Divergence(.question, path: "questions[\($0)]", recorded: nil, live: "1") }
        let lines = TextReport.lines(of: many) { _ in true }
        #expect(lines.count == 151 && lines.last == "  … and 2950 more like these (--format json has all)")
    }

    @Test func `masks that took nothing are known, where all was done`() throws {
        let (recorded, live) = (SpokenSession(), SpokenSession())
        recorded.call("tools/call", "a", result: #"{"n":1,"m":1}"#)
        live.call("tools/call", "a", result: #"{"n":2,"m":1}"#)
        let rules = try MaskFile.rules(in: "tools/call a $.result.n\n$.result.m")
        let comparison = try Comparer(masks: MaskSet(rules: rules)).compare(recorded, live)
        var report = ComparisonReport(recorded: "probe/1", runs: [.init(name: "live", comparison: comparison)])
        report.rules = rules
        #expect(report.idleMasks == ["$.result.m"])
        #expect(JSONTree(JSONReport.text(report))?["masks_without_effect"]?[0]?.string == "$.result.m")
        report.runs[0].ended = "no answer"
        #expect(report.idleMasks.isEmpty)
    }

    @Test func `characters that XML does not have are written as escapes`() {
        #expect(JUnitReport.escaped("<a>&\"'\u{1}\u{FFFE}é\n") == "&lt;a&gt;&amp;&quot;&#39;\\u{1}\\u{fffe}é\n")
    }
}

/// What Python's parser finds in a JUnit report: numbers of cases and failures, and the names of the cases.
private struct XMLParserFacts {
    func read(_ text: String) throws -> [String] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            """
            import sys, xml.etree.ElementTree as tree
            root = tree.fromstring(sys.stdin.buffer.read())
            cases = root.findall('testsuite/testcase')
            found = [str(len(cases)), str(len(root.findall('testsuite/testcase/failure')))]
            found += [root.get('tests'), root.get('failures')] + [case.get('name') for case in cases]
            print(chr(10).join(sorted(found)))
            """,
        ]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try input.fileHandleForWriting.close()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map { String($0) }
    }
}
