import DemoServer
import NIOCore
import Testing

@testable import MCPTransports

/// Runs a host on a free port while `body` uses it, then ends it.
@discardableResult
func withHost<Result>(
    _ server: MCPServer = DemoServer.server, _ configuration: SSEServerTransport.Configuration = .init(),
    _ body: (_ port: Int) async throws -> Result
) async throws -> Result {
    try await withTransport(server, configuration) { try await body($1) }
}

/// The same with the transport at hand. What still runs in the end is cancelled at once, unless the test is about that.
@discardableResult
func withTransport<Result>(
    _ server: MCPServer = DemoServer.server, _ configuration: SSEServerTransport.Configuration = .init(),
    drain: Duration = .zero, authenticate: SSEServerTransport.Authenticate? = nil,
    _ body: (_ transport: SSEServerTransport, _ port: Int) async throws -> Result
) async throws -> Result {
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    var configuration = configuration
    configuration.timeouts.drain = drain
    let host = SSEServerTransport(
        server: server, configuration: configuration,
        onListening: { continuation.yield($0.port ?? 0) }, authenticate: authenticate)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await host.run() }
        var iterator = ports.makeAsyncIterator()
        let port = try #require(await iterator.next())
        let result = try await body(host, port)
        group.cancelAll()
        try await group.waitForAll()
        return result
    }
}

let bothTypes = "Accept: application/json, text/event-stream"

func initialize(_ revision: ProtocolRevision = .v20250618) -> String {
    SessionScript.initialize(revision)
}

/// Opens a session of Streamable HTTP and gives its header line.
func openSession(_ connection: RawConnection, _ revision: ProtocolRevision = .v20250618) async throws -> String {
    try await connection.request("POST /mcp", [bothTypes], body: initialize(revision))
    let answer = try await connection.wait(for: "serverInfo")
    let line = answer.split(separator: "\r\n").first { $0.hasPrefix("Mcp-Session-Id: ") }
    return String(try #require(line))
}
