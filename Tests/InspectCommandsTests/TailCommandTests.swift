import Foundation
import Testing

@Suite(.timeLimit(.minutes(3)))
struct TailCommandTests {
    @Test func `it waits for a capture, follows it, and ends in order when it is interrupted`() async throws {
        let folder = try TemporaryFolder()
        let tail = try TailRun([], in: folder)
        #expect(try await tail.hears("waiting for \(folder.file())"))
        var capture = try SampleCapture(folder.file(), name: "tour")
        capture.tour()
        try capture.commit()
        #expect(try await tail.hears("session ended"))
        try capture.finish()
        #expect(try await tail.hears("recording 1 (tour) ended"))
        // Another recorder on the same file.
        var again = try SampleCapture(folder.file(), name: "again")
        again.tour(session: "s2")
        try again.finish()
        #expect(try await tail.hears("recording 2 (again) ended"))
        tail.interrupt()
        #expect(try await tail.end() == 0)
        #expect(tail.error == "")
        let answers = tail.lines.filter { $0.contains("← response") && $0.contains("tools/call") }
        #expect(answers.count == 4 && Set(answers).count == 4)
        #expect(tail.lines.count { $0.contains("id:4: never answered") || $0.contains("never answered") } == 2)
        #expect(!tail.lines.contains { $0.contains("\u{1B}") })
    }

    @Test func `machines get an object a line, and an end with the last recorder`() async throws {
        let folder = try TemporaryFolder()
        var capture = try SampleCapture(folder.file(), name: "tour")
        let tail = try TailRun(
            ["--format", "ndjson", "--last", "0", "--exit-when-ended", "--body", "tool:echo"], in: folder)
        #expect(try await tail.hears("following \(folder.file())"))
        capture.tour()
        try capture.finish()
        #expect(try await tail.end() == 0)
        let objects = try tail.lines.map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        #expect(objects.map { $0["kind"] as? String } == ["request", "response"])
        #expect(objects.allSatisfy { $0["name"] as? String == "echo" && $0["session"] as? String == "tour/1" })
        #expect(objects.last?["latency_ms"] as? Double == 25)
        #expect((objects.first?["body"] as? [String: Any])?["method"] as? String == "tools/call")
    }

    @Test func `it begins with the last messages`() async throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file())
        let tail = try TailRun(["--last", "3"], in: folder)
        #expect(try await tail.hears("recording 1 ended"))
        #expect(tail.lines.filter { $0.contains("request ") || $0.contains("notification ") }.count == 3)
        #expect(tail.lines.count { $0.contains("ping") && $0.contains("refused") } == 1)
        #expect(!tail.lines.contains { $0.contains("initialize") || $0.contains("began") })
        tail.interrupt()
        #expect(try await tail.end() == 0)
    }

    @Test func `a filter that cannot be read is a usage error`() throws {
        let folder = try TemporaryFolder()
        let run = try InspectRun(["tail", "colour:red", "--db", folder.file()], in: folder.path)
        #expect(run.status == 2 && run.error.contains("colour"))
        #expect(try InspectRun(["tail", "--last", "3", "--since", "1m"], in: folder.path).status == 2)
    }

    @Test func `a reader that goes away ends it`() async throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file())
        let run = try InspectRun(
            ["-c", "\"$0\" tail --last 5 --db \"$1\" | head -1", InspectRun.executable.path, folder.file()],
            in: folder.path, program: "/bin/sh")
        #expect(run.status == 0 && run.lines.count == 1)
    }
}
