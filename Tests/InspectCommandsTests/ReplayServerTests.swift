import DemoServer
import Foundation
import Testing
import TrafficStore

/// `replay` with a server that it starts, and ended before its time.
@Suite(.timeLimit(.minutes(2))) struct ReplayServerTests {
    @Test func `A port on which somebody listens already is refused before the command starts`() async throws {
        let capture = try await RecordedDemo.make()
        try await RecordedDemo.serve { port in
            let run = try await capture.replay(
                "demo/1", ["--target", "http://127.0.0.1:\(port)", "--", "/bin/sh", "-c", "echo > started"])
            #expect(run.status == 2 && run.error.contains("something listens on 127.0.0.1:\(port) already"))
            #expect(!FileManager.default.fileExists(atPath: capture.folder.file("started")))
        }
    }

    @Test func `Ctrl-C ends the wait for a server at once`() async throws {
        let capture = try await RecordedDemo.make()
        let run = try BackgroundRun(
            [
                "replay", "demo/1", "--db", capture.database, "--target", "http://127.0.0.1:\(try FreePort.next())",
                "--timeout", "10m", "--", "/bin/sh", "-c", "echo > started; exec sleep 600",
            ], in: capture.folder.path)
        try await capture.folder.has("started")
        #expect(try await run.interrupt() == 130)
        #expect(run.output.contains("interrupted; demo/1 left undone"), "\(run.output)")
    }

    @Test func `Ctrl-C between rounds tells how many were left`() async throws {
        let capture = try await RecordedDemo.make()
        let session = try #require(try CaptureReader(path: capture.database).sessionIDs(matching: "demo/1").first)
        try await RecordedDemo.serve { port in
            let run = try BackgroundRun(
                [
                    "replay", "demo/1", "--db", capture.database, "--target", "http://127.0.0.1:\(port)", "--speed",
                    "max", "--loop", "100000", "--format", "json",
                ], in: capture.folder.path)
            while try RunStore(path: capture.database).replays(ofSession: session).isEmpty {
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(try await run.interrupt() == 130)
            #expect(run.output.contains(#""ended":"interrupted; 999"#), "\(run.output.suffix(2000))")
        }
    }

    @Test func `A server that was started ends with a replay that is killed`() async throws {
        let capture = try await RecordedDemo.make()
        let script = """
            '\(InspectRun.executable.path)' replay demo/1 --db '\(capture.database)' \\
                --target http://127.0.0.1:\(try FreePort.next()) -- \\
                /bin/sh -c 'echo $$ > pid; mv pid child.pid; exec sleep 600' &
            replay=$!
            while [ ! -e child.pid ]; do sleep 0.05; done
            child=$(cat child.pid)
            kill -9 $replay
            runs() { [ -e /proc/$1/stat ] && ! grep -q ') Z' /proc/$1/stat; }
            for turn in $(seq 300); do runs $child || exit 0; sleep 0.1; done
            kill -9 $child
            exit 1
            """
        let run = try await InspectRun.aside(["-c", script], in: capture.folder.path, program: "/bin/sh")
        #expect(run.status == 0, "\(run.error)")
    }

    @Test func `A server that ends by itself is told`() async throws {
        let capture = try await RecordedDemo.make()
        let port = try FreePort.next()
        let script = """
            '\(InspectRun.executable.path)' demo-server --listen 127.0.0.1:\(port) & sleep 2; kill $!; wait
            echo no more; exit 3
            """
        let run = try await capture.replay(
            "demo/1",
            ["--target", "http://127.0.0.1:\(port)", "--loop", "100000", "--speed", "max", "--no-store"]
                + ["--timeout", "20s", "--", "/bin/sh", "-c", script])
        #expect(run.status == 4, "\(run.error)")
        #expect(run.error.contains("/bin/sh ended during the replay (exit code 3): no more"), "\(run.error)")
        #expect(run.error.contains(" rounds of demo/1 left undone") && !run.error.contains("interrupted"))
    }
}
