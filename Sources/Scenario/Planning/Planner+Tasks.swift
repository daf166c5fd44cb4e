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

    /// What a task asks for, each key once, however often it is told. (MCP 2026-07-28 tasks extension)
    mutating func askForTask(_ value: JSONTree, _ row: MessageRow, _ draft: CallDraft) {
        guard let task = draft.taskID, let requests = value["result"]?["inputRequests"]?.members else { return }
        for request in requests {
            guard let method = request.value["method"]?.string, taskQuestions[task]?[request.key] == nil else {
                continue
            }
            taskQuestions[task, default: [:]][request.key] = questions.count
            add(method, request.value["params"], key: request.key, row, call: nil)
        }
    }

    /// What the client answered to it.
    mutating func updateTask(_ value: JSONTree, _ row: MessageRow) {
        guard let task = value["params"]?["taskId"]?.string else { return }
        for response in value["params"]?["inputResponses"]?.members ?? [] {
            guard let place = taskQuestions[task]?[response.key] else { continue }
            questions[place].question.answer = .result(response.value.serialized())
            questions[place].question.thinkNs = max(row.atNs - questions[place].askedNs, 0)
        }
    }
}
