import Recording
import Synchronization
import Traffic
import TrafficStore

/// Records what is asked of a live server in place of a recording: a recording proxy in front of it, from the first
/// question on, for clients of this process alone.
final class MissRecording: Sendable {
    /// What there is of it in the end.
    struct Outcome: Sendable {
        let name: String
        let database: String
        let isComplete: Bool
    }

    /// Records until it is cancelled, and tells its port.
    typealias Record =
        @Sendable (_ onListening: @escaping @Sendable (Int) -> Void) async throws
        -> RecorderThread.Summary

    private struct State: Sendable {
        var listening: Task<Int, any Error>?
        var recording: Task<RecorderThread.Summary, any Error>?
    }

    /// What the recording is called.
    let name: String
    let database: String
    private let record: Record
    private let state = Mutex(State())

    init(name: String, database: String, record: @escaping Record) {
        self.name = name
        self.database = database
        self.record = record
    }

    /// The port of loopback at which the live server is found, recorded from the first call on.
    func port() async throws -> Int {
        let listening = state.withLock { state in
            if let listening = state.listening { return listening }
            let (ports, source) = AsyncThrowingStream<Int, any Error>.makeStream()
            state.recording = Task { [record] in
                do {
                    return try await record { source.yield($0) }
                } catch {
                    source.finish(throwing: error)
                    throw error
                }
            }
            let listening = Task {
                for try await port in ports { return port }
                throw CancellationError()
            }
            state.listening = listening
            return listening
        }
        return try await listening.value
    }

    /// Stores what is still under way, once no client is connected any longer; nil where nothing was asked.
    func finish() async -> Outcome? {
        guard let recording = state.withLock({ $0.recording }) else { return nil }
        recording.cancel()
        let summary = try? await recording.value
        return Outcome(name: name, database: database, isComplete: summary?.isComplete ?? false)
    }

    /// What recordings are called that complete a session, or all sessions of a recording.
    static func name(of recorded: String) -> String { "mock-" + recorded.map { "/#".contains($0) ? "-" : $0 } }
}
