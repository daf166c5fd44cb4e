import MCPTransports
import Replaying
import Scenario
import Traffic
import TrafficStore

extension Wiring {
    /// A mock server that is ready to run.
    struct Mock: Sendable {
        let database: String
        /// Which sessions are served, and their dialects.
        let summary: String
        /// Where a client begins.
        let path: String
        /// A line for each thing that can be asked for.
        let places: [String]
        fileprivate let scores: [Score]
        fileprivate let unplaced: [Score]
        fileprivate let settings: MockSettings
        fileprivate let listen: ListenAddress
        fileprivate let misses: ForwardedMisses?

        func run(
            notice: @escaping @Sendable (MockNotice) -> Void, onListening: @escaping @Sendable (_ port: Int) -> Void
        ) async throws {
            let server = MockServer(
                scores: scores, unplaced: unplaced, host: listen.host, port: listen.port, settings: settings,
                notice: notice)
            do {
                try await server.run(onListening: onListening)
            } catch {
                await misses?.close()
                throw error
            }
            await misses?.close()
        }
    }

    static func mock(_ command: MockCommand) throws -> Mock {
        let (miss, session) = try command.missAndSession()
        let selected = try SelectedSessions.resolve(session, in: command.database)
        var scores: [Score] = []
        for id in selected.ids { scores.append(try ScoreReader.read(id, in: selected.reader)) }
        var unplaced: [Score] = []
        for recording in Set(selected.ids.map { $0 >> 32 }).sorted() {
            unplaced.append(
                ScoreReader.read(
                    unplaced: try selected.reader.exchangesWithoutSession(ofRecording: recording)))
        }
        guard scores.contains(where: { !$0.cues.isEmpty }) else {
            throw CommandFailure(
                .usage, "\(session) holds no HTTP exchange that could be served; mcp-inspect sessions lists others")
        }
        var settings = MockSettings(pace: command.speed, faults: try command.faults())
        var misses: ForwardedMisses?
        switch miss {
        case .error: settings.miss = .error
        case .notFound: settings.miss = .notFound
        case .forward(let url):
            let forwarded = try forwardedMisses(to: url)
            settings.miss = .forward(forwarded)
            misses = forwarded
        }
        return Mock(
            database: selected.reader.path, summary: Self.summary(scores), path: Self.path(scores),
            places: Self.places(scores), scores: scores, unplaced: unplaced, settings: settings, listen: command.listen,
            misses: misses)
    }

    private static func forwardedMisses(to url: String) throws -> ForwardedMisses {
        do {
            _ = try SSEClientTransport(url: url)
        } catch {
            throw CommandFailure(.usage, error.message)
        }
        return ForwardedMisses {
            MCPClient(
                transport: try SSEClientTransport(url: url),
                configuration: .init(name: "mcp-inspect", version: InspectCommand.version))
        }
    }

    private static func summary(_ scores: [Score]) -> String {
        let names = scores.map { $0.name ?? String($0.session) }
        let dialects = scores.compactMap(\.dialect?.rawValue)
        let unique = dialects.enumerated().filter { dialects.firstIndex(of: $0.element) == $0.offset }.map(\.element)
        let list = names.count > 4 ? "\(names[0]) and \(names.count - 1) more" : names.joined(separator: ", ")
        return unique.isEmpty ? list : "\(list) (\(unique.joined(separator: ", ")))"
    }

    private static func path(_ scores: [Score]) -> String {
        let places = scores.flatMap(\.places)
        let isHTTPSSE = scores.contains { $0.dialect == .httpSSE }
        return places.first { $0.httpMethod == (isHTTPSSE ? "GET" : "POST") }?.path ?? places.first?.path ?? "/"
    }

    /// Methods by how many different requests there are for each.
    private static func places(_ scores: [Score]) -> [String] {
        var counts: [String: Int] = [:]
        for cue in scores.flatMap(\.cues) where cue.kind == .request {
            if let method = cue.message?["method"]?.string { counts[method, default: 0] += 1 }
        }
        let list = counts.sorted { $0.key < $1.key }.map { "\($0.key) ×\($0.value)" }
        return list.isEmpty ? [] : [list.joined(separator: ", ")]
    }
}
