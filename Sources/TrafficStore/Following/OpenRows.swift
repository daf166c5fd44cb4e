/// The rows of a table that may yet change, with the stage in which each was seen last.
struct OpenRows: Sendable {
    private var stages: [Int64: Int64] = [:]
    /// In the order of asking; rows that are done are taken out now and then.
    private var order: [Int64] = []
    private var next = 0

    /// So many are asked for at a time.
    static let turn = 4000

    var ids: Dictionary<Int64, Int64>.Keys { stages.keys }

    /// The ids to look at this time: all of them, or the next in turn where they are very many. Rows of recordings that
    /// are `ending` all have their last turn.
    mutating func due(ending: Set<Int64> = []) -> [Int64] {
        if order.count > 2 * stages.count + 16 {
            order.removeAll { stages[$0] == nil }
            next = 0
        }
        let isWhole = order.count <= Self.turn
        let start = isWhole ? 0 : next % order.count
        let count = min(order.count, Self.turn)
        var due: [Int64] = []
        for place in start..<start + count {
            let id = order[place % order.count]
            if stages[id] != nil { due.append(id) }
        }
        next = start + count
        guard !isWhole, !ending.isEmpty else { return due }
        let inTurn = Set(due)
        return due + stages.keys.filter { ending.contains($0 >> 32) && !inTurn.contains($0) }.sorted()
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
