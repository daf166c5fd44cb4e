import WireFormats

/// The places in which two JSON values differ, each as deep as it goes.
///
/// The order of members, the spelling of numbers and of escapes are no difference. Strings that are JSON objects or
/// arrays on both sides are compared as such (`→$`). Lists of things that have names are compared by name; other
/// lists element by element, and where one is longer, without what both begin and end with.
struct TreeComparison {
    private let context: DifferenceContext
    private(set) var differences: [Difference] = []
    /// Comparing stops after so many: by then the two have nothing in common.
    private let limit = 1000

    static func differences(
        _ recorded: JSONTree?, _ live: JSONTree?, at path: JSONPath, in context: DifferenceContext
    ) -> [Difference] {
        var comparison = TreeComparison(context: context)
        comparison.compare(recorded, live, path)
        return comparison.differences
    }

    private init(context: DifferenceContext) { self.context = context }

    private mutating func compare(_ recorded: JSONTree?, _ live: JSONTree?, _ path: JSONPath) {
        guard recorded != live, differences.count < limit else { return }
        guard let recorded, let live else { return note(path, recorded, live) }
        switch (recorded, live) {
        case (.object(let old), .object(let new)): compare(members: old, new, path)
        case (.array(let old), .array(let new)): compare(elements: old, new, path)
        case (.string, .string):
            guard let old = recorded.inner, let new = live.inner else { return note(path, recorded, live) }
            compare(old, new, path.appending(.text))
        default: note(path, recorded, live)
        }
    }

    private mutating func note(_ path: JSONPath, _ recorded: JSONTree?, _ live: JSONTree?) {
        differences.append(Difference(context, path, recorded, live))
    }

    private mutating func compare(members old: [JSONTree.Member], _ new: [JSONTree.Member], _ path: JSONPath) {
        let live = Dictionary(new.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
        let recorded = Dictionary(old.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
        var seen: Set<String> = []
        for key in old.map(\.key) + new.map(\.key) where seen.insert(key).inserted {
            compare(recorded[key], live[key], path.key(key))
        }
    }

    private mutating func compare(elements old: [JSONTree], _ new: [JSONTree], _ path: JSONPath) {
        if let key = NamedList.key(of: path), let names = NamedList(old, new, by: key) {
            return compare(names, old, new, path)
        }
        if old.count == new.count {
            for index in old.indices { compare(old[index], new[index], path.index(index)) }
            return
        }
        let common = min(old.count, new.count)
        let head = (0..<common).first { old[$0] != new[$0] } ?? common
        let tail =
            (0..<(common - head)).first { old[old.count - 1 - $0] != new[new.count - 1 - $0] } ?? (common - head)
        let (oldRest, newRest) = (old.count - head - tail, new.count - head - tail)
        for index in head..<(head + max(oldRest, newRest)) {
            let inOld = index < head + oldRest ? old[index] : nil
            let inNew = index < head + newRest ? new[index] : nil
            compare(inOld, inNew, path.index(index))
        }
    }

    private mutating func compare(_ names: NamedList, _ old: [JSONTree], _ new: [JSONTree], _ path: JSONPath) {
        for (oldIndex, newIndex) in names.pairs {
            compare(old[oldIndex], new[newIndex], path.index(oldIndex))
        }
        for index in names.missing { note(path.index(index), old[index], nil) }
        for index in names.extra { note(path.index(index), nil, new[index]) }
        guard !names.isInOrder else { return }
        var order = Difference(context, path, .array(names.recordedNames), .array(names.liveNames))
        order.aspect = .order
        differences.append(order)
    }
}
