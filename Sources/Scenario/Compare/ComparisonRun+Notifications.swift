import Traffic
import WireFormats

/// What the server told unasked, in a call or on a listening stream.
extension ComparisonRun {
    private struct Told {
        let row: MessageRow
        let params: JSONTree?
        var method: String { row.method ?? "" }
    }

    private struct Content: Hashable {
        let method: String
        let params: JSONTree?

        init(_ told: Told) { (method, params) = (told.method, told.params) }
    }

    mutating func compareNotifications(_ pair: Pair) throws(StoreFailure) {
        let (recorded, live) = withoutFree(try told(old, pair.recorded), try told(new, pair.live), pair)
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

    /// Both without what may or may not come again: where it came, its order is not looked at.
    private mutating func withoutFree(_ recorded: [Told], _ live: [Told], _ pair: Pair) -> ([Told], [Told]) {
        let isFree = recorded.map { told in
            pair.recorded.map { self.isFree($0.id, pair.live) } ?? self.isFree(told.row)
        }
        guard isFree.contains(true) else { return (recorded, live) }
        var rest = Array(live.indices)
        var came: Set<Int> = []
        // What is expected has the first choice.
        for index in recorded.indices.filter({ !isFree[$0] }) + recorded.indices.filter({ isFree[$0] }) {
            let found = rest.firstIndex { isSame(differences(recorded[index], live[$0], at: index)) }
            guard let found else { continue }
            let match = rest.remove(at: found)
            guard isFree[index] else { continue }
            came.insert(match)
            for difference in differences(recorded[index], live[match], at: index) {
                self.found(difference, .notification, pair)
            }
        }
        return (
            recorded.indices.filter { !isFree[$0] }.map { recorded[$0] },
            live.indices.filter { !came.contains($0) }.map { live[$0] }
        )
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
        let counts = [recorded, live].map { list in
            Dictionary(places.map { (Content(list[$0]), 1) }, uniquingKeysWith: +)
        }
        if counts[0] == counts[1] { return true }
        // Where masks have to say what is the same, each is compared with each.
        guard places.count <= 300 else { return false }
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
