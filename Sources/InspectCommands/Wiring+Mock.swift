import Forwarding
import MCPTransports
import Recording
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
        /// The URL of the server that is asked for what is missing.
        let live: String?
        fileprivate let sessions: MockedSessions
        fileprivate let settings: MockSettings
        fileprivate let listen: ListenAddress
        fileprivate let misses: ForwardedMisses?
        fileprivate let recording: MissRecording?

        func run(
            notice: @escaping @Sendable (MockNotice) -> Void, onListening: @escaping @Sendable (_ port: Int) -> Void
        ) async throws {
            let server = MockServer(
                scores: sessions.scores, unplaced: sessions.unplaced, host: listen.host, port: listen.port,
                settings: settings, notice: notice)
            do {
                try await server.run(onListening: onListening)
            } catch {
                await misses?.close()
                throw error
            }
            await misses?.close()
        }

        /// What was recorded of a live server's answers, once the run is over.
        func recorded() async -> MissRecording.Outcome? { await recording?.finish() }
    }

    static func mock(_ command: MockCommand) throws -> Mock {
        let (miss, session) = try command.missAndSession()
        let sessions = try MockedSessions(session, in: command.database)
        guard sessions.scores.contains(where: { !$0.cues.isEmpty }) else {
            throw CommandFailure(
                .usage, "\(session) holds no HTTP exchange that could be served; mcp-inspect sessions lists others")
        }
        var settings = MockSettings(pace: command.speed, faults: try command.faults())
        var live: LiveServer?
        switch miss {
        case .error: settings.miss = .error
        case .notFound: settings.miss = .notFound
        case .forward(let url): live = try LiveServer(url, command)
        case .record(let url):
            live = try LiveServer(try url ?? recordedServer(sessions, session), command)
            try live?.record(sessions, command)
        }
        if let live { settings.miss = .forward(live.misses) }
        return Mock(
            database: sessions.path, summary: summary(sessions.scores), path: path(sessions.scores),
            places: places(sessions.scores), live: live?.url.withoutCredentials, sessions: sessions,
            settings: settings, listen: command.listen, misses: live?.misses, recording: live?.recording)
    }

    private static func recordedServer(_ sessions: MockedSessions, _ argument: String) throws -> String {
        guard let target = sessions.target, let scheme = target.range(of: "://") else {
            throw CommandFailure(
                .usage,
                "the recording of \(argument.visible) does not say where its server was; pass --on-miss record URL")
        }
        let origin = target[..<scheme.upperBound] + target[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" }
        return origin + path(sessions.scores)
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
