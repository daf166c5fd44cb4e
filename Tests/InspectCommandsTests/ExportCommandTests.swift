import Testing

@Suite(.timeLimit(.minutes(2)))
struct ExportCommandTests {
    @Test func `an exported session is a capture that shows the same`() throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file())
        try SampleCapture.tour(folder.file(), name: "night")
        let run = try InspectRun(["export", "night/1", "-o", "one.sqlite", "--db", folder.file()], in: folder.path)
        #expect(run.status == 0)
        #expect(run.lines.first?.hasPrefix("exported night/1 to one.sqlite (") == true)
        #expect(run.lines.last == "in \(folder.file())")
        let original = try InspectRun(["show", "night/1", "--body", "--db", folder.file()], in: folder.path)
        let copy = try InspectRun(["show", "one.sqlite", "--body"], in: folder.path)
        #expect(copy.lines.dropLast() == original.lines.dropLast())
        #expect(try InspectRun(["sessions", "--db", "one.sqlite"], in: folder.path).lines.count == 3)
    }

    @Test func `a filter leaves the sessions in which it selects anything, each of them whole`() throws {
        let folder = try TemporaryFolder()
        for name in ["a", "b", "b"] { try SampleCapture.tour(folder.file(), name: name) }
        let run = try InspectRun(
            ["export", "session:b", "tool:echo", "-o", "b.sqlite", "--db", folder.file()], in: folder.path)
        #expect(run.lines.first?.hasPrefix("exported b/1, b/2 to b.sqlite (") == true)
        let copy = try InspectRun(["show", "b.sqlite#b/1"], in: folder.path)
        let original = try InspectRun(["show", "b/1", "--db", folder.file()], in: folder.path)
        #expect(copy.lines.dropLast() == original.lines.dropLast())
        let none = try InspectRun(
            ["export", "a", "tool:nope", "-o", "c.sqlite", "--db", folder.file()], in: folder.path)
        #expect(none.status == 2)
        #expect(
            none.error == "mcp-inspect: no session in \(folder.file()) matches the filter; nothing was exported\n")
        let nothing = try InspectRun(["export", "-o", "c.sqlite", "--db", folder.file()], in: folder.path)
        #expect(nothing.status == 2)
        #expect(nothing.error.contains("say which session to export, such as latest, or pass a filter\n"))
    }

    @Test func `an existing file is not overwritten`() throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file())
        let run = try InspectRun(["export", "latest", "-o", folder.file(), "--db", folder.file()], in: folder.path)
        #expect(run.status == 2)
        #expect(run.error == "mcp-inspect: \(folder.file()) exists already; remove it or choose another name\n")
    }
}
