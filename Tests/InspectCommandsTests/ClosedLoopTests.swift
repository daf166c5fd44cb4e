import Replaying
import Scenario
import TestSupport
import Testing
import TrafficStore

/// What was recorded is served, and done again against what is served: nothing differs.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct ClosedLoopTests {
    /// Sessions that cannot come round, by capture and name, and why.
    private static let exceptions: [String: String] = [
        "errors python-httpx/1": "one request without a handshake, to a session that never was",
        "stateless by-hand/1": "refused for header fields that contradict the body, which replay puts right",
    ]

    @Test(arguments: KeptCapture.all, [Pace.max, .recorded])
    func `a kept capture is replayed against itself`(_ capture: KeptCapture, _ pace: Pace) async throws {
        let folder = try TemporaryFolder()
        let path = try capture.build(in: folder.path)
        let sessions = try CaptureReader(path: path).sessions()
        #expect(!sessions.isEmpty)
        for session in sessions where Self.exceptions["\(capture.name) \(session.label)"] == nil {
            let score = try ScoreReader.read(session.row.id, in: try CaptureReader(path: path))
            let run = try await Self.served(score, pace) { port in
                let first = score.places.first { $0.httpMethod == (score.dialect == .httpSSE ? "GET" : "POST") }
                return try await InspectRun.aside(
                    [
                        "replay", "\(path)#\(session.row.id)", "--speed", pace.text, "--timeout", "20s",
                        "--target", "http://127.0.0.1:\(port)\(first?.path ?? "/")",
                    ], in: folder.path)
            }
            #expect(
                run.status == 0 && run.output.contains("no divergences"), "\(session.label): \(run.output)\(run.error)")
        }
    }

    @Test func `what a replay kept is replayed as well, without waiting for what never came`() async throws {
        let folder = try TemporaryFolder()
        let capture = try #require(KeptCapture.all.first { $0.name == "expired-session" })
        let path = try capture.build(in: folder.path)
        let recorded = try #require(try CaptureReader(path: path).sessions().first)
        try await Self.replay(recorded.row.id, of: path, folder)
        let reader = try CaptureReader(path: path)
        let recording = try #require(try reader.recordings().last { $0.source == .replay })
        let sessions = try reader.sessions(ofRecording: recording.id)
        #expect(sessions.count == 2 && sessions.allSatisfy { $0.row.serverName != nil })
        for session in sessions { try await Self.replay(session.row.id, of: path, folder) }
    }

    /// Replays a session against itself, and expects nothing to differ.
    private static func replay(_ session: Int64, of path: String, _ folder: TemporaryFolder) async throws {
        let score = try ScoreReader.read(session, in: try CaptureReader(path: path))
        let run = try await served(score, .max) { port in
            try await InspectRun.aside(
                [
                    "replay", "\(path)#\(session)", "--speed", "max", "--timeout", "10s", "--target",
                    "http://127.0.0.1:\(port)",
                ], in: folder.path)
        }
        #expect(run.status == 0 && run.output.contains("no divergences"), "\(session): \(run.output)\(run.error)")
    }

    /// Runs `body` while a mock server plays the score.
    private static func served(
        _ score: Score, _ pace: Pace, _ body: @escaping @Sendable (Int) async throws -> InspectRun
    ) async throws -> InspectRun {
        let server = MockServer(
            scores: [score], host: "127.0.0.1", port: 0, settings: MockSettings(pace: pace), notice: { _ in })
        let (ports, source) = AsyncStream.makeStream(of: Int.self)
        return try await withThrowingTaskGroup(of: InspectRun?.self) { group in
            group.addTask {
                try await server.run(onListening: { source.yield($0) })
                return nil
            }
            group.addTask {
                for await port in ports { return try await body(port) }
                return nil
            }
            while let ended = try await group.next() {
                guard let run = ended else { continue }
                group.cancelAll()
                return run
            }
            throw CancellationError()
        }
    }
}
