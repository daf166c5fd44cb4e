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

    @Test func `an existing file is not overwritten`() throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file())
        let run = try InspectRun(["export", "latest", "-o", folder.file(), "--db", folder.file()], in: folder.path)
        #expect(run.status == 2)
        #expect(run.error == "mcp-inspect: \(folder.file()) exists already; remove it or choose another name\n")
    }
}
