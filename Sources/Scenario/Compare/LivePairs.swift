import Traffic

/// Which live call repeats which recorded one, from what a driver says that it sent.
package struct LivePairs: Sendable, Hashable {
    /// Recorded call to live call.
    package private(set) var pairs: [Int64: Int64] = [:]
    /// Recorded calls that were not to be sent again: skipped steps, calls that another stands for, and what is no step.
    package private(set) var skipping: Set<Int64> = []

    /// `sent`: by the number of a step, the JSON text of an id under which its call was sent, in whichever round. A step
    /// that is in the plan, was not skipped, and is not in `sent` is missing.
    package init(
        _ plan: ScenarioPlan, recorded: any TrafficArchive, sent: [Int: String], live: any TrafficArchive,
        sessions: [Int64]
    ) throws(StoreFailure) {
        var byID: [LiveCall: [Int64]] = [:]
        for session in sessions {
            for row in try live.messages(ofSession: session) where row.direction == .clientToServer {
                guard row.kind == .request, let call = row.callID, let id = row.rpcID, let method = row.method
                else { continue }
                byID[LiveCall(id: id, method: method), default: []].append(call)
            }
        }
        let calls = try recorded.calls(ofSession: plan.session.id)
        skipping = Set(calls.filter { $0.direction == .clientToServer }.map(\.id))
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
