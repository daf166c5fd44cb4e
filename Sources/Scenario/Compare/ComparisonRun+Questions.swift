import Traffic
import WireFormats

/// What the server asked the client, in any order.
///
/// On whose behalf a question is asked helps to find its like, and is no difference: where many calls share a stream it
/// is known only as long as one of them is waiting.
extension ComparisonRun {
    private struct Asked {
        let row: MessageRow
        let params: JSONTree?
        /// On whose behalf; nil where that is not known.
        let call: Int64?
        /// Its place among those of its call.
        let index: Int
        var method: String { row.method ?? "" }

        var text: String {
            "{\"method\":\(JSONTree.string(method).text)" + (params.map { ",\"params\":\($0.text)" } ?? "") + "}"
        }
    }

    mutating func compareQuestions(_ pairs: [Pair]) throws(StoreFailure) {
        let calls = Dictionary(
            pairs.compactMap { pair in pair.recorded.flatMap { one in pair.live.map { (one.id, $0) } } },
            uniquingKeysWith: { $1 })
        let partners = calls.mapValues(\.id)
        let recorded = try asked(old)
        var live = try asked(new)
        var unmatched: [Asked] = []
        for question in recorded {
            let alike = live.indices.filter { isSame(differences(question, live[$0])) }
            guard let match = alike.first(where: { isOfOneCall(question, live[$0], partners) }) ?? alike.first else {
                unmatched.append(question)
                continue
            }
            foundAll(question, live.remove(at: match), partners)
        }
        for question in unmatched where !isFree(question, calls) {
            let alike = live.indices.filter { live[$0].method == question.method }
            let match =
                alike.first { isOfOneCall(question, live[$0], partners) }
                ?? alike.first { question.call == nil || live[$0].call == nil }
            if let match {
                foundAll(question, live.remove(at: match), partners)
            } else {
                lone(question, recorded: question.call, live: question.call.flatMap { partners[$0] })
            }
        }
        let origins = Dictionary(partners.map { ($1, $0) }, uniquingKeysWith: { $1 })
        for question in live {
            lone(question, isRecorded: false, recorded: question.call.flatMap { origins[$0] }, live: question.call)
        }
    }

    private func isFree(_ question: Asked, _ calls: [Int64: CallRow]) -> Bool {
        question.call.map { isFree($0, calls[$0]) } ?? isFree(question.row)
    }

    private func isOfOneCall(_ recorded: Asked, _ live: Asked, _ partners: [Int64: Int64]) -> Bool {
        recorded.call.map { partners[$0] } == live.call
    }

    private mutating func foundAll(_ recorded: Asked, _ live: Asked, _ partners: [Int64: Int64]) {
        for difference in differences(recorded, live) {
            var divergence = divergence(difference, .question)
            divergence.recordedCallID = recorded.call
            divergence.liveCallID = recorded.call.flatMap { partners[$0] }
            comparison.divergences.append(divergence)
        }
    }

    private mutating func lone(_ question: Asked, isRecorded: Bool = true, recorded: Int64?, live: Int64?) {
        var divergence = Divergence(
            .question, path: "questions[\(question.index)]", recorded: isRecorded ? question.text : nil,
            live: isRecorded ? nil : question.text)
        (divergence.recordedCallID, divergence.liveCallID) = (recorded, live)
        comparison.divergences.append(divergence)
    }

    private func asked(_ contents: SessionContents) throws(StoreFailure) -> [Asked] {
        var found: [Asked] = []
        for (call, rows) in contents.questions {
            for (index, row) in rows.enumerated() {
                let params = try contents.tree(of: row)?["params"]
                found.append(Asked(row: row, params: params, call: call == 0 ? nil : call, index: index))
            }
        }
        return found.sorted { $0.row.id < $1.row.id }
    }

    private func differences(_ recorded: Asked, _ live: Asked) -> [Difference] {
        var context = DifferenceContext(
            method: recorded.method, recordedNs: recorded.row.atNs, liveNs: live.row.atNs)
        context.place = .question(recorded.index)
        guard recorded.method == live.method else {
            let path = JSONPath.root.key("method")
            return [Difference(context, path, .string(recorded.method), .string(live.method))]
        }
        return TreeComparison.differences(
            recorded.params, live.params, at: JSONPath.root.key("params"), in: context)
    }
}
