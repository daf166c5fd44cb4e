/// How far the rows of a table were read in each recording.
///
/// Ids count up within a recording, so whatever was committed since is beyond the last id. Numbers of exchanges are
/// given by several threads and may come to the store in another order by a few: those left out are asked for a while
/// longer. Exchanges that the recorder had to number itself count up from the middle of the range.
struct RowFrontier: Sendable {
    /// Ids after `after`, up to and with `through`.
    struct Stretch: Sendable, Hashable {
        var after: Int64
        var through: Int64
    }

    private struct Hole: Sendable {
        let id: Int64
        var turns: Int
    }

    private var last: [Int64: Int64] = [:]
    private var holes: [Hole] = []

    /// More numbers left out at once are no disorder.
    static let widestHole: Int64 = 64
    /// So often a number that was left out is asked for.
    static let turns = 100
    private static let mostHoles = 1024

    /// What is still to be read of a recording: of both halves of its range.
    func stretches(of recording: Int64) -> [Stretch] {
        [recording << 1, recording << 1 | 1].map { half in
            Stretch(after: last[half] ?? (half << 31 - 1), through: (half + 1) << 31 - 1)
        }
    }

    /// Everything up to this id is read.
    mutating func skip(to id: Int64) { last[id >> 31] = max(last[id >> 31] ?? id, id) }

    /// This id was read, in the order of ids.
    mutating func pass(_ id: Int64) {
        let half = id >> 31
        let before = last[half] ?? (half << 31)
        if before < id, id - before <= Self.widestHole, before >= half << 31 {
            for missing in (before + 1)..<id where missing & 0x7FFF_FFFF != 0 {
                holes.append(Hole(id: missing, turns: Self.turns))
            }
            if holes.count > Self.mostHoles { holes.removeFirst(holes.count - Self.mostHoles) }
        }
        last[half] = max(before, id)
    }

    /// The ids that were left out so far; each is given a limited number of times.
    mutating func leftOut() -> [Int64] {
        for index in holes.indices { holes[index].turns -= 1 }
        let due = holes.map(\.id)
        holes.removeAll { $0.turns <= 0 }
        return due
    }

    mutating func found(_ id: Int64) { holes.removeAll { $0.id == id } }

    mutating func forget(recording: Int64) {
        last[recording << 1] = nil
        last[recording << 1 | 1] = nil
        holes.removeAll { $0.id >> 32 == recording }
    }
}
