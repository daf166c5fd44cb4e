import Foundation
import TestSupport
import Testing

@testable import InspectCommands
@testable import TrafficStore

@Suite(.timeLimit(.minutes(3)))
struct DiffCommandTests {
    private func captures(_ folder: TemporaryFolder, _ change: String) throws -> (String, String) {
        let kept = try #require(KeptCapture.all.first { $0.name == "streamable" })
        let recorded = try kept.build(in: folder.path)
        let live = folder.path + "/live.sqlite"
        try FileManager.default.copyItem(atPath: recorded, toPath: live)
        try Connection(path: live, access: .readWrite).execute(change)
        return (recorded, live)
    }

    /// Makes the answer of the tool `echo` other than it was.
    private static let change = """
        UPDATE stream_events SET data = replace(data, 'hello', 'hellO'), raw = NULL
        WHERE id = (SELECT m.stream_event_id FROM messages m JOIN calls c ON c.response_id = m.id WHERE c.name = 'echo')
        """

    @Test func `a session does not differ from itself`() throws {
        let folder = try TemporaryFolder()
        let (recorded, live) = try captures(folder, "SELECT 1")
        let run = try InspectRun(["diff", recorded, live, "--fail-on", "any"], in: folder.path)
        #expect(run.status == 0, "\(run.error)")
        #expect(run.lines.first?.contains("11 calls compared, no divergences") == true, "\(run.output)")
        let one = try InspectRun(["diff", recorded, recorded, "--format", "json"], in: folder.path)
        #expect(one.status == 0)
    }

    @Test func `one character is found with its path, in every format`() throws {
        let folder = try TemporaryFolder()
        let (recorded, live) = try captures(folder, Self.change)
        let text = try InspectRun(["diff", recorded, live], in: folder.path)
        #expect(text.status == 1, "\(text.error)")
        #expect(text.lines.contains("  $.result.content[0].text  [result]"), "\(text.output)")
        #expect(text.lines.contains("  $.result.structuredContent.result  [result]"))
        #expect(text.lines.contains { $0.contains("2 divergences") })
        let json = try InspectRun(["diff", recorded, live, "--format", "json"], in: folder.path)
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect(json.status == 1 && object?["divergences"] as? Int == 2)
        let junit = try InspectRun(["diff", recorded, live, "--format", "junit"], in: folder.path)
        #expect(junit.status == 1 && junit.output.contains("<failure type=\"result\""))
        let schema = try InspectRun(["diff", recorded, live, "--fail-on", "schema"], in: folder.path)
        #expect(schema.status == 0 && schema.output.contains("[result, does not count]"))
    }

    @Test func `what is ignored or learned does not count, and what is beside it does`() throws {
        let folder = try TemporaryFolder()
        let (recorded, live) = try captures(folder, Self.change)
        let path = "$.result.content[0].text"
        let ignored = try InspectRun(
            ["diff", recorded, live, "--ignore", path, "--ignore-key", "result"], in: folder.path)
        #expect(ignored.status == 0, "\(ignored.output)\(ignored.error)")
        let masks = folder.path + "/masks.txt"
        let learning = try InspectRun(["diff", recorded, live, "--learn", masks], in: folder.path)
        #expect(learning.status == 0, "\(learning.output)\(learning.error)")
        #expect(try String(contentsOfFile: masks, encoding: .utf8).contains("tools/call echo \(path) ~ \"{word} "))
        let written = try String(contentsOfFile: masks, encoding: .utf8)
        let again = try InspectRun(["diff", recorded, live, "--learn", masks], in: folder.path)
        #expect(again.status == 0 && again.error.contains("no masks learned in"), "\(again.error)")
        #expect(try String(contentsOfFile: masks, encoding: .utf8) == written)
        let masked = try InspectRun(["diff", recorded, live, "--masks", masks, "--show-masked"], in: folder.path)
        #expect(masked.status == 0 && masked.output.contains("masked by rule tools/call echo"), "\(masked.output)")
        try Connection(path: live, access: .readWrite).execute(
            "UPDATE stream_events SET data = replace(data, '✓', '!'), raw = NULL")
        #expect(try InspectRun(["diff", recorded, live, "--masks", masks], in: folder.path).status == 1)
    }

    @Test func `a file that is not there is named`() throws {
        let folder = try TemporaryFolder()
        for words in [["diff", "none.sqlite", "x"], ["show", "./none#x/1"]] {
            let run = try InspectRun(words, in: folder.path)
            #expect(run.status == 2 && run.error.contains("there is no file \(words[1].prefix { $0 != "#" })"))
        }
    }

    @Test func `sessions that cannot be paired are counted`() throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file("one.sqlite"))
        var two = try SampleCapture(folder.file("two.sqlite"))
        two.tour()
        two.tour(session: "s2")
        try two.finish()
        let run = try InspectRun(["diff", "one.sqlite", "two.sqlite"], in: folder.path)
        #expect(run.status == 2 && run.error.contains("one.sqlite has 1 session and two.sqlite has 2 sessions"))
    }

    @Test(arguments: [
        (["--ignore", "result"], "--ignore result: there is no path"), (["--masks", "none.txt"], "none.txt"),
        (["--ignore", " "], "names no path"), (["--ignore-key", ""], "names no member"),
        (["--fail-on", "everything"], "fail-on"), (["--latency-tolerance", "soon"], "latency-tolerance"),
    ])
    func `what cannot be meant is refused with a sentence`(_ words: [String], _ text: String) throws {
        let folder = try TemporaryFolder()
        let (recorded, live) = try captures(folder, "SELECT 1")
        let run = try InspectRun(["diff", recorded, live] + words, in: folder.path)
        #expect(run.status == 2 && run.error.contains(text), "\(run.error)")
    }
}
