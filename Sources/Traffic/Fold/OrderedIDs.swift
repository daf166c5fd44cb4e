/// Row ids in their order, each once. One of very many is found and taken out without asking the others.
struct OrderedIDs: Sendable {
    private(set) var ids: [Int64] = []

    init() {}

    var isEmpty: Bool { ids.isEmpty }
    var count: Int { ids.count }
    var first: Int64? { ids.first }

    func contains(_ id: Int64) -> Bool {
        let place = place(of: id)
        return place < ids.count && ids[place] == id
    }

    /// The first id that is in both.
    func first(in other: OrderedIDs) -> Int64? {
        let (fewer, more) = ids.count < other.ids.count ? (self, other) : (other, self)
        return fewer.ids.first { more.contains($0) }
    }

    mutating func insert(_ id: Int64) {
        guard let last = ids.last, last >= id else { return ids.append(id) }
        let place = place(of: id)
        if ids[place] != id { ids.insert(id, at: place) }
    }

    mutating func remove(_ id: Int64) {
        let place = place(of: id)
        if place < ids.count, ids[place] == id { ids.remove(at: place) }
    }

    /// How many are before it.
    private func place(of id: Int64) -> Int {
        var (low, high) = (0, ids.count)
        while low < high {
            let middle = (low + high) / 2
            if ids[middle] < id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
