import DemoServer
import Foundation
import MCPTransports
import MCPTransportsTestKit
import Testing
import TrafficStore

/// `mcp-inspect replay`, from the command line.
@Suite(.timeLimit(.minutes(2))) struct ReplayCommandTests {
    @Test func `A session of the demo server is replayed to a fresh one, and kept with what was found`() async throws {
        let capture = try await RecordedDemo.make()
        for speed in ["recorded", "max", "4x"] {
            let run = try await capture.replay("demo/1", ["--speed", speed])
            #expect(run.status == 0, "\(run.output)\(run.error)")
            #expect(run.lines.first?.hasPrefix("demo/1 and http://127.0.0.1:") == true, "\(run.output)")
            #expect(run.output.contains("no divergences"))
        }
        let reader = try CaptureReader(path: capture.database)
        let store = try RunStore(path: capture.database)
        let session = try #require(try reader.sessionIDs(matching: "demo/1").first)
        let kept = try store.replays(ofSession: session)
        #expect(
            kept.map(\.speed) == ["recorded", "max", "4x"] && kept.allSatisfy { $0.divergences == 0 && $0.calls > 3 })
        for replay in kept {
            let id = try #require(replay.liveRecordingID)
            let live = try #require(try reader.recording(id))
            #expect(live.source == .replay && live.name == "replay-demo-1")
        }
        #expect(try reader.sessionIDs(matching: "latest") == [session])
    }

    @Test func `What the server says otherwise is told with its path, and the exit code is 1`() async throws {
        let capture = try await RecordedDemo.make()
        try await withScriptedServer { server in
            server.expectHandshake()
            server.expectGET().respond(status: 405, body: "")
            server.expectRequest("tools/list", times: nil).respond(result: ["tools": []])
            server.expectRequest("tools/call", times: nil).respond(
                result: ["content": [["type": "text", "text": "hullo"]]])
            server.expectDELETE()
            let run = try await capture.replay("demo/1", ["--target", server.url(""), "--speed", "max"])
            #expect(run.status == 1, "\(run.error)")
            #expect(run.output.contains("$.result.content[0].text"))
            #expect(run.output.contains(#"recorded  "hello""#) && run.output.contains(#"live      "hullo""#))
        }
    }

    @Test func `Nothing is sent for a dry run, and links are explained`() async throws {
        let capture = try await RecordedDemo.make()
        let run = try await capture.replay("demo/1", ["--dry-run", "--target", "http://127.0.0.1:1"])
        #expect(run.status == 0 && run.output.contains("tools/call echo"))
        let explained = try await capture.replay("demo/1", ["--explain", "--dry-run"])
        #expect(explained.status == 0 && explained.output.hasPrefix("demo/1:"))
    }

    @Test func `Each end has its exit code`() async throws {
        let capture = try await RecordedDemo.make()
        let server = try await ScriptedServer.start()
        await server.stop()
        let dead = try await capture.replay("demo/1", ["--target", server.url()])
        #expect(dead.status == 4 && dead.error.contains("nobody listens on 127.0.0.1:\(server.port)"))
        try await withScriptedServer { server in
            server.expectRequest("initialize").respond(status: 401, body: "")
            let refused = try await capture.replay("demo/1", ["--target", server.url()])
            #expect(refused.status == 3 && refused.error.contains("the server wants credentials (HTTP 401)"))
        }
        try await withScriptedServer { server in
            server.expectHandshake()
            server.expectGET().respond(status: 405, body: "")
            let call = server.expectRequest("tools/list", times: nil)
            server.expectNotification("notifications/cancelled", times: nil)
            server.expectDELETE()
            let hung = try await capture.replay(
                "demo/1", ["--target", server.url(), "--timeout", "2s", "--speed", "max"])
            #expect(hung.status == 1 && hung.error.contains("no answer within 2 s"), "\(hung.error)")
            call.respond(result: ["tools": []])
        }
        #expect(!dead.output.contains("[missing]") && dead.error.contains("steps left undone"))
        #expect(dead.lines == ["demo/1 and \(server.url()): no calls compared, 6 not done", "in \(capture.database)"])
        let junit = try await capture.replay("demo/1", ["--target", server.url(), "--format", "junit"])
        #expect(junit.output.contains(#"failures="0" errors="7" skipped="0">"#), "\(junit.output)")
        let json = try await capture.replay("demo/1", ["--target", server.url(), "--format", "json"])
        #expect(json.status == 4 && json.output.contains(#""ended":"nobody listens"#), "\(json.output)")
        #expect(try await capture.replay("demo/1", ["--speed", "fast"]).status == 2)
        #expect(try await capture.replay("demo/9", []).status == 2)
    }

    @Test func `Cut short from the keyboard it tells what it has found, and leaves the session in order`() async throws
    {
        let capture = try await RecordedDemo.make()
        try await withScriptedServer { server in
            server.expectHandshake()
            server.expectGET().respond(status: 405, body: "")
            let call = server.expectRequest("tools/list", times: nil)
            server.expectDELETE()
            let run = try BackgroundRun(
                ["replay", "demo/1", "--db", capture.database, "--target", server.url(), "--speed", "max"],
                in: capture.folder.path)
            _ = try await call.received()
            let status = try await run.interrupt()
            #expect(status == 130 && run.output.contains("demo/1 and \(server.url()): "), "\(run.output)")
            call.respond(result: ["tools": []])
        }
    }

    @Test func `A command starts the server, and it is ended with its children`() async throws {
        let capture = try await RecordedDemo.make()
        let port = try FreePort.next()
        let target = "http://127.0.0.1:\(port)"
        let script = "\(InspectRun.executable.path) demo-server --listen 127.0.0.1:\(port) & echo $! > child.pid; wait"
        let run = try await capture.replay(
            "demo/1", ["--target", target, "--speed", "max", "--", "/bin/sh", "-c", script])
        #expect(run.status == 0, "\(run.output)\(run.error)")
        let child = try #require(
            Int32(String(contentsOfFile: capture.folder.path + "/child.pid", encoding: .utf8).filter(\.isNumber)))
        // Where nobody waits for orphans, one that has ended is still listed.
        let state = try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8).split(separator: ")").last
        #expect(state?.hasPrefix(" Z") ?? true, "\(state ?? "")")
        let none = try await capture.replay(
            "demo/1", ["--target", target, "--", "/bin/sh", "-c", "echo no such module; exit 3"])
        #expect(
            none.status == 4 && none.error.contains("ended before it listened (exit code 3): no such module"),
            "\(none.error)")
        let missing = try await capture.replay("demo/1", ["--target", target, "--", "no-such-program"])
        #expect(missing.status == 2 && missing.error.contains("cannot start no-such-program"))
    }

    @Test func `Several targets, rounds and clients are told apart`() async throws {
        let capture = try await RecordedDemo.make()
        try await RecordedDemo.serve { first in
            try await RecordedDemo.serve { second in
                let targets = ["--target", "http://127.0.0.1:\(first)", "--target", "http://127.0.0.1:\(second)"]
                let run = try await capture.replay(
                    "demo/1", targets + ["--speed", "max", "--loop", "2", "--clients", "3", "--no-store"])
                #expect(run.status == 0, "\(run.output)\(run.error)")
                let verdicts = run.lines.filter { $0.hasPrefix("demo/1 and") }
                #expect(verdicts.count == 12 && Set(verdicts).count == 12)
                #expect(run.lines.contains("12 comparisons: none with divergences"))
                #expect(run.error.contains("not kept (--no-store)"))
            }
        }
        #expect(try CaptureReader(path: capture.database).recordings().count == 1)
    }

    @Test func `A capture that cannot be written is read, and nothing is kept`() async throws {
        let capture = try await RecordedDemo.make()
        let locked = capture.folder.path + "/locked"
        try FileManager.default.createDirectory(atPath: locked, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: capture.database, toPath: locked + "/c.sqlite")
        chmod(locked + "/c.sqlite", 0o400)
        chmod(locked, 0o500)
        defer { chmod(locked, 0o700) }
        // Root writes everywhere.
        guard geteuid() != 0 else { return }
        let run = try await InspectRun.aside(
            ["replay", locked + "/c.sqlite#demo/1", "--speed", "max"], in: capture.folder.path)
        #expect(run.status == 0 && run.error.contains("cannot be written"))
    }

    @Test func `Machine formats are whole and nothing decorates them`() async throws {
        let capture = try await RecordedDemo.make()
        let json = try await capture.replay("demo/1", ["--speed", "max", "--format", "json"])
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect(object["divergences"] as? Int == 0 && json.status == 0)
        let junit = try await capture.replay("demo/1", ["--speed", "max", "--format", "junit"])
        #expect(junit.output.hasPrefix("<?xml") && junit.output.contains(#"failures="0""#))
    }
}
