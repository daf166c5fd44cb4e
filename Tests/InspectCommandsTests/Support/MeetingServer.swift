import MCPTransports
import Synchronization

/// A server with a tool whose callers wait for each other: two by two.
enum MeetingServer {
    /// Who waits for company.
    private final class Hall: Sendable {
        private let waiting = Mutex<CheckedContinuation<Void, Never>?>(nil)

        func meet() async {
            await withCheckedContinuation { continuation in
                let other = waiting.withLock { waiting in
                    let other = waiting
                    waiting = other == nil ? continuation : nil
                    return other
                }
                guard let other else { return }
                other.resume()
                continuation.resume()
            }
        }

        func close() { waiting.withLock { $0.take() }?.resume() }
    }

    /// Serves on a port of its own.
    static func serve(_ body: @escaping @Sendable (_ port: Int) async throws -> Void) async throws {
        let hall = Hall()
        let tool = Tool(name: "meet", description: "Waits for another caller.") { _, _ in
            await hall.meet()
            return .text("met")
        }
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        var configuration = SSEServerTransport.Configuration(port: 0)
        configuration.timeouts.drain = .zero
        let server = SSEServerTransport(
            server: MCPServer(name: "hall", version: "1", tools: [tool]), configuration: configuration,
            onListening: { found.yield($0.port ?? 0) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            defer { hall.close() }
            for await port in ports {
                try await body(port)
                break
            }
            group.cancelAll()
        }
    }
}
