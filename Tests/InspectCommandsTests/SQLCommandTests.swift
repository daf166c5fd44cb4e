import Testing

@Suite(.timeLimit(.minutes(2)))
struct SQLCommandTests {
    @Test func `a query is answered in each format`() throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file())
        let query = "SELECT kind, count(*) AS n FROM messages GROUP BY kind ORDER BY kind DESC"
        func output(_ words: String...) throws -> String {
            try InspectRun(["sql", query, "--db", folder.file()] + words, in: folder.path).output
        }
        #expect(
            try output() == "kind          n\nresponse      3\nrequest       5\nnotification  2\nin \(folder.file())\n")
        #expect(try output("--format", "csv") == "kind,n\nresponse,3\nrequest,5\nnotification,2\n")
        #expect(
            try output("--format", "json") == """
                [
                {"kind":"response","n":3},
                {"kind":"request","n":5},
                {"kind":"notification","n":2}
                ]

                """)
        #expect(try output("--format", "ndjson").hasPrefix("{\"kind\":\"response\",\"n\":3}\n{\"kind\":\"request\""))
    }

    @Test func `a hyphen reads the query from standard input`() throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file())
        let run = try InspectRun(
            ["sql", "-", "--format", "csv", "--db", folder.file()], in: folder.path, input: "SELECT 1 AS one;\n")
        #expect(run.output == "one\n1\n")
        #expect(run.error == "in \(folder.file())\n")
    }

    @Test(
        "What cannot be run is one sentence, and nothing is changed",
        arguments: [
            ("SELECT * FROM nope", "no such table: nope; mcp-inspect sql --help lists the tables and views"),
            ("SELEC 1", "near \"SELEC\": syntax error; mcp-inspect sql --help lists the tables and views"),
            ("DELETE FROM calls", "only statements that read are run here"),
            ("SELECT 1; SELECT 2", "one statement at a time"),
            ("", "there is no statement to run"),
        ])
    func refused(query: String, sentence: String) throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file())
        let run = try InspectRun(["sql", query, "--db", folder.file()], in: folder.path)
        #expect(run.status == 2)
        #expect(run.output == "")
        #expect(run.error.hasPrefix("mcp-inspect: ") && run.error.contains(sentence))
        #expect(run.error.count { $0 == "\n" } == 1)
        let count = try InspectRun(
            ["sql", "SELECT count(*) FROM calls", "--format", "csv", "--db", folder.file()], in: folder.path)
        #expect(count.output == "count(*)\n5\n")
    }
}
