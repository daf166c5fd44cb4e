import MCPTransports
import Scenario

/// Serves recorded sessions over HTTP as the recorded server did, to clients that do as the recorded one did or less.
package struct MockServer: Sendable {
    private let host: String
    private let port: Int
    private let stage: MockStage

    /// - Parameters:
    ///   - scores: At least one; each new conversation is played from the next.
    ///   - unplaced: What belonged to no session, for refusals alone.
    ///   - port: 0 lets the system choose one.
    ///   - notice: Called from any thread with what is worth a line.
    package init(
        scores: [Score], unplaced: [Score] = [], host: String, port: Int, settings: MockSettings,
        notice: @escaping @Sendable (MockNotice) -> Void
    ) {
        self.host = host
        self.port = port
        stage = MockStage(
            scores: scores, unplaced: unplaced, settings: settings,
            access: AccessGuard(access: SSEServerTransport.Access(), listeningHost: host), notice: notice)
    }

    /// Serves until the task is cancelled, which is its normal end.
    ///
    /// - Throws: what keeps the address from being bound.
    package func run(onListening: @escaping @Sendable (_ port: Int) -> Void) async throws {
        defer { stage.close() }
        try await HTTPListener(host: host, port: port, responder: stage).run(onListening: onListening)
    }
}
