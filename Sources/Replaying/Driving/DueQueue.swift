/// Numbers with the times at which they are due, the earliest first; of one time, the smallest.
struct DueQueue: Sendable {
    private struct Entry: Comparable {
        var due: Int64
        var number: Int

        static func < (left: Entry, right: Entry) -> Bool {
            left.due == right.due ? left.number < right.number : left.due < right.due
        }
    }

    /// A binary heap.
    private var entries: [Entry] = []

    /// When the first is due; `.max` for never.
    var next: Int64 { entries.first?.due ?? .max }

    mutating func add(_ number: Int, due: Int64) {
        entries.append(Entry(due: due, number: number))
        var child = entries.count - 1
        while child > 0, entries[child] < entries[(child - 1) / 2] {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Takes out the first, where that is due.
    mutating func take(at now: Int64) -> Int? {
        guard let first = entries.first, first.due <= now else { return nil }
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        var parent = 0
        while true {
            let children = (2 * parent + 1..<2 * parent + 3).filter { $0 < entries.count }
            guard let child = children.min(by: { entries[$0] < entries[$1] }), entries[child] < entries[parent] else {
                break
            }
            entries.swapAt(child, parent)
            parent = child
        }
        return first.number
    }

    mutating func removeAll() { entries = [] }
}
