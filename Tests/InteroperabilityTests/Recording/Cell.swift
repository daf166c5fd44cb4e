import Testing

/// One cell of the matrix: a server of somebody else, in one of its modes, toured by a client of somebody else in one
/// dialect.
struct Cell: Sendable, CustomTestStringConvertible {
    var name: String
    /// A script in `Python/` and its mode.
    var server: [String]
    var serverNeedsSDK2 = false
    var client = Visit.Client.sdk1
    var dialect: String
    /// Whether the client finds out by itself if there is a handshake, with `server/discover`.
    var finds = false
    var serverName: String
    var route = "tools"
    /// Steps of the tour that this pair cannot take; why stands beside them.
    var without: [String] = []
    /// Whether clients can be told apart. Where they cannot, several clients of one host and one kind merge, so the
    /// capture's sessions are not held against the clients.
    var hasSessions = true

    /// Whether a client that leaves deletes its session.
    var deletes: Bool { dialect == "streamable" && hasSessions }
    var isStateless: Bool { dialect == "stateless" }
    var revision: String { isStateless ? "2026-07-28" : "2025-11-25" }

    var testDescription: String { name }
}

extension Cell {
    private static let all = sdk1 + mcpProxy + sdk2 + mixed + fastmcp
    static let stateless = all.filter(\.isStateless)
    static let ofSDK1Clients = all.filter { !$0.isStateless && $0.client == .sdk1 }
    static let ofNewerClients = all.filter { !$0.isStateless && $0.client != .sdk1 }

    /// One of each dialect, without what takes time.
    static let overTLS = [
        short(sdk1("http+sse", "sse", dialect: "http+sse", [])),
        short(sdk2("streamable", "streamable", dialect: "streamable", [])),
        short(sdk2("stateless, found", "streamable", finds: true, [])),
    ]

    private static func short(_ cell: Cell) -> Cell {
        var cell = cell
        cell.route = "short"
        return cell
    }

    /// Steps that only some servers and dialects have: a probe is of a newer client against an older server, polling
    /// needs an event store, subscriptions came with revisions without sessions.
    private static let special = ["probe", "polling", "subscribing"]

    private static func without(_ steps: String..., but able: Set<String> = []) -> [String] {
        special.filter { !able.contains($0) } + steps
    }

    private static let sdk1 = [
        sdk1("http+sse", "sse", dialect: "http+sse", without(but: ["probe"])),
        sdk1("streamable", "streamable", without()),
        // An answer that is one JSON object has no room for a question.
        sdk1("streamable, JSON answers", "streamable-json", without("questions")),
        // No session: no listening stream, no way back for an answer of the client, nothing that a cancel could reach.
        sdk1(
            "streamable, without sessions", "streamable-stateless",
            without("questions", "aside", "changes", "cancel", "heartbeats"), hasSessions: false),
        sdk1("streamable, resumable", "streamable-resumable", without(but: ["polling"])),
    ]

    private static func sdk1(
        _ name: String, _ mode: String, dialect: String = "streamable", _ without: [String], hasSessions: Bool = true
    ) -> Cell {
        Cell(
            name: "SDK 1.30, \(name)", server: ["servers.py", mode], dialect: dialect, serverName: "sdk-tour",
            without: without, hasSessions: hasSessions)
    }

    private static let mcpProxy = [
        Cell(
            name: "mcp-proxy before mcp-server-time, http+sse", server: ["time_server.py", "sse"],
            dialect: "http+sse", serverName: "mcp-time", route: "time"),
        Cell(
            name: "mcp-proxy before mcp-server-time, streamable", server: ["time_server.py", "streamable"],
            dialect: "streamable", serverName: "mcp-time", route: "time", without: ["probe"]),
    ]

    private static let sdk2 = [
        sdk2("http+sse", "sse", dialect: "http+sse", without(but: ["probe"])),
        sdk2("streamable", "streamable", dialect: "streamable", without()),
        sdk2("streamable, resumable", "streamable-resumable", dialect: "streamable", without(but: ["polling"])),
        sdk2("stateless", "streamable", without("aside", but: ["subscribing"])),
        sdk2("stateless, found", "streamable", finds: true, without("aside", but: ["subscribing"])),
        // While this server works on an answer that is one JSON object it does not see that the client has gone.
        sdk2("stateless, JSON answers", "streamable-json", without("aside", "cancel", but: ["subscribing"])),
    ]

    private static func sdk2(
        _ name: String, _ mode: String, dialect: String = "stateless", finds: Bool = false, _ without: [String]
    ) -> Cell {
        Cell(
            name: "SDK 2.3, \(name)", server: ["servers_sdk2.py", mode], serverNeedsSDK2: true, client: .sdk2,
            dialect: dialect, finds: finds, serverName: "sdk2-tour", without: without)
    }

    /// Clients and servers of different lines.
    private static let mixed = [
        Cell(
            name: "SDK 1.30 before SDK 2.3, http+sse", server: ["servers_sdk2.py", "sse"], serverNeedsSDK2: true,
            dialect: "http+sse", serverName: "sdk2-tour", without: without()),
        Cell(
            name: "SDK 1.30 before SDK 2.3, streamable", server: ["servers_sdk2.py", "streamable"],
            serverNeedsSDK2: true, dialect: "streamable", serverName: "sdk2-tour", without: without()),
        Cell(
            name: "SDK 2.3 before SDK 1.30, http+sse", server: ["servers.py", "sse"], client: .sdk2,
            dialect: "http+sse", serverName: "sdk-tour", without: without(but: ["probe"])),
        // The client asks for a newer revision first, and is refused.
        Cell(
            name: "SDK 2.3 before SDK 1.30, streamable, found", server: ["servers.py", "streamable"], client: .sdk2,
            dialect: "streamable", finds: true, serverName: "sdk-tour", without: without()),
        Cell(
            name: "fastmcp 4.1 before SDK 2.3, stateless, found", server: ["servers_sdk2.py", "streamable"],
            serverNeedsSDK2: true, client: .fastmcp, dialect: "stateless", finds: true, serverName: "sdk2-tour",
            without: without("aside", but: ["subscribing"])),
    ]

    private static let fastmcp = [
        // fastmcp ties every question to its call.
        fastmcp("3.4, http+sse", ["fastmcp_server.py", "sse"], dialect: "http+sse", without("aside", but: ["probe"])),
        fastmcp("3.4, streamable", ["fastmcp_server.py", "streamable"], dialect: "streamable", without("aside")),
        fastmcp(
            "4.1, http+sse", ["fastmcp4_server.py", "sse"], client: .fastmcp, dialect: "http+sse", without("aside")),
        // Its client never leaves a session without ending it.
        fastmcp(
            "4.1, streamable", ["fastmcp4_server.py", "streamable"], client: .fastmcp, dialect: "streamable",
            without("aside", "leaver")),
        // It has no `subscriptions/listen`, so no stream that stays open.
        fastmcp(
            "4.1, stateless, found", ["fastmcp4_server.py", "streamable"], client: .fastmcp, dialect: "stateless",
            without("aside", "changes", "heartbeats")),
    ]

    private static func fastmcp(
        _ name: String, _ server: [String], client: Visit.Client = .sdk1, dialect: String, _ without: [String]
    ) -> Cell {
        Cell(
            name: "fastmcp \(name)", server: server, serverNeedsSDK2: client == .fastmcp, client: client,
            dialect: dialect, finds: dialect == "stateless", serverName: "fastmcp-tour", without: without)
    }
}
