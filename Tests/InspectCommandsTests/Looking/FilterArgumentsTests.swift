import Testing
import Traffic

@testable import InspectCommands

struct FilterArgumentsTests {
    @Test(
        arguments: [
            ([], nil, ""), (["a/1", "id:1"], "a/1", "id:1"), (["id:1", "tool:x"], nil, "id:1 tool:x"),
            (["C:capture.sqlite"], "C:capture.sqlite", ""),
            (["latest", "latency>1s", "|", "id:1"], "latest", "latency>1s | id:1"),
            (["!id:1"], nil, "!id:1"), (["(id:1", "|", "id:2)"], nil, "id:1 | id:2"), (["tool"], "tool", ""),
            (["latency", ">", "1s"].dropLast(2) + ["latency > 1s"], "latency", "latency>1s"),
            (["latency > 1s"], nil, "latency>1s"), (["TOOL:x"], nil, "tool:x"), (["x=y"], "x=y", ""),
        ] as [([String], String?, String)])
    func `the first word is the session unless it is a filter`(
        words: [String], session: String?, filter: String
    ) throws {
        let arguments = try FilterArguments(words)
        #expect(arguments.session == session)
        #expect(arguments.filter.description == filter)
    }

    @Test func `what is wrong is shown in the filter as one line`() {
        let failure = #expect(throws: CommandFailure.self) { try FilterArguments(["latest", "id:1", "size>\tbig"]) }
        #expect(failure?.code == .usage)
        #expect(
            failure?.message == """
                "big" is no size, such as 500, 10k, 1MiB
                  id:1 size>\\tbig
                              ^
                """)
        let second = #expect(throws: CommandFailure.self) { try FilterArguments(["a/1", "b/2"]) }
        #expect(second?.message.hasPrefix("\"b/2\" is no term; terms are tool: method: ") == true)
        #expect(second?.message.hasSuffix("\n  b/2\n  ^") == true)
        let end = #expect(throws: CommandFailure.self) { try FilterArguments(["id:1", "|"]) }
        #expect(end?.message.hasSuffix("\n  id:1 |\n        ^") == true)
    }

    @Test func `every key is in the help`() {
        for key in Filter.Key.allCases where key != .from { #expect(FilterHelp.terms.contains("\n  \(key.form)")) }
    }
}
