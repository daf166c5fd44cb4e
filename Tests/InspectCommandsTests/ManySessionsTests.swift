import Foundation
import TestSupport
import Testing

/// Many sessions at a time, client and server each in a process of its own. `make bench` does the same with 9,000.
@Suite(.serialized, .timeLimit(.minutes(2))) struct ManySessionsTests {
    private struct Report: Decodable {
        var failures: Int
        var reconnections: Int
        var heartbeats: Int
        var descriptors: Int

        enum CodingKeys: String, CodingKey {
            case failures, reconnections
            case heartbeats = "heartbeats_each_at_least"
            case descriptors = "server_descriptors_idle"
        }
    }

    @Test(arguments: ["http+sse", "streamable", "stateless", "broadcast"])
    func `they open, idle through heartbeats, are answered over few connections, and close`(dialect: String) throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = InspectRun.executable.deletingLastPathComponent().appending(path: "session-bench")
        process.arguments = [
            InspectRun.executable.path, "--sessions", "200", "--connections", "20", "--dialect", dialect,
            "--heartbeat-ms", "1000", "--heartbeats", "2",
        ]
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let report = try JSONDecoder().decode(Report.self, from: data)
        #expect(report.failures == 0)
        #expect(report.reconnections == 0)
        #expect(report.heartbeats >= 2)
        // A stream each, and the connections they share.
        #expect((200..<200 + 20 + 80).contains(report.descriptors))
    }
}
