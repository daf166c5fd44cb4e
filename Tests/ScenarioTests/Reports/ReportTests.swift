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
