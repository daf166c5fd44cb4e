import Testing
import TrafficStore

@Suite(.timeLimit(.minutes(2)))
struct ReindexCommandTests {
    private static let unchanged = """
        recording 1 of 2026-11-22 23:20:00: nothing changed
          sessions   1 row
          messages   10 rows
          calls      5 rows
          exchanges  8 rows

        """

    @Test func `what the recorder derived is what the fold derives again`() throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file())
        let run = try InspectRun(["reindex", "--db", folder.file()], in: folder.path)
        #expect(run.status == 0)
        #expect(run.output == Self.unchanged + "in \(folder.file())\n")
    }

    @Test func `what an older fold left out is added and said`() throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file())
        let before = try InspectRun(["show", "--body", "--db", folder.file()], in: folder.path)
        // A fold that derives nothing.
        try CaptureReindexer(path: folder.file(), recording: 1).finish(foldVersion: 0)
        let run = try InspectRun(["reindex", folder.file()], in: folder.path)
        #expect(
            run.output == """
                recording 1 of 2026-11-22 23:20:00: changed
                  sessions   1 row: 0 changed, 1 added, 0 removed
                  messages   10 rows: 0 changed, 10 added, 0 removed
                  calls      5 rows: 0 changed, 5 added, 0 removed
                  exchanges  8 rows: 8 changed, 0 added, 0 removed
                in \(folder.file())

                """)
        #expect(try InspectRun(["show", "--body", "--db", folder.file()], in: folder.path).output == before.output)
    }

    @Test func `one recording of several is named by its name, its id or a session of it`() throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file())
        try SampleCapture.tour(folder.file(), name: "night")
        func first(_ words: String...) throws -> [Substring] {
            try InspectRun(["reindex"] + words + ["--db", folder.file()], in: folder.path).lines
                .filter { $0.hasPrefix("recording") }.map { $0.prefix(12) }
        }
        #expect(try first("night") == ["recording 2 "])
        #expect(try first("night/1") == ["recording 2 "])
        #expect(try first("1") == ["recording 1 "])
        #expect(try first() == ["recording 1 ", "recording 2 "])
    }

    @Test func `a file that is being recorded into is left alone`() throws {
        let folder = try TemporaryFolder()
        let capture = try SampleCapture(folder.file())
        let run = try InspectRun(["reindex", "--db", folder.file()], in: folder.path)
        #expect(run.status == 2)
        #expect(run.error.contains("is being recorded into; reindex when that has ended"))
        withExtendedLifetime(capture) {}
    }
}
