import Foundation
import MCPTransports
import Testing
import Traffic
import TrafficStore

@testable import InspectCommands

/// A mock server that asks the recorded server, and remembers.
@Suite(.timeLimit(.minutes(2)))
struct MissRecordingTests {
    /// What a client is answered that asks for something that was recorded and for things that were not.
    private static func converse(_ port: Int) async throws -> [String] {
        var handlers = MCPClient.Handlers()
        handlers.elicitation = { _ in .accepted(["name": "Ada"]) }
        let client = MCPClient(
            transport: try SSEClientTransport(
                url: "http://127.0.0.1:\(port)/mcp", configuration: .init(dialect: .streamable)),
            configuration: .init(name: "tester", version: "1"), handlers: handlers)
        try await client.initialize()
        var said: [String] = []
        let progress = AsyncStream.makeStream(of: String.self)
        let calls: [(String, JSONObject)] = [
            ("echo", ["text": "hello"]), ("echo", ["text": "never said before"]),
            ("slow", ["seconds": 0.05, "steps": 3]),
            ("ask_elicitation", ["question": "Who?"]), ("fail", ["message": "as asked"]),
        ]
        for (name, arguments) in calls {
            let result = try await client.callTool(
                name, arguments: arguments, progress: { progress.continuation.yield($0.message ?? "") })
            guard case .text(let text)? = result.content.first else { continue }
            said.append(text)
        }
        progress.continuation.finish()
        for await update in progress.stream { said.append(update) }
        await client.close()
        return said
    }

    private static let expected = [
        "hello", "never said before", "done in 3 steps", "Hello, Ada!", "as asked", "step 1 of 3", "step 2 of 3",
        "step 3 of 3",
    ]

    private static func mock(
        _ demo: RecordedDemo, _ arguments: [String], _ body: (Int) async throws -> [String]
    ) async throws -> (said: [String], output: String, status: Int32) {
        let port = try FreePort.next()
        let mock = try BackgroundRun(
            ["mock", "demo/1", "--db", demo.database, "--listen", "127.0.0.1:\(port)"] + arguments,
            in: demo.folder.path)
        do {
            try await mock.says("serving demo/1")
            let said = try await body(port)
            let status = try await mock.interrupt()
            return (said, mock.output, status)
        } catch {
            mock.kill()
            throw error
        }
    }

    @Test func `what the live server answered is answered without it the next time`() async throws {
        let demo = try await RecordedDemo.make()
        let heard = Heard()
        try await RecordedDemo.serve { upstream in
            let run = try await Self.mock(
                demo, ["--on-miss", "record", "http://127.0.0.1:\(upstream)/mcp"], Self.converse)
            #expect(run.said == Self.expected, "\(run.output)")
            #expect(run.status == 0)
            #expect(run.output.contains("what is missing is asked of http://127.0.0.1:\(upstream)/mcp"))
            #expect(run.output.contains("4 requests were not in the recording"), "\(run.output)")
            #expect(run.output.contains("what was asked instead is kept as mock-demo-1 in "))
            await heard.note(upstream)
        }
        let again = try await Self.mock(demo, [], Self.converse)
        #expect(again.said == Self.expected, "\(again.output)")
        #expect(!again.output.contains("not in the recording"))
        try Self.checkCapture(demo, upstream: await heard.port)
        for arguments in [["show", "mock-demo-1/1"], ["diff", "mock-demo-1/1", "mock-demo-1/1"]] {
            let run = try await InspectRun.aside(arguments + ["--db", demo.database], in: demo.folder.path)
            #expect(run.status == 0, "\(arguments): \(run.output)\(run.error)")
        }
        try await RecordedDemo.serve { upstream in
            let target = ["--target", "http://127.0.0.1:\(upstream)", "--speed", "max", "--no-store"]
            let run = try await demo.replay("mock-demo-1/1", target)
            #expect(run.status == 0, "\(run.output)\(run.error)")
        }
    }

    private actor Heard {
        var port = 0
        func note(_ port: Int) { self.port = port }
    }

    private static func checkCapture(_ demo: RecordedDemo, upstream: Int) throws {
        let reader = try CaptureReader(path: demo.database)
        let kept = try #require(try reader.sessions().first { $0.name == "mock-demo-1/1" })
        #expect(kept.recording.source == .mock && kept.recording.gaps == 0)
        #expect(kept.recording.target == "http://127.0.0.1:\(upstream)/mcp")
        // What mock asked is not what anybody means by the latest session.
        let latest = try reader.sessionIDs(matching: "latest")
        #expect(try reader.session(latest[0])?.name == "demo/1")
    }

    @Test func `nothing is recorded where nothing is missed`() async throws {
        let demo = try await RecordedDemo.make()
        let before = try CaptureReader(path: demo.database).recordings().count
        let run = try await Self.mock(demo, ["--on-miss", "record"]) { port in
            let client = MCPClient(
                transport: try SSEClientTransport(
                    url: "http://127.0.0.1:\(port)/mcp", configuration: .init(dialect: .streamable)),
                configuration: .init(name: "tester", version: "1"))
            try await client.initialize()
            await client.close()
            return []
        }
        #expect(run.status == 0 && !run.output.contains("kept as"))
        #expect(try CaptureReader(path: demo.database).recordings().count == before)
    }

    @Test func `a recording in a file that is mocked as a whole completes all of it`() async throws {
        let demo = try await RecordedDemo.make()
        try await RecordedDemo.serve { upstream in
            let run = try await Self.mock(
                demo, ["--on-miss", "record", "http://127.0.0.1:\(upstream)/mcp"], Self.converse)
            #expect(run.status == 0)
        }
        let moved = demo.folder.file("moved.sqlite")
        try FileManager.default.copyItem(atPath: demo.database, toPath: moved)
        let option = try DatabaseOption.parse(["--db", demo.database])
        let whole = try MockedSessions(moved, in: option)
        #expect(whole.scores.map(\.name) == ["demo/1"])
        #expect(whole.supplementName == "mock-demo-1")
        let plain = try MockedSessions("demo/1", in: option)
        #expect(plain.scores[0].cues.count == whole.scores[0].cues.count)
        let alone = try MockedSessions("mock-demo-1/1", in: option)
        #expect(alone.scores.map(\.name) == ["mock-demo-1/1"])
        #expect(plain.scores[0].cues.count > alone.scores[0].cues.count)
    }

    @Test(.disabled(if: geteuid() == 0, "root may write any file"))
    func `a capture that cannot be written is one sentence`() async throws {
        let demo = try await RecordedDemo.make()
        let locked = demo.folder.file("locked.sqlite")
        try FileManager.default.copyItem(atPath: demo.database, toPath: locked)
        chmod(locked, 0o444)
        let run = try await InspectRun.aside(["mock", locked, "--on-miss", "record"], in: demo.folder.path)
        #expect(run.status == 2)
        #expect(
            run.error == "mcp-inspect: \(locked) cannot be written, so nothing can be kept in it; mock a copy of it\n")
    }
}
