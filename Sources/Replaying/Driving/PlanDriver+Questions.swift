import Scenario
import WireFormats

/// What the server asks.
extension PlanDriver {
    func asked(_ bytes: [UInt8], _ step: Int?) {
        if let step { schedule.heard(step, .message, at: Self.now) } else { heardUnasked() }
        guard let question = JSONTree(bytes), let id = question["id"], let method = question["method"]?.string else {
            return
        }
        let found = book.reply(to: method, params: question["params"], parentStep: step)
        let text: [UInt8]
        switch found.answer {
        case .result(let result): text = Self.reply(id, "result", result)
        case .error(let error): text = Self.reply(id, "error", error)
        case .none: return
        }
        if let miss = found.miss { result.notes.append("the server asks \(method): \(miss)") }
        answers.append(text)
        alarms.set(.answer(answers.count - 1), at: Self.now, in: settings.pace.scaled(found.thinkNs))
    }

    /// Sends an answer that is due. Where the machine does not want it any more nobody waits for it.
    func answer(_ number: Int) {
        let text = answers[number]
        answers[number] = []
        _ = try? send(text)
    }

    private static func reply(_ id: JSONTree, _ member: String, _ value: [UInt8]) -> [UInt8] {
        var text = Array(#"{"jsonrpc":"2.0","id":"#.utf8) + id.serialized()
        text += Array(#","\#(member)":"#.utf8) + value
        text.append(UInt8(ascii: "}"))
        return text
    }
}
