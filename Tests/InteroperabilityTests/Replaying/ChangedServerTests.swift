import Foundation
import Testing

/// A server that differs in one place from the one that was recorded: that is told with its path, and nothing else.
@Suite("Replay finds what changed", .timeLimit(.minutes(5)))
struct ChangedServerTests {
    /// What a change makes differ, as the report names it.
    private static let changes: [(name: String, found: Set<String>)] = [
        ("nothing", []),
        (
            "character",
            ["$.result.content[0].text  [result]", "$.result.structuredContent.result  [result]"]
        ),
        ("schema", ["$.result.tools[1].inputSchema.properties.count.maximum  [schema]"]),
        ("code", ["$.error.code  [error]"]),
        ("order", ["notifications[0]  [notification, in another order]"]),
        ("latency", ["latency  [latency]"]),
    ]

    @Test("With masks that were learned once each change is found, and nothing besides")
    func changes() async throws {
        let shop = try Shop()
        defer { shop.remove() }
        try await shop.record()
        let learned = try await shop.replay("nothing", ["--calibrate"])
        #expect(learned.code == 0, "\(learned.output)\(learned.error)")
        #expect(learned.error.contains("2 masks learned"))
        for change in Self.changes {
            let replay = try await shop.replay(change.name, ["--speed", "max", "--fail-on", "any"])
            let found = Set(
                replay.output.split(separator: "\n").filter { $0.hasPrefix("  ") && $0.hasSuffix("]") }
                    .map { String($0.dropFirst(2)) })
            #expect(found == change.found, "\(change.name): \(replay.output)\(replay.error)")
            #expect(replay.code == (change.found.isEmpty ? 0 : 1), "\(change.name)")
        }
        let paced = try await shop.replay("nothing", [])
        #expect(paced.code == 0, "\(paced.output)")
    }
}

/// The server that can be made to differ, its client, and a capture of what they said.
private struct Shop {
    private let installation: Installation
    private let folder: URL
    private let port: UInt16

    init() throws {
        installation = try Installation.find()
        port = try freeLoopbackPort()
        folder = FileManager.default.temporaryDirectory.appending(path: "replay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    private var database: String { folder.appending(path: "shop.sqlite").path }

    private func script(_ name: String) -> String { installation.scripts.appending(path: name).path }

    func record() async throws {
        let arguments = [script("changing_server.py"), "nothing", "--port", "\(port)", "--until-stdin-ends"]
        try await ChildProcess("server", installation.python, arguments, in: folder).during { server in
            _ = try await server.wait(for: "ready line", seconds: 30) { server.output.isEmpty ? nil : true }
            let listen = "127.0.0.1:\(try freeLoopbackPort())"
            let recording = [
                "record", "http://127.0.0.1:\(port)", "--listen", listen, "--name", "shop", "--db", database,
            ]
            try await ChildProcess("recorder", installation.inspector, recording, in: folder).during { recorder in
                _ = try await recorder.wait(for: "URL", seconds: 15) {
                    recorder.outputText.contains(listen) ? true : nil
                }
                let client = [script("changing_client.py"), "http://\(listen)/mcp"]
                try await ChildProcess("client", installation.python, client, in: folder).during {
                    try await $0.succeed(within: 30)
                }
                recorder.interrupt()
                try await recorder.succeed(within: 15)
            }
        }
    }

    /// Replays to a server of its own that has the change, started by the command itself.
    func replay(_ change: String, _ options: [String]) async throws -> (code: Int32, output: String, error: String) {
        var arguments = ["replay", "shop/1", "--db", database, "--target", "http://127.0.0.1:\(port)", "--no-store"]
        arguments += ["--masks", folder.appending(path: "masks.txt").path] + options
        arguments += ["--", installation.python.path, script("changing_server.py"), change, "--port", "\(port)"]
        return try await ChildProcess("replay", installation.inspector, arguments, in: folder).during { replay in
            (try await replay.exitCode(within: 60), replay.outputText, replay.errorText)
        }
    }
}
