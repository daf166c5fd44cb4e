/// The rows of a table that may yet change, with the stage in which each was seen last.
struct OpenRows: Sendable {
    private var stages: [Int64: Int64] = [:]
    /// In the order of asking; rows that are done are taken out now and then.
    private var order: [Int64] = []
    private var next = 0

    /// So many are asked for at a time.
    static let turn = 4000

    var ids: Dictionary<Int64, Int64>.Keys { stages.keys }

    /// The ids to look at this time: all of them, or the next in turn where they are very many.
    mutating func due() -> [Int64] {
        if order.count > 2 * stages.count + 16 {
            order.removeAll { stages[$0] == nil }
            next = 0
        }
        if next >= order.count { next = 0 }
        let end = min(order.count, next + Self.turn)
        defer { next = end }
        return order[next..<end].filter { stages[$0] != nil }
    }

    /// The stage before this one, or nil where the row was not known.
    mutating func note(_ id: Int64, stage: Int64, isLast: Bool) -> Int64? {
        let before = stages[id]
        if isLast {
            stages[id] = nil
        } else {
            if before == nil { order.append(id) }
            stages[id] = stage
        }
        return before
    }

    mutating func forget(recording: Int64) {
        order.removeAll { $0 >> 32 == recording }
        stages = stages.filter { $0.key >> 32 != recording }
        next = 0
    }
}
