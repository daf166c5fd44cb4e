import Foundation

/// One client at a server that wants OAuth, through the recorder, and what is in the capture afterwards.
struct GuardedVisit {
    /// What the client printed.
    struct Outcome: Decodable {
        var text: String?
        var error: String?
        /// Where it sent its user to log in.
        var asked: [String]
    }

    struct Edit: Decodable {
        var what: String
        var from: String?
        var to: String?
    }

    private struct Ready: Decodable {
        var url: URL
        var token: String
    }

    private struct Row: Decodable {
        var path: String
        var status: Int?
        var edits: String?
        var body: String
    }

    var result: Outcome
    /// The origins of the server and of the recorder.
    var target: String
    var own: String
    /// Lines of the recorder about OAuth.
    var warnings: [String]
    var edits: [Edit]
    /// Discovery documents, as recorded.
    var documents: [String]
    var statuses: [Int]

    static func make(
        _ mode: String, client: String, options: [String] = [], givesToken: Bool = false
    ) async throws -> GuardedVisit {
        let installation = try Installation.find()
        let folder = FileManager.default.temporaryDirectory.appending(path: "oauth-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let script = installation.scripts.appending(path: "oauth_server.py").path
        let server = try ChildProcess("server", installation.python, [script, mode, "--until-stdin-ends"], in: folder)
        return try await server.during { server in
            let ready = try await server.wait(for: "ready line", seconds: 30) {
                server.outputText.contains("\n")
                    ? try JSONDecoder().decode(Ready.self, from: Data(server.outputText.prefix { $0 != "\n" }.utf8))
                    : nil
            }
            var arguments = givesToken ? ["GUARDED_TOKEN=\(ready.token)"] : []
            arguments += [installation.inspector.path, "record", ready.url.absoluteString, "--listen", "127.0.0.1:0"]
            arguments += ["--db", folder.appending(path: "capture.sqlite").path] + options
            if givesToken { arguments += ["--token-env", "GUARDED_TOKEN"] }
            let recorder = try ChildProcess("recorder", URL(filePath: "/usr/bin/env"), arguments, in: folder)
            return try await recorder.during { try await visit($0, ready.url, client, installation, folder) }
        }
    }

    private static func visit(
        _ recorder: ChildProcess, _ target: URL, _ mode: String, _ installation: Installation, _ folder: URL
    ) async throws -> GuardedVisit {
        let url = try await recorder.wait(for: "URL", seconds: 15) {
            recorder.outputText.firstMatch(of: #/at (http:\/\/127\.0\.0\.1:[1-9]\d*\/mcp)\n/#).map {
                String($0.output.1)
            }
        }
        let script = installation.scripts.appending(path: "oauth_client.py").path
        let client = try ChildProcess("client", installation.python, [script, mode, url], in: folder)
        let result = try await client.during { client in
            try await client.succeed(within: 40)
            return try JSONDecoder().decode(Outcome.self, from: client.output)
        }
        recorder.interrupt()
        try await recorder.succeed(within: 15)
        let reader = Reader(
            database: folder.appending(path: "capture.sqlite"), installation: installation, folder: folder)
        let rows: [Row] = try await reader.rows(
            """
            SELECT path, status, edits, coalesce(CAST(response_body AS TEXT), '') AS body FROM exchanges
            ORDER BY request_start_ns
            """)
        return GuardedVisit(
            result: result, target: origin(target.absoluteString), own: origin(url),
            warnings: recorder.errorText.split(separator: "\n").map(String.init).filter { $0.contains("OAuth") },
            edits: try rows.flatMap { try JSONDecoder().decode([Edit].self, from: Data(($0.edits ?? "[]").utf8)) },
            documents: rows.filter { $0.path.contains("/.well-known/") && $0.status == 200 }.map(\.body),
            statuses: rows.compactMap(\.status))
    }

    private static func origin(_ url: String) -> String { String(url.dropLast("/mcp".count)) }
}
