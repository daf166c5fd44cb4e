import DemoServer
import Dispatch
import Recording
import Testing
import Traffic
import TrafficStore

/// What clients of this process say, recorded where they say it.
@Suite(.timeLimit(.minutes(1))) struct WireRecordingTests {
    /// Tables and the columns of theirs that say what was said, not when, by which number, or through which socket.
    private static let said = [
        """
        SELECT method, target, request_headers, request_body, status, response_headers, response_body, chunks IS NULL,
            informational, is_stream, ended_by, end_reason, dialect, dialect_evidence FROM exchanges ORDER BY id
        """,
        "SELECT seq, kind, type, event_id, retry_ms, data, comment FROM stream_events ORDER BY exchange_id, seq",
        "SELECT seq, direction, kind, rpc_id, method, name, error_code, bytes, body FROM messages ORDER BY seq",
        "SELECT direction, method, name, rpc_id, status, reason, rounds FROM calls ORDER BY id",
        "SELECT name, dialect, revision, wire_id, client_name, server_name, end_reason FROM sessions ORDER BY id",
        "SELECT leg, server, http_version, tls, closed_by, close_reason FROM connections WHERE leg = 'client' ORDER BY id",
    ]

    @Test func `A tap at the client records what the proxy records between it and the server`() async throws {
        let (atClient, atProxy) = (try TemporaryFolder(), try TemporaryFolder())
        try await demo { upstream in
            _ = try await RunningRecording.run(to: upstream, into: atProxy.database, isLossless: true, connections: 2) {
                port in
                let recording = try Self.recording(into: atClient.database)
                let client = try await ScriptedClient(port: port, recording: recording)
                try await Self.converse(client)
                let summary = await Self.finish(recording)
                #expect(summary.isComplete && summary.exchanges == 6)
            }
        }
        let (here, there) = (try Capture(atClient.database), try Capture(atProxy.database))
        for query in Self.said {
            let (ours, proxys) = (try here.values(query), try there.values(query))
            #expect(!ours.isEmpty && ours == proxys, "\(query)")
        }
        #expect(try here.texts("SELECT source FROM recordings") == ["replay"])
        try expectReindexChangesNothing(atClient.database)
    }

    @Test func `Clients that are recorded together keep their exchanges apart`() async throws {
        let folder = try TemporaryFolder()
        try await demo { port in
            let recording = try Self.recording(into: folder.database)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        let client = try await ScriptedClient(port: port, recording: recording)
                        try await Self.converse(client)
                    }
                }
                try await group.waitForAll()
            }
            let summary = await Self.finish(recording)
            #expect(summary.isComplete && summary.exchanges == 24 && summary.sessions.count == 4)
        }
        let query = "SELECT count(*) FROM calls WHERE status = 'ok' GROUP BY session_id"
        #expect(try Capture(folder.database).integers(query) == [2, 2, 2, 2])
    }

    private static func recording(into path: String) throws -> WireRecording {
        let clock = RecordingClock()
        let writer = try CaptureWriter(
            path: path,
            recording: RecordingStart(
                source: .replay, command: "replay", toolVersion: "0", foldVersion: Fold.version, startedNs: clock.now))
        let id = writer.recordingID
        return WireRecording(recordingID: id, into: writer, configuration: .init(), clock: clock)
    }

    private static func finish(_ recording: WireRecording) async -> RecorderThread.Summary {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: recording.finish()) }
        }
    }

    private static func converse(_ client: ScriptedClient) async throws {
        let hello = """
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},\
            "clientInfo":{"name":"scripted","version":"1"}}}
            """
        let session = try await client.ask(1, "POST", hello, field: "mcp-session-id")
        try await client.ask(2, "POST", #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, session: session)
        try await client.listen(3, session: session)
        let slow = """
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"slow",\
            "arguments":{"seconds":0.02,"steps":2},"_meta":{"progressToken":"p"}}}
            """
        try await client.ask(4, "POST", slow, session: session)
        try await client.ask(5, "POST", #"{"jsonrpc":"2.0","id":2,"method":"nothing/such"}"#, session: session)
        try await client.leave(3)
        try await client.ask(6, "DELETE", session: session)
        try await client.close()
    }

    private func demo(_ body: @escaping @Sendable (_ port: Int) async throws -> Void) async throws {
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let server = DemoServer(configuration: .init(port: 0)) { found.yield($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            for await port in ports {
                try await body(port)
                break
            }
            group.cancelAll()
        }
    }
}
