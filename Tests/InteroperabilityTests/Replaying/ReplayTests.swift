import Foundation
import Testing

// Conversations of real MCP software, recorded, and replayed to the same server started afresh.

@Suite("Replay to servers of SDK 1 and its companions", .serialized, .timeLimit(.minutes(5)))
struct ReplayToSDK1 {
    @Test("A recorded tour is replayed without a divergence", arguments: Cell.replayed.filter { !$0.serverNeedsSDK2 })
    func tour(cell: Cell) async throws { try await ReplayedTour.check(cell) }
}

@Suite("Replay to newer servers", .serialized, .timeLimit(.minutes(5)))
struct ReplayToNewerServers {
    @Test("A recorded tour is replayed without a divergence", arguments: Cell.replayed.filter(\.serverNeedsSDK2))
    func tour(cell: Cell) async throws { try await ReplayedTour.check(cell) }
}

extension Cell {
    /// One of each kind of server, with what one client does by itself: what two do together is no session, and what no
    /// client would say cannot be said again.
    static let replayed = (ofSDK1Clients + ofNewerClients + stateless).filter { names.contains($0.name) }.map { cell in
        var cell = cell
        cell.without += ["second", "leaver", "refusals"]
        return cell
    }

    private static let names: Set<String> = [
        "SDK 1.30, http+sse", "SDK 1.30, streamable", "SDK 1.30, streamable, JSON answers",
        "SDK 1.30, streamable, resumable", "SDK 2.3, stateless", "fastmcp 3.4, streamable",
        "fastmcp 4.1, stateless, found", "mcp-proxy before mcp-server-time, http+sse",
        "mcp-proxy before mcp-server-time, streamable",
    ]
}

enum ReplayedTour {
    /// Records the cell's tour, and replays it at both paces, each time to a server of its own.
    static func check(_ cell: Cell) async throws {
        let installation = try Installation.find()
        let folder = FileManager.default.temporaryDirectory.appending(path: "replay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let tours = Tours(cell: cell, certificates: nil, installation: installation, folder: folder)
        try await tours.server().during { server in
            let url = try await tours.url(of: server)
            _ = try await tours.recordedTour(url, over: .plain)
        }
        for speed in ["max", "recorded"] {
            try await tours.server().during { server in
                let url = try await tours.url(of: server)
                let arguments = [
                    "replay", tours.database(.plain).path, "--target", url.absoluteString, "--speed", speed,
                    "--no-store",
                ]
                let replay = try ChildProcess("replay-\(speed)", installation.inspector, arguments, in: folder)
                try await replay.during { replay in
                    let code = try await replay.exitCode(within: 90)
                    #expect(code == 0, "\(cell.name) at \(speed):\n\(replay.outputText)\(replay.errorText)")
                    #expect(replay.outputText.contains("tour-main/1 and \(url)"))
                }
            }
        }
    }
}
