import Synchronization

/// The sessions of a host by id, up to a limit; ended ones stay until their last handler has come to its end.
final class SessionTable: Sendable {
    private struct State {
        var sessions: [String: Session] = [:]
        var isClosed = false
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
    }

    /// The session of this id that speaks this dialect, belongs to this one and has not ended. To others it does not exist
    /// (MCP 2025-11-25 security best practices, session hijacking).
    subscript(id: String, dialect: HTTPDialect, principal: Principal?) -> Session? {
        guard let session = state.withLock({ $0.sessions[id] }) else { return nil }
        return session.state.withLock { state in
            session.dialect == dialect && session.principal?.subject == principal?.subject
                && state.machine.phase != .ended ? session : nil
        }
    }

    /// The session of this id that has not ended.
    subscript(id: String) -> Session? {
        guard let session = state.withLock({ $0.sessions[id] }) else { return nil }
        return session.state.withLock { $0.machine.phase != .ended ? session : nil }
    }

    /// All sessions, some of which may have ended.
    var all: [Session] { state.withLock { Array($0.sessions.values) } }

    /// How many there are.
    var count: Int { state.withLock { $0.sessions.count } }

    /// Adds a session. False when the table is full or closed.
    func insert(_ session: Session) -> Bool {
        state.withLock { state in
            guard !state.isClosed, state.sessions.count < limit else { return false }
            state.sessions[session.id] = session
            return true
        }
    }

    /// Forgets a session that has ended with all its handlers.
    func remove(_ id: String) {
        state.withLock { $0.sessions[id] = nil }
    }

    /// Ends the sessions that have been idle for so long.
    func endIdle(longerThan limit: Duration) {
        for session in all where session.idleTime > limit { session.terminate() }
    }

    /// Ends all sessions and takes no more; returns when their handlers have ended.
    func close() async {
        let sessions = state.withLock { state in
            state.isClosed = true
            return Array(state.sessions.values)
        }
        for handler in sessions.flatMap({ $0.terminate() }) { await handler.value }
    }
}
