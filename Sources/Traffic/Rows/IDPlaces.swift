/// Which ids there are, and the place of each: a table of slots, searched from the id's own one on.
struct IDPlaces: Sendable {
    /// By place.
    private(set) var ids: [Int64] = []
    /// One more than a place; 0 where there is none. A power of two of them, half in use at most.
    private var slots: [UInt32] = Array(repeating: 0, count: 16)
    /// How far a spread id is shifted to give a slot.
    private var shift = 60

    init() {}

    func find(_ id: Int64) -> Int? {
        var slot = home(of: id)
        while slots[slot] != 0 {
            let place = Int(slots[slot]) - 1
            if ids[place] == id { return place }
            slot = next(slot)
        }
        return nil
    }

    /// Gives the last place to an id that is not there.
    mutating func append(_ id: Int64) {
        ids.append(id)
        guard ids.count * 2 <= slots.count else { return grow() }
        take(slotFor: id, place: ids.count - 1)
    }

    /// The id in the last place comes into the place that gets free.
    mutating func remove(at place: Int) {
        let freed = slot(of: place)
        let last = ids.count - 1
        if place != last { slots[slot(of: last)] = UInt32(place + 1) }
        ids.swapAt(place, last)
        ids.removeLast()
        close(freed)
    }

    mutating func removeAll() {
        guard !ids.isEmpty else { return }
        ids.removeAll(keepingCapacity: true)
        slots.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
    }

    /// Ids that follow each other are spread evenly. (Knuth, multiplicative hashing by the golden ratio)
    private func home(of id: Int64) -> Int {
        Int((UInt64(bitPattern: id) &* 0x9E37_79B9_7F4A_7C15) >> UInt64(shift))
    }

    private func next(_ slot: Int) -> Int { (slot + 1) & (slots.count - 1) }

    private func slot(of place: Int) -> Int {
        var slot = home(of: ids[place])
        while slots[slot] != UInt32(place + 1) { slot = next(slot) }
        return slot
    }

    private mutating func take(slotFor id: Int64, place: Int) {
        var slot = home(of: id)
        while slots[slot] != 0 { slot = next(slot) }
        slots[slot] = UInt32(place + 1)
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        shift -= 1
        for place in ids.indices { take(slotFor: ids[place], place: place) }
    }

    /// Moves up what a search would no longer reach across the empty slot.
    private mutating func close(_ freed: Int) {
        var hole = freed
        var slot = next(hole)
        while slots[slot] != 0 {
            let home = home(of: ids[Int(slots[slot]) - 1])
            let mask = slots.count - 1
            if (slot - home) & mask >= (slot - hole) & mask {
                slots[hole] = slots[slot]
                hole = slot
            }
            slot = next(slot)
        }
        slots[hole] = 0
    }
}
