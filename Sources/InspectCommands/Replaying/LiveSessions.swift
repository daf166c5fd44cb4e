import Traffic
import TrafficStore

/// Which live sessions are those of which client: told by the ids of their calls, of which each client has its own.
struct LiveSessions: Sendable {
    private var sessions: [Int: [Int64]] = [:]

    /// Reads a live recording once, however many clients it is of.
    init(ofRecording recording: Int64, in path: String) throws {
        let reader = try CaptureReader(path: path)
        for session in try reader.sessions(ofRecording: recording).map(\.row.id) {
            let calls = try reader.calls(ofSession: session).filter { $0.direction == .clientToServer }
            for client in Set(calls.compactMap { Self.number($0.rpcID) }.map { $0 / ReplayScript.idsOfClient }) {
                sessions[client, default: []].append(session)
            }
        }
    }

    /// Of a client: which of several at a time.
    func of(_ client: Int) -> [Int64] { sessions[client] ?? [] }

    /// Of an id that was given here: a number, or its digits as a text.
    private static func number(_ id: String) -> Int? { Int(id.filter { $0 != "\"" }) }
}
