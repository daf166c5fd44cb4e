import Testing

@testable import InspectCommands

struct UsageSentenceTests {
    @Test(
        "A command line that cannot be meant is one sentence that says what to do, and exit code 2",
        arguments: [
            (
                ["record", "--listen", "foo"],
                "the value 'foo' is invalid for '--listen <listen>': write HOST:PORT or a port alone, such as 127.0.0.1:6480 or 6480"
            ),
            (
                ["ping", "http://x", "--timeout", "soon"],
                "the value 'soon' is invalid for '--timeout <duration>': write a number with ms, s, m or h, such as 500ms or 30s"
            ),
            (["ping", "http://x", "-c", "many"], "the value 'many' is invalid for '-c <count>': write a whole number"),
            (
                ["replay", "--speed", "3y"],
                "the value '3y' is invalid for '--speed <speed>': write recorded, max, or how many times faster, such as 2x"
            ),
            (["ping", "nowhere"], "the URL must start with http:// or https://"),
            (["ping", "http://x", "-c", "0"], "--count must be at least 1"),
            (["call", "http://x"], "missing expected argument '<tool>'; mcp-inspect call --help says what there is"),
            (["record", "a", "b"], "unexpected argument 'b'; mcp-inspect record --help says what there is"),
            (["--frob"], "unknown option '--frob'; mcp-inspect --help says what there is"),
            (["show", "--bodi"], "unknown option '--bodi'. Did you mean '--body'?"),
            (
                ["show", "--format", "csv"],
                "the value 'csv' is invalid for '--format <format>'; provide one of 'text', 'json' or 'ndjson'"
            ),
            (["sesions"], "there is no command \"sesions\"; did you mean sessions? mcp-inspect --help lists them"),
            (["prob"], "there is no command \"prob\"; did you mean problems? mcp-inspect --help lists them"),
            (["sessions", "x.sqlite"], "\"x.sqlite\" is no filter; name a capture with --db x.sqlite"),
            (["tail", "."], "\".\" is no filter; name a capture with --db ."),
        ])
    func sentence(arguments: [String], sentence: String) throws {
        let folder = try TemporaryFolder()
        let run = try InspectRun(arguments, in: folder.path)
        #expect(run.error == "mcp-inspect: \(sentence)\n")
        #expect(run.status == 2 && run.output.isEmpty)
    }

    @Test func `a variable that cannot be meant says what it may be`() throws {
        let folder = try TemporaryFolder()
        let run = try InspectRun(["record"], in: folder.path, environment: ["MCP_INSPECT_DEMO_LISTEN": "here"])
        #expect(run.error.hasPrefix("mcp-inspect: MCP_INSPECT_DEMO_LISTEN cannot be here: write HOST:PORT or a port"))
    }

    @Test func `distances are counted in letters`() {
        #expect(UsageSentence.distance("kitten", "sitting") == 3)
        #expect(UsageSentence.distance("", "abc") == 3 && UsageSentence.distance("abc", "abc") == 0)
    }

    @Test func `help fits 80 columns`() throws {
        let folder = try TemporaryFolder()
        for command in InspectCommand.configuration.subcommands.compactMap({ $0.configuration.commandName }) {
            let help = try InspectRun([command, "--help"], in: folder.path).output
            for line in help.split(separator: "\n") where !line.contains("USAGE") {
                #expect(line.count <= 80 || !line.contains(" "), "\(command): \(line)")
            }
            if let table = help.firstRange(of: "  tool:NAME") {
                let rows = help[table.lowerBound...].split(separator: "\n").prefix { !$0.hasPrefix("A value") }
                #expect(rows.allSatisfy { $0.hasPrefix("  ") }, "\(command): a row of the table is broken")
            }
        }
    }
}
