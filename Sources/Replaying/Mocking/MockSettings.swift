import Scenario

/// How a mock server plays.
package struct MockSettings: Sendable {
    /// What becomes of a request that the recording does not answer.
    package enum Miss: Sendable {
        /// A JSON-RPC error that says which recorded call comes closest.
        case error
        /// HTTP 404.
        case notFound
        /// It is asked of a live server.
        case forward(any MissForwarding)
    }

    package var pace: Pace
    package var miss: Miss
    package var faults: FaultPlan
    /// How much longer than recorded an act waits for something else that the recorded client did before it, and that
    /// the live client may never do.
    package var patience: Duration
    /// How much earlier than something that it followed on its stream an act may be ready and still waits for that.
    package var lead: Duration

    package init(
        pace: Pace = .recorded, miss: Miss = .error, faults: FaultPlan = .none,
        patience: Duration = .seconds(2), lead: Duration = .milliseconds(50)
    ) {
        self.pace = pace
        self.miss = miss
        self.faults = faults
        self.patience = patience
        self.lead = lead
    }
}

/// Something worth a line while a mock server runs.
package enum MockNotice: Sendable {
    /// A conversation has begun, from which recorded session.
    case opened(session: String)
    /// A request was not in the recording, in a sentence.
    case missed(String)
    /// A request met a fault on purpose.
    case faulted(MockFault, method: String)
}
