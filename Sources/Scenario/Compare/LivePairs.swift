import Traffic

/// Which live call repeats which recorded one, from what a driver says that it sent.
package struct LivePairs: Sendable, Hashable {
    /// Recorded call to live call.
    package private(set) var pairs: [Int64: Int64] = [:]
    /// Recorded calls that were not to be sent again: skipped steps, calls that another stands for, and what is no step.
    package private(set) var skipping: Set<Int64> = []

    /// `sent`: by the number of a step, the JSON text of the id under which its call was sent first. A step that is in
    /// the plan, was not skipped, and is not in `sent` is missing.
    package init(
        _ plan: ScenarioPlan, recorded: any TrafficArchive, sent: [Int: String], live: any TrafficArchive,
        sessions: [Int64]
    ) throws(StoreFailure) {
        var byID: [LiveCall: [Int64]] = [:]
        for session in sessions {
            for call in try live.calls(ofSession: session) where call.direction == .clientToServer {
                byID[LiveCall(id: call.rpcID, method: call.method), default: []].append(call.id)
            }
        }
        skipping = Set(try recorded.calls(ofSession: plan.session.id).map(\.id))
        for step in plan.steps {
            guard let call = step.call, step.skipped == nil else { continue }
            skipping.remove(call.callID)
            guard let id = sent[step.number] else { continue }
            let key = LiveCall(id: id, method: call.method)
            guard byID[key]?.isEmpty == false else { continue }
            pairs[call.callID] = byID[key]?.removeFirst()
        }
    }

    private struct LiveCall: Hashable {
        let id: String
        let method: String
    }
}
