import Foundation
import TestSupport
import Testing

/// Clients of the official Python SDK meet faults, and misses.
@Suite("Faults of a mock server", .serialized, .timeLimit(.minutes(5)))
struct MockedFaultTests {
    private static let recorded = ["echo", #"{"text":"hello – ünïcode ✓"}"#]

    @Test(
        "The Python SDK sees each fault as what it is",
        arguments: [
            ("streamable", "drop", ["lost"]), ("streamable", "stall", ["lost"]),
            ("streamable", "error", ["error -32603"]),
            ("streamable", "slow", ["answered"]), ("streamable", "truncate", ["lost"]),
            ("streamable", "duplicate", ["answered"]), ("sse", "stall", ["lost"]), ("sse", "error", ["error -32603"]),
            ("sse", "slow", ["answered"]), ("sse", "truncate", ["error -32000"]), ("sse", "duplicate", ["answered"]),
        ])
    func fault(_ dialect: String, _ fault: String, _ outcome: [String]) async throws {
        let outcomes = try await Self.outcomes(of: 1, dialect, ["--fault", "\(fault)=1"])
        #expect(outcomes == outcome)
    }

    @Test("The same seed hits the same calls") func seed() async throws {
        let faults = ["--fault", "error=30%", "--fault", "stall=10%"]
        let first = try await Self.outcomes(of: 16, "streamable", faults + ["--seed", "5"])
        #expect(Set(first) == ["answered", "error -32603", "lost"], "\(first)")
        #expect(try await Self.outcomes(of: 16, "streamable", faults + ["--seed", "5"]) == first)
        #expect(try await Self.outcomes(of: 16, "streamable", faults + ["--seed", "6"]) != first)
    }

    @Test("A miss is not found, or refused with a reason", arguments: ["streamable", "sse"])
    func miss(_ dialect: String) async throws {
        let missing = ["echo", #"{"text":"never said"}"#]
        #expect(try await Self.outcomes(of: 1, dialect, ["--on-miss", "error"], call: missing) == ["error -32602"])
        let notFound = try await Self.outcomes(of: 1, dialect, ["--on-miss", "404"], call: missing)
        #expect(notFound != ["answered"] && notFound != ["error -32602"])
    }

    @Test("A miss is answered by a live server", arguments: ["streamable", "sse"])
    func forward(_ dialect: String) async throws {
        let installation = try Installation.find()
        let folder = FileManager.default.temporaryDirectory
        let port = try freeLoopbackPort()
        let arguments = ["demo-server", "--listen", "127.0.0.1:\(port)"]
        let server = try ChildProcess("demo", installation.inspector, arguments, in: folder)
        try await server.during { server in
            _ = try await server.wait(for: "port", seconds: 15) { server.outputText.contains("\(port)") ? true : nil }
            let url = "http://127.0.0.1:\(port)\(dialect == "sse" ? "/sse" : "/mcp")"
            let outcomes = try await Self.outcomes(
                of: 2, dialect, ["--on-miss", "forward", url], call: ["add", #"{"a":1,"b":2.5}"#])
            #expect(outcomes == ["answered", "answered"])
        }
    }

    /// What a client of the SDK sees of so many calls to a kept capture.
    private static func outcomes(
        of count: Int, _ dialect: String, _ options: [String], call: [String] = recorded
    ) async throws -> [String] {
        let installation = try Installation.find()
        let folder = FileManager.default.temporaryDirectory.appending(path: "mocked-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let name = dialect == "sse" ? "http-sse" : "streamable"
        let capture = try KeptCapture.all.first { $0.name == name }?.build(in: folder.path) ?? ""
        let listen = "127.0.0.1:\(try freeLoopbackPort())"
        let mock = try ChildProcess(
            "mock", installation.inspector, ["mock", capture, "--listen", listen, "--speed", "max"] + options,
            in: folder)
        return try await mock.during { mock in
            _ = try await mock.wait(for: "line with \(listen)", seconds: 15) {
                mock.outputText.contains(listen) ? true : nil
            }
            let url = "http://\(listen)\(dialect == "sse" ? "/sse" : "/mcp")"
            let script = installation.scripts.appending(path: "mocked.py").path
            let client = try ChildProcess(
                "client", installation.python, [script, url, "\(count)"] + call + ["--dialect", dialect], in: folder)
            return try await client.during { client in
                try await client.succeed(within: 90)
                return client.outputText.split(separator: "\n").map(String.init)
            }
        }
    }
}
