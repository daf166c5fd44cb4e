import Foundation
import MCPTransports
import Scenario
import TestSupport
import Testing
import TrafficStore

@testable import Replaying

/// A kept capture, served on a port of loopback while something is done with it.
struct ServedCapture: Sendable {
    let port: Int
    /// What it said while it ran.
    let notices: NoticeList

    /// Serves the sessions of a kept capture.
    @discardableResult
    static func with<Result: Sendable>(
        _ name: String, _ settings: MockSettings = MockSettings(pace: .max),
        _ body: @escaping @Sendable (ServedCapture) async throws -> Result
    ) async throws -> Result {
        try await with(scores(of: name), settings, body)
    }

    /// Serves sessions.
    @discardableResult
    static func with<Result: Sendable>(
        _ scores: [Score], _ settings: MockSettings, _ body: @escaping @Sendable (ServedCapture) async throws -> Result
    ) async throws -> Result {
        let notices = NoticeList()
        let server = MockServer(
            scores: scores, host: "127.0.0.1", port: 0, settings: settings, notice: { notices.append($0) })
        let (ports, source) = AsyncStream.makeStream(of: Int.self)
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await server.run(onListening: { source.yield($0) })
                return nil
            }
            group.addTask {
                for await port in ports { return try await body(ServedCapture(port: port, notices: notices)) }
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

    static func scores(of name: String) throws -> [Score] {
        let capture = try #require(KeptCapture.all.first { $0.name == name })
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("served-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let reader = try CaptureReader(path: try capture.build(in: folder.path))
        return try reader.sessions().map { try ScoreReader.read($0.row.id, in: reader) }
    }

    /// Lets a client of the library shake hands at a path, in a dialect.
    @discardableResult
    func client<Result: Sendable>(
        _ dialect: HTTPDialect, _ path: String, handlers: MCPClient.Handlers = .init(),
        _ body: (MCPClient) async throws -> Result
    ) async throws -> Result {
        let transport = try SSEClientTransport(
            url: "http://127.0.0.1:\(port)\(path)", configuration: .init(dialect: dialect, deletesSession: true))
        let client = MCPClient(
            transport: transport, configuration: .init(name: "visitor", version: "1"), handlers: handlers)
        do {
            try await client.initialize()
            let result = try await body(client)
            await client.close()
            return result
        } catch {
            await client.close()
            throw error
        }
    }
}

/// Notices in the order in which they came.
final class NoticeList: Sendable {
    private let notices = Watched<[MockNotice]>([])

    func append(_ notice: MockNotice) { notices.with { $0.append(notice) } }

    var misses: [String] {
        notices.with { notices in
            notices.compactMap { notice in
                if case .missed(let text) = notice { text } else { nil }
            }
        }
    }

    /// Faults with what they hit.
    var faults: [String] {
        notices.with { notices in
            notices.compactMap { notice in
                if case .faulted(let fault, let method) = notice { "\(fault) \(method)" } else { nil }
            }
        }
    }
}
