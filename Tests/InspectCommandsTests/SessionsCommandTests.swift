import Testing

@Suite(.timeLimit(.minutes(2)))
struct SessionsCommandTests {
    @Test func `sessions of a capture are listed and the file is named`() throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file())
        try SampleCapture.tour(folder.file(), name: "night")
        let run = try InspectRun(["sessions", "--db", folder.file()], in: folder.path)
        #expect(
            run.lines == [
                "SESSION            ID  DIALECT                CLIENT       SERVER      STARTED (UTC)        DURATION  CALLS  ERRORS  END",
                "tourist/1  4294967297  streamable 2025-06-18  tourist 1.2  sights 2.0  2026-11-22 23:20:00    1m 00s      5       3  deleted",
                "night/1    8589934593  streamable 2025-06-18  tourist 1.2  sights 2.0  2026-11-22 23:20:00    1m 00s      5       3  deleted",
                "in \(folder.file())",
            ])
        #expect(run.status == 0)
    }

    @Test func `machine formats fill standard output alone`() throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file())
        let run = try InspectRun(
            ["sessions", "-n", "1"], in: folder.path,
            environment: ["MCP_INSPECT_FORMAT": "ndjson", "MCP_INSPECT_DB": folder.file()])
        #expect(run.lines.count == 1)
        #expect(run.output.hasPrefix(#"{"name":"tourist/1","id":4294967297,"#))
        #expect(run.error == "in \(folder.file())\n")
    }

    @Test func `the newest are the last`() throws {
        let folder = try TemporaryFolder()
        for _ in 1...3 { try SampleCapture.tour(folder.file()) }
        let run = try InspectRun(["sessions", "-n", "2", "--db", folder.file()], in: folder.path)
        #expect(
            run.lines.dropFirst().map { $0.prefix(9) } == ["tourist/2", "tourist/3", "in \(folder.path)".prefix(9)])
    }

    @Test func `a filter leaves the sessions in which it selects anything`() throws {
        let folder = try TemporaryFolder()
        for name in ["a", "b"] { try SampleCapture.tour(folder.file(), name: name) }
        func names(_ words: String...) throws -> [String] {
            try InspectRun(["sessions"] + words + ["--format", "ndjson", "--db", folder.file()], in: folder.path).lines
                .map { String($0.prefix(12)) }
        }
        #expect(try names("tool:echo", "status:ok") == ["{\"name\":\"a/1", "{\"name\":\"b/1"])
        #expect(try names("tool:echo", "session:b") == ["{\"name\":\"b/1"])
        #expect(try names("silence>14s", "kind:heartbeat", "-n", "1") == ["{\"name\":\"b/1"])
        #expect(try names("tool:echo", "status:error") == [])
        let none = try InspectRun(["sessions", "tool:nope", "--db", folder.file()], in: folder.path)
        #expect(none.output == "no session matches the filter\nin \(folder.file())\n")
        let wrong = try InspectRun(["sessions", "latest", "--db", folder.file()], in: folder.path)
        #expect(wrong.status == 2)
        #expect(wrong.error.hasPrefix("mcp-inspect: \"latest\" is no term; "))
    }

    @Test func `a recording in which nobody spoke MCP is told as that`() throws {
        let folder = try TemporaryFolder()
        var capture = try SampleCapture(folder.file())
        capture.open()
        capture.answer(capture.request("GET", "/favicon.ico"), "404 Not Found", type: "text/plain", body: "no")
        capture.close()
        try capture.finish()
        let sentence = "\(folder.file()) has no session: none of the HTTP exchanges in it (1) is MCP; "
        #expect(try InspectRun(["sessions", "--db", folder.file()], in: folder.path).output.hasPrefix(sentence))
        let latest = try InspectRun(["show", "--db", folder.file()], in: folder.path)
        #expect(latest.status == 2 && latest.error.contains("has no captured session: none of the HTTP exchanges"))
    }

    @Test func `nothing recorded yet is a sentence, a file that is not there an error`() throws {
        let folder = try TemporaryFolder()
        let none = try InspectRun(["sessions"], in: folder.path)
        #expect(
            none.output == """
                nothing is recorded in \(folder.path)/.local/state/mcp-inspect/captures.sqlite yet; \
                begin with mcp-inspect record

                """)
        #expect(none.status == 0)
        #expect(try InspectRun(["sessions", "--format", "json"], in: folder.path).output == "[\n]\n")
        let missing = try InspectRun(["sessions", "--db", "gone.sqlite"], in: folder.path)
        #expect(missing.status == 2)
        #expect(missing.error.hasPrefix("mcp-inspect: there is no capture at gone.sqlite; "))
    }

    @Test func `a variable that cannot be meant is refused by name`() throws {
        let folder = try TemporaryFolder()
        let format = try InspectRun(["sessions"], in: folder.path, environment: ["MCP_INSPECT_FORMAT": "csv"])
        #expect(format.status == 2)
        #expect(
            format.error.contains("MCP_INSPECT_FORMAT is csv, but the formats of this command are text, json, ndjson"))
        let number = try InspectRun(["sessions"], in: folder.path, environment: ["MCP_INSPECT_NUMBER": "few"])
        #expect(number.status == 2)
        #expect(number.error.contains("MCP_INSPECT_NUMBER must be a number from 1, not few\n"))
    }
}
