import DemoServer
import MCPTransports

@testable import Replaying

/// The demo server as the live one that stands in for a recording.
enum LiveDemo {
    /// Where it has a dialect.
    static func path(_ dialect: HTTPDialect) -> String {
        switch dialect {
        case .httpSSE: DemoServer.eventStreamPath
        case .broadcast: DemoServer.broadcastPath
        default: DemoServer.streamablePath
        }
    }

    /// Lets it answer the misses of a kept capture while something is done.
    @discardableResult
    static func standIn<Result: Sendable>(
        for capture: String, in dialect: HTTPDialect,
        _ body: @escaping @Sendable (ServedCapture) async throws -> Result
    ) async throws -> Result {
        let (ports, source) = AsyncStream.makeStream(of: Int.self)
        let server = DemoServer(configuration: .init(port: 0)) { source.yield($0) }
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await server.run()
                return nil
            }
            group.addTask {
                for await port in ports { return try await ask(port, capture, dialect, body) }
                return nil
            }
            while let ended = try await group.next() {
                guard let result = ended else { continue }
                group.cancelAll()
                return result
            }
            throw CancellationError()
        }
    }

    private static func ask<Result: Sendable>(
        _ port: Int, _ capture: String, _ dialect: HTTPDialect,
        _ body: @escaping @Sendable (ServedCapture) async throws -> Result
    ) async throws -> Result {
        let misses = ForwardedMisses(.init(name: "mock", version: "1")) { spoken in
            try SSEClientTransport(
                url: "http://127.0.0.1:\(port)\(path(dialect))", configuration: .init(dialect: spoken))
        }
        let settings = MockSettings(pace: .max, miss: .forward(misses))
        do {
            let result = try await ServedCapture.with(capture, settings, body)
            await misses.close()
            return result
        } catch {
            await misses.close()
            throw error
        }
    }
}
