import Testing

/// One cell of the matrix: a server of somebody else, in one of its modes, toured in one dialect.
struct Cell: Sendable, CustomTestStringConvertible {
    var name: String
    /// A script in `Python/` and its mode.
    var server: [String]
    var dialect: String
    var serverName: String
    var route = "tools"
    /// Steps of the tour that this server cannot take; why stands beside them.
    var without: [String] = []
    /// Whether the server tells clients apart on the wire. Where it does not, several clients of one host and one
    /// kind cannot be kept apart, so the capture's sessions are not held against the clients.
    var hasSessions = true
    /// Whether a client that leaves deletes its session.
    var deletes: Bool { dialect == "streamable" && hasSessions }

    var testDescription: String { name }
}

extension Cell {
    static let all = [
        // The older dialect has no event ids, so nothing to come back for.
        Cell(
            name: "SDK, http+sse", server: ["servers.py", "sse"], dialect: "http+sse", serverName: "sdk-tour",
            without: ["polling"]),
        // Polling needs an event store. The probe is of a newer client against an older server.
        Cell(
            name: "SDK, streamable", server: ["servers.py", "streamable"], dialect: "streamable",
            serverName: "sdk-tour", without: ["probe", "polling"]),
        // An answer that is one JSON object has no room for a question.
        Cell(
            name: "SDK, streamable, JSON answers", server: ["servers.py", "streamable-json"], dialect: "streamable",
            serverName: "sdk-tour", without: ["probe", "polling", "questions"]),
        // No session: no listening stream, no way back for an answer of the client, nothing that a cancel could reach.
        Cell(
            name: "SDK, streamable, without sessions", server: ["servers.py", "streamable-stateless"],
            dialect: "streamable", serverName: "sdk-tour",
            without: ["probe", "polling", "questions", "aside", "changes", "cancel", "heartbeats"],
            hasSessions: false),
        Cell(
            name: "SDK, streamable, resumable", server: ["servers.py", "streamable-resumable"],
            dialect: "streamable", serverName: "sdk-tour", without: ["probe"]),
        // fastmcp ties every question to its call.
        Cell(
            name: "fastmcp, http+sse", server: ["fastmcp_server.py", "sse"], dialect: "http+sse",
            serverName: "fastmcp-tour", without: ["polling", "aside"]),
        Cell(
            name: "fastmcp, streamable", server: ["fastmcp_server.py", "streamable"], dialect: "streamable",
            serverName: "fastmcp-tour", without: ["probe", "polling", "aside"]),
        Cell(
            name: "mcp-proxy before mcp-server-time, http+sse", server: ["time_server.py", "sse"],
            dialect: "http+sse", serverName: "mcp-time", route: "time"),
        Cell(
            name: "mcp-proxy before mcp-server-time, streamable", server: ["time_server.py", "streamable"],
            dialect: "streamable", serverName: "mcp-time", route: "time", without: ["probe"]),
    ]
}
