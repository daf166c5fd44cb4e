import Foundation
import Testing
import TrafficStore

/// What of a session `replay` does, and what it refuses to mean.
@Suite(.timeLimit(.minutes(2))) struct ReplaySelectionTests {
    @Test func `What cannot be meant is refused before anything is sent`() async throws {
        let capture = try await RecordedDemo.make()
        let masks = try await capture.replay("demo/1", ["--masks", "none.txt"])
        #expect(masks.status == 2 && masks.error.contains("none.txt"))
        let nothing = try await capture.replay("demo/1", ["--only", "tool:nosuch"])
        #expect(nothing.status == 2 && nothing.error.contains("--only tool:nosuch selects nothing of demo/1"))
        let key = try await capture.replay("demo/1", ["--ignore-key", ""])
        #expect(key.status == 2 && key.error.contains("--ignore-key"))
        #expect(try CaptureReader(path: capture.database).recordings().count == 1)
    }

    @Test func `Calls that are not selected are told as skipped, and nothing of them is expected`() async throws {
        let capture = try await RecordedDemo.make()
        let run = try await capture.replay(
            "demo/1", ["--only", "tool:echo", "--speed", "max", "--ignore", "$.result.x"])
        #expect(run.status == 0 && run.lines.first?.hasSuffix("5 skipped") == true, "\(run.output)\(run.error)")
        #expect(!run.error.contains("took nothing"))
        let whole = try await capture.replay("demo/1", ["--speed", "max", "--ignore", "$.result.x"])
        #expect(whole.status == 0 && whole.error.contains("1 mask took nothing: $.result.x"), "\(whole.error)")
    }

    @Test func `Where the user's folders cannot be written it replays without keeping anything`() async throws {
        let capture = try await RecordedDemo.make()
        let words = ["replay", "demo/1", "--db", capture.database, "--speed", "max"]
        let nowhere = ["XDG_STATE_HOME": "/dev/null/state"]
        let folder = capture.folder.path
        let run = try await InspectRun.aside(words + ["--no-store"], in: folder, environment: nowhere)
        #expect(run.status == 0, "\(run.error)")
        let kept = try await InspectRun.aside(words, in: folder, environment: nowhere)
        #expect(kept.status == 2 && kept.error.contains("set XDG_STATE_HOME"), "\(kept.error)")
        #expect(!kept.error.contains("NSCocoa"))
    }
}
