import Traffic

/// What of a recorded session was not done again, so that what it brought about is not expected.
///
/// A call may bring about whatever the server says later: it subscribes, sets a level, changes what is listed. So from
/// the first that was left out on, nothing is expected of what the server says outside of calls; what comes all the same
/// is no surprise where it was recorded.
package struct LeftOut: Sendable, Hashable {
    /// Recorded calls.
    package private(set) var calls: Set<Int64> = []
    /// From when on, by the recording's clock; nil where nothing was left out.
    package private(set) var sinceNs: Int64?

    package init() {}

    /// - Parameters:
    ///   - calls: the recorded ones.
    ///   - undone: steps that were to be done and were not begun.
    ///   - isCutShort: whether the conversation came to an end before its time.
    package init(_ plan: ScenarioPlan, calls: [CallRow], undone: [Int] = [], isCutShort: Bool = false) {
        let sent = Dictionary(calls.map { ($0.id, $0.sentNs) }, uniquingKeysWith: { $1 })
        let undone = Set(undone)
        // What is no call has no time of its own here: that of the call before it is early enough.
        var last = Int64.min
        for step in plan.steps {
            let ids = step.call.map { $0.joined + [$0.callID] } ?? []
            last = ids.compactMap { sent[$0] }.min() ?? last
            guard step.skipped != nil || undone.contains(step.number) else { continue }
            self.calls.formUnion(ids)
            sinceNs = sinceNs ?? last
        }
        if isCutShort { sinceNs = .min }
    }
}

extension ComparisonRun {
    /// Whether something that the server said outside of calls may not come again.
    func isFree(_ row: MessageRow) -> Bool { leftOut.sinceNs.map { row.atNs >= $0 } ?? false }

    /// Whether what the server said in a call may not come again: the call was left out, or nobody waited for what comes
    /// of it. That its answer did not come is told by itself.
    func isFree(_ recorded: Int64, _ live: CallRow?) -> Bool {
        guard isReplay else { return false }
        return leftOut.calls.contains(recorded) || live.map { [.pending, .unanswered].contains($0.status) } ?? false
    }
}
