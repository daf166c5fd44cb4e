import Traffic
import WireFormats

/// What the server told unasked, in a call or on a listening stream.
extension ComparisonRun {
    private struct Told {
        let row: MessageRow
        let params: JSONTree?
        var method: String { row.method ?? "" }
    }

    mutating func compareNotifications(_ pair: Pair) throws(StoreFailure) {
        let recorded = try told(old, pair.recorded)
        let live = try told(new, pair.live)
        if recorded.count == live.count { return compareEqually(recorded, live, pair) }
        let soft = NotificationCounts.methods
        for method in soft.sorted() {
            let counts = [recorded, live].map { $0.filter { $0.method == method }.count }
            guard counts[0] != counts[1] else { continue }
            var difference = Difference(context(recorded.first, live.first, .notification(0)), JSONPath.root, nil, nil)
            difference.aspect = .count
            difference.method = method
            let mask = comparer.masks.name(of: difference, in: context)
            found(
                Divergence(
                    .notification, path: "notifications", recorded: "\(counts[0]) \(method)",
                    live: "\(counts[1]) \(method)", maskedBy: mask, difference: difference), pair)
        }
        let (oldHard, newHard) = (
            recorded.filter { !soft.contains($0.method) }, live.filter { !soft.contains($0.method) }
        )
        if oldHard.count == newHard.count { return compareEqually(oldHard, newHard, pair) }
        compareAligned(oldHard, newHard, pair)
    }

    private func told(_ contents: SessionContents, _ call: CallRow?) throws(StoreFailure) -> [Told] {
        var found: [Told] = []
        for row in contents.notifications[call?.id ?? 0] ?? [] {
            found.append(Told(row: row, params: try contents.tree(of: row)?["params"]))
        }
        return found
    }

    private func context(_ recorded: Told?, _ live: Told?, _ place: Difference.Place) -> DifferenceContext {
        var context = DifferenceContext(
            method: recorded?.method ?? live?.method ?? "", name: recorded?.row.name,
            recordedNs: recorded?.row.atNs ?? 0, liveNs: live?.row.atNs ?? 0)
        context.place = place
        return context
    }

    private func differences(_ recorded: Told, _ live: Told, at index: Int) -> [Difference] {
        let context = context(recorded, live, .notification(index))
        guard recorded.method == live.method else {
            return [
                Difference(
                    context, JSONPath.root.key("method"), .string(recorded.method), .string(live.method))
            ]
        }
        return TreeComparison.differences(
            recorded.params, live.params, at: JSONPath.root.key("params"), in: context)
    }

    /// As many on both sides: one by one, unless they are the same in another order.
    private mutating func compareEqually(_ recorded: [Told], _ live: [Told], _ pair: Pair) {
        let found = recorded.indices.map { differences(recorded[$0], live[$0], at: $0) }
        let wrong = found.indices.filter { !isSame(found[$0]) }
        if let first = wrong.first, wrong.count > 1, isPermutation(wrong, recorded, live) {
            let texts = [recorded, live].map { list in wrong.map { Self.text(list[$0]) }.joined(separator: ", ") }
            var difference = Difference(
                context(recorded[first], live[first], .notification(first)), JSONPath.root, nil, nil)
            difference.aspect = .order
            let mask = comparer.masks.name(of: difference, in: context)
            self.found(
                Divergence(
                    .notification, path: "notifications[\(first)]", recorded: "[\(texts[0])]", live: "[\(texts[1])]",
                    maskedBy: mask, difference: difference), pair)
            for index in found.indices where !wrong.contains(index) {
                for difference in found[index] { self.found(difference, .notification, pair) }
            }
            return
        }
        for difference in found.joined() { self.found(difference, .notification, pair) }
    }

    private func isPermutation(_ places: [Int], _ recorded: [Told], _ live: [Told]) -> Bool {
        var rest = places
        for place in places {
            guard let match = rest.firstIndex(where: { isSame(differences(recorded[place], live[$0], at: place)) })
            else { return false }
            rest.remove(at: match)
        }
        return true
    }

    /// More on one side: without what both begin and end with, what is left of either.
    private mutating func compareAligned(_ recorded: [Told], _ live: [Told], _ pair: Pair) {
        let common = min(recorded.count, live.count)
        let head = (0..<common).first { !isSame(differences(recorded[$0], live[$0], at: $0)) } ?? common
        let tail =
            (0..<(common - head)).first {
                let (one, other) = (recorded.count - 1 - $0, live.count - 1 - $0)
                return !isSame(differences(recorded[one], live[other], at: one))
            } ?? (common - head)
        for index in head..<(max(recorded.count, live.count) - tail) {
            let one = index < recorded.count - tail ? recorded[index] : nil
            let other = index < live.count - tail ? live[index] : nil
            if let one, let other {
                for difference in differences(one, other, at: index) { found(difference, .notification, pair) }
            } else {
                found(
                    Divergence(
                        .notification, path: "notifications[\(index)]", recorded: one.map(Self.text),
                        live: other.map(Self.text)), pair)
            }
        }
    }

    private static func text(_ told: Told) -> String {
        "{\"method\":\(JSONTree.string(told.method).text)"
            + (told.params.map { ",\"params\":\($0.text)" } ?? "") + "}"
    }
}
