import Traffic
import WireFormats

/// What the server asked the client. Questions of one call may come in any order.
extension ComparisonRun {
    private struct Asked {
        let row: MessageRow
        let params: JSONTree?
        var method: String { row.method ?? "" }
    }

    mutating func compareQuestions(_ pair: Pair) throws(StoreFailure) {
        let recorded = try asked(old, pair.recorded)
        var live = Array(try asked(new, pair.live).enumerated())
        var unmatched: [(index: Int, question: Asked)] = []
        for (index, question) in recorded.enumerated() {
            let match = live.firstIndex { isSame(differences(question, $0.element, at: index)) }
            guard let match else {
                unmatched.append((index, question))
                continue
            }
            for difference in differences(question, live[match].element, at: index) {
                found(difference, .question, pair)
            }
            live.remove(at: match)
        }
        for (index, question) in unmatched {
            guard let match = live.firstIndex(where: { $0.element.method == question.method }) else {
                found(
                    Divergence(.question, path: "questions[\(index)]", recorded: Self.text(question), live: nil), pair)
                continue
            }
            for difference in differences(question, live.remove(at: match).element, at: index) {
                found(difference, .question, pair)
            }
        }
        for (index, question) in live {
            found(Divergence(.question, path: "questions[\(index)]", recorded: nil, live: Self.text(question)), pair)
        }
    }

    private func asked(_ contents: SessionContents, _ call: CallRow?) throws(StoreFailure) -> [Asked] {
        var found: [Asked] = []
        for row in contents.questions[call?.id ?? 0] ?? [] {
            found.append(Asked(row: row, params: try contents.tree(of: row)?["params"]))
        }
        return found
    }

    private func differences(_ recorded: Asked, _ live: Asked, at index: Int) -> [Difference] {
        var context = DifferenceContext(
            method: recorded.method, recordedNs: recorded.row.atNs, liveNs: live.row.atNs)
        context.place = .question(index)
        guard recorded.method == live.method else {
            let path = JSONPath.root.key("method")
            return [Difference(context, path, .string(recorded.method), .string(live.method))]
        }
        return TreeComparison.differences(
            recorded.params, live.params, at: JSONPath.root.key("params"), in: context)
    }

    private static func text(_ question: Asked) -> String {
        "{\"method\":\(JSONTree.string(question.method).text)"
            + (question.params.map { ",\"params\":\($0.text)" } ?? "") + "}"
    }
}
