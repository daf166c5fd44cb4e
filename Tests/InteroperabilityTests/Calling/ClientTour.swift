import Foundation
import MCPTransports
import Testing

/// Our client takes a tour of a server that is not ours, in one dialect.
struct ClientTour {
    let server: ForeignServer
    /// The dialect that is to be spoken, whether it was forced or found.
    let dialect: HTTPDialect
    let isForced: Bool
    let transport: SSEClientTransport
    let client: MCPClient
    let overheard = Overheard()
    let relay: Relay

    init(of server: ForeignServer, forcing forced: HTTPDialect?, through relay: Relay, port: Int) throws {
        self.server = server
        self.relay = relay
        dialect = forced ?? server.found
        isForced = forced != nil
        transport = try SSEClientTransport(
            url: "http://127.0.0.1:\(port)\(server.path)",
            configuration: .init(dialect: forced, reconnection: .backOff(from: .milliseconds(100))))
        var configuration = MCPClient.Configuration(name: "tour", version: "1.0")
        configuration.timeout = RequestTimeout(.seconds(20))
        client = MCPClient(transport: transport, configuration: configuration, handlers: overheard.handlers)
    }

    var description: String { "\(server.name): \(dialect.rawValue), \(isForced ? "forced" : "found")" }
    var isStateless: Bool { dialect == .stateless }

    /// What the server can do in this dialect.
    func can(_ step: ForeignServer.Step) -> Bool {
        guard isStateless else { return !server.without.handshake.contains(step) }
        // Without sessions there is nobody to ask outside of a call, and nothing to come back to.
        return step != .unrelatedQuestions && step != .polling && !server.without.stateless.contains(step)
    }

    /// Takes all steps. A step that throws ends the tour.
    func take() async throws {
        try await open()
        if server.isTimeServer {
            try await askForTimes()
        } else {
            try await lists()
            try await tools()
            try await failures()
            try await questions()
            try await changes()
            try await subscribing()
            try await contents()
            try await cancelling()
            try await polling()
            try await cuts()
            try await heartbeats()
            try await forgottenSession()
        }
        #expect(overheard.takeErrors() == [], "\(description): went wrong beside the calls")
        await client.close()
        await closed()
    }

    private func open() async throws {
        let opened = try await client.initialize()
        #expect(opened.protocolVersion == (isStateless ? "2026-07-28" : "2025-11-25"), "\(description)")
        #expect(opened.server?.name == server.serverName, "\(description)")
        let status = await transport.status()
        #expect(status.dialect == dialect, "\(description)")
        #expect((status.sessionID != nil) == (dialect == .streamable && server.hasSessions), "\(description)")
        try await client.ping()
        if isStateless { try await client.setLogLevel(.info) }
    }

    private func closed() async {
        #expect(client.isClosed)
        // One deletion is the client's last word; one more was made by hand.
        let deletions = relay.methods.count { $0 == "DELETE" }
        let hasSession = dialect == .streamable && server.hasSessions
        #expect(deletions == (hasSession ? server.isTimeServer ? 1 : 2 : 0), "\(description): sessions deleted")
    }

    /// The text of a call's result.
    func text(
        _ tool: String, _ arguments: JSONObject = [:], progress: (@Sendable (ProgressUpdate) -> Void)? = nil
    ) async throws -> String {
        let result = try await client.callTool(tool, arguments: arguments, progress: progress)
        return result.content.compactMap(\.text).joined(separator: "\n")
    }

    /// Waits until something is so that nothing tells of.
    func wait(for what: String, seconds: Int = 10, until isSo: () async -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while await !isSo() {
            guard ContinuousClock.now < deadline else {
                throw HarnessFailure("\(description): no \(what) within \(seconds) s")
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
