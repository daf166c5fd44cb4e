import Traffic
import WireFormats

/// What answered a call.
extension ComparisonRun {
    mutating func compareAnswers(_ pair: Pair, kind: Divergence.Kind) throws(StoreFailure) {
        guard let recorded = pair.recorded, let live = pair.live else { return }
        // A cancelled call may or may not have been answered before its server heard of it.
        if recorded.hasNoAnswer && live.hasNoAnswer { return }
        guard !recorded.hasNoAnswer, !live.hasNoAnswer, recorded.responseID != nil || live.responseID != nil else {
            return compareStatus(pair)
        }
        guard recorded.responseID != nil, live.responseID != nil else { return compareStatus(pair) }
        let (oldRounds, newRounds) = (old.answers[recorded.id] ?? [], new.answers[live.id] ?? [])
        guard let oldLast = oldRounds.last(where: { $0.id == recorded.responseID }),
            let newLast = newRounds.last(where: { $0.id == live.responseID })
        else { return compareStatus(pair) }
        try compareRounds(
            oldRounds.filter { $0.id != oldLast.id }, newRounds.filter { $0.id != newLast.id }, pair)
        let before = comparison.divergences.count
        try compare(answer: oldLast, newLast, pair, kind)
        if comparison.divergences.count == before { compareHTTP(pair) }
    }

    private mutating func compare(
        answer recorded: MessageRow, _ live: MessageRow, _ pair: Pair, _ kind: Divergence.Kind
    ) throws(StoreFailure) {
        let context = DifferenceContext(
            method: pair.recorded?.method ?? "", name: pair.recorded?.name, recordedNs: recorded.atNs,
            liveNs: live.atNs)
        let (oldTree, newTree) = (try old.tree(of: recorded), try new.tree(of: live))
        guard recorded.kind == live.kind else {
            let (oldPart, newPart) = (oldTree?.outcome, newTree?.outcome)
            return found(
                Divergence(
                    .error, path: JSONPath.root.description, recorded: oldPart.map(Self.words),
                    live: newPart.map(Self.words)), pair)
        }
        let key = recorded.kind == .error ? "error" : "result"
        let differences = TreeComparison.differences(
            oldTree?[key], newTree?[key], at: JSONPath.root.key(key), in: context)
        for difference in differences { found(difference, recorded.kind == .error ? .error : kind, pair) }
    }

    private static func words(_ part: (key: String, value: JSONTree)) -> String {
        "{\"\(part.key)\":\(part.value.text)}"
    }

    private mutating func compareRounds(
        _ recorded: [MessageRow], _ live: [MessageRow], _ pair: Pair
    ) throws(StoreFailure) {
        for (index, (one, other)) in zip(recorded, live).enumerated() {
            var context = DifferenceContext(
                method: pair.recorded?.method ?? "", name: pair.recorded?.name, recordedNs: one.atNs,
                liveNs: other.atNs)
            context.place = .round(index)
            let differences = TreeComparison.differences(
                try old.tree(of: one)?["result"], try new.tree(of: other)?["result"],
                at: JSONPath.root.key("result"), in: context)
            for difference in differences { found(difference, .question, pair) }
        }
        guard recorded.count != live.count else { return }
        found(
            Divergence(.question, path: "rounds", recorded: "\(recorded.count)", live: "\(live.count)"), pair)
    }

    private mutating func compareStatus(_ pair: Pair) {
        guard let recorded = pair.recorded, let live = pair.live else { return }
        if recorded.status == live.status { return compareHTTP(pair) }
        found(Divergence(.status, path: "status", recorded: words(recorded, old), live: words(live, new)), pair)
    }

    /// `unanswered (stream_cut)`, `unanswered (nothing_sent), HTTP 200 text/html`, `http_error 503: try later`
    private func words(_ call: CallRow, _ contents: SessionContents) -> String {
        let facts = contents.exchange(of: call)
        if call.status == .httpError, let facts, let status = facts.status {
            let text = facts.errorBody.flatMap { String(validating: $0, as: UTF8.self) } ?? ""
            return "http_error \(status)" + (text.isEmpty ? "" : ": \(text.prefix(Self.longestWords))")
        }
        let words = call.reason.map { "\(call.status.rawValue) (\($0.rawValue))" } ?? call.status.rawValue
        guard call.status == .unanswered, let facts, let status = facts.status, !facts.isStream else { return words }
        return "\(words), HTTP \(status)" + (facts.media.map { " \($0)" } ?? "")
    }

    private static let longestWords = 200

    mutating func compareParams(_ pair: Pair) throws(StoreFailure) {
        for difference in try paramsDifferences(pair) { found(difference, .params, pair) }
    }
}

extension JSONTree {
    /// The `result` or `error` of a response.
    fileprivate var outcome: (key: String, value: JSONTree)? {
        if let error = self["error"] { return ("error", error) }
        return self["result"].map { ("result", $0) }
    }
}
