import Traffic
import WireFormats

/// Polls of a task, of which a live one needs more or fewer.
extension Planner {
    private static let final = ["completed", "failed", "cancelled"]

    /// Polls that follow each other until the task has another status become one step.
    mutating func joinPolls() {
        var runs: [String: [Int]] = [:]
        for place in drafts.indices {
            guard case .call(let draft) = drafts[place].what, let task = draft.taskID else { continue }
            guard draft.method == "tasks/get" else {
                runs[task] = nil
                continue
            }
            runs[task, default: []].append(place)
            guard draft.isAnswered, let status = draft.taskStatus, status != "working", status != "submitted" else {
                continue
            }
            join(runs.removeValue(forKey: task) ?? [], until: status)
        }
    }

    private mutating func join(_ run: [Int], until status: String) {
        guard let first = run.first, let last = run.last, case .call(var draft) = drafts[last].what else { return }
        let polls = run.compactMap { place -> CallDraft? in
            if case .call(let draft) = drafts[place].what { draft } else { nil }
        }
        let told = polls.lazy.compactMap(\.pollIntervalNs).first
        let seen = (drafts[last].start - drafts[first].start) / Int64(max(run.count - 1, 1))
        let others = Self.final.filter { $0 != status }
        draft.tasks = .poll(until: [status] + others, intervalNs: seen > 0 ? seen : told ?? 1_000_000_000)
        draft.joined = polls.dropLast().map(\.id)
        drafts[first].what = .call(draft)
        drafts[first].end = drafts[last].end
        for place in run.dropFirst() { drafts[place].isJoined = true }
        for poll in polls { places[poll.id] = first }
    }
}
