import Conversation
import Scenario
import WireFormats

/// What a live task asks for: each key is answered once, by the recording. (MCP 2026-07-28 tasks extension)
struct TaskQuestions {
    private var open: [String: [JSONTree.Member]] = [:]
    private var seen: [String: Set<String>] = [:]

    /// Takes the answer to a poll.
    mutating func hear(_ result: JSONTree?, of task: String) {
        for request in result?["inputRequests"]?.members ?? []
        where seen[task, default: []].insert(request.key).inserted {
            open[task, default: []].append(request)
        }
    }

    /// What was not answered yet, and is from now on; nil where there is nothing.
    mutating func take(of task: String) -> JSONTree? { open.removeValue(forKey: task).map { .object($0) } }
}

extension PlanDriver {
    /// A poll was answered: what the task asks is kept for the `tasks/update` of the plan, and where the plan has none at
    /// this place it is answered at once.
    func hearTask(_ answer: JSONTree, _ step: Int) {
        guard let told = answer["result"], told["inputRequests"] != nil, let task = liveTask(of: step) else { return }
        tasks.hear(told, of: task)
        guard case .poll(let ends, _)? = plan.steps[step].call?.tasks, ends.first != "input_required",
            let asked = tasks.take(of: task)
        else { return }
        let responses = responses(to: asked, label(of: step))
        result.notes.append(
            "\(label(of: step)): the live task asks for input, which the recorded one did not; answered")
        let request = JSONTree.object([
            .init("jsonrpc", .string("2.0")), .init("id", .number(JSONNumber(nextID))),
            .init("method", .string("tasks/update")),
            .init("params", .object([.init("taskId", .string(task)), .init("inputResponses", responses)])),
        ])
        nextID += 1
        guard let sent = try? send(request.serialized()) else { return }
        calls[sent.call] = LiveCall(step: nil, isAside: true)
    }

    /// A `tasks/update` with answers to what the live task asks; as it is where that asks for nothing.
    func updated(_ body: [UInt8], _ step: Int) -> [UInt8] {
        guard plan.steps[step].call?.method == "tasks/update", var tree = JSONTree(body), var params = tree["params"],
            let task = params["taskId"]?.string, let asked = tasks.take(of: task)
        else { return body }
        params.set("inputResponses", responses(to: asked, label(of: step)))
        tree.set("params", params)
        return tree.serialized()
    }

    private func responses(to asked: JSONTree, _ label: String) -> JSONTree {
        let found = book.responses(to: asked)
        for miss in found.misses { result.notes.append("\(label): \(miss)") }
        return found.responses
    }

    private func liveTask(of step: Int) -> String? {
        JSONTree(remap.body(ofStep: step, liveID: .null))?["params"]?["taskId"]?.string
    }
}
