import MCPTransports
import Testing
import TrafficStore

@testable import InspectCommands

/// Clients that met in the middle of a call, recorded and replayed.
@Suite(.timeLimit(.minutes(2))) struct ReplayMeetingTests {
    private static func meet(_ url: String, _ name: String) async throws {
        let transport = try SSEClientTransport(url: url, configuration: .init(dialect: .streamable))
        let client = MCPClient(transport: transport, configuration: .init(name: name, version: "1"))
        try await client.initialize()
        _ = try await client.callTool("meet", arguments: [:])
        await client.close()
    }

    /// Two sessions of one recording, `hall/1` and `hall/2`.
    private static func record(in folder: TemporaryFolder) async throws {
        let port = try FreePort.next()
        let (database, path) = (folder.file(), folder.path)
        try await MeetingServer.serve { upstream in
            let recorder = try BackgroundRun(
                [
                    "record", "http://127.0.0.1:\(upstream)", "--listen", "127.0.0.1:\(port)", "--name", "hall", "--db",
                    database,
                ], in: path)
            do {
                try await recorder.says("recording http")
                let url = "http://127.0.0.1:\(port)/mcp"
                async let first: Void = meet(url, "first")
                async let second: Void = meet(url, "second")
                _ = try await (first, second)
                try await recorder.interrupt()
            } catch {
                recorder.kill()
                throw error
            }
        }
    }

    @Test(arguments: ["max", "recorded"])
    func `sessions that were under way at the same time are driven side by side`(_ speed: String) async throws {
        let folder = try TemporaryFolder()
        try await Self.record(in: folder)
        let (database, path) = (folder.file(), folder.path)
        try await MeetingServer.serve { port in
            let run = try await InspectRun.aside(
                [
                    "replay", "hall", "--db", database, "--target", "http://127.0.0.1:\(port)", "--speed", speed,
                    "--timeout", "20s",
                ], in: path)
            #expect(run.status == 0, "\(run.output)\(run.error)")
            #expect(run.lines.filter { $0.contains("no divergences") }.count == 2, "\(run.output)")
            #expect(
                run.error.contains(
                    "hall/1: was under way at the same time as hall/2: replayed side by side, in the order of all"))
        }
        let reader = try CaptureReader(path: database)
        let recording = try #require(try reader.recordings().last?.id)
        #expect(try reader.sessions(ofRecording: recording).count == 2)
    }

    @Test func `one that is replayed alone is told to have had company`() async throws {
        let folder = try TemporaryFolder()
        try await Self.record(in: folder)
        let run = try await InspectRun.aside(
            ["replay", "hall/1", "--db", folder.file(), "--dry-run"], in: folder.path)
        #expect(
            run.output.contains(
                "note: was under way at the same time as hall/2, which is not replayed beside it; name the recording to "
                    + "replay all its sessions"), "\(run.output)")
    }
}
