/// Deadlines of many objects in a ring of slots: setting, moving and removing one costs the same however many there are.
///
/// Time is counted in ticks. A deadline further away than the ring is long waits in its slot for as many rounds.
struct DeadlineWheel<Entry: AnyObject> {
    private struct Item {
        let entry: Entry
        let tick: Int
    }

    private var slots: [[ObjectIdentifier: Item]]
    private var ticks: [ObjectIdentifier: Int] = [:]
    private(set) var now = 0

    /// - Parameter slots: How many ticks a round has.
    init(slots: Int = 64) {
        self.slots = Array(repeating: [:], count: slots)
    }

    /// Whether nothing has a deadline.
    var isEmpty: Bool { ticks.isEmpty }

    /// Sets the only deadline of an entry, so many ticks from now, at least one.
    mutating func set(_ entry: Entry, after delay: Int) {
        remove(entry)
        let tick = now + max(1, delay)
        ticks[ObjectIdentifier(entry)] = tick
        slots[tick % slots.count][ObjectIdentifier(entry)] = Item(entry: entry, tick: tick)
    }

    /// Takes the deadline of an entry back, if it has one.
    mutating func remove(_ entry: Entry) {
        let key = ObjectIdentifier(entry)
        guard let tick = ticks.removeValue(forKey: key) else { return }
        slots[tick % slots.count][key] = nil
    }

    /// A tick has passed. Gives those whose deadline it was, which have none any more.
    mutating func advance() -> [Entry] {
        now += 1
        let slot = now % slots.count
        guard slots[slot].values.contains(where: { $0.tick == now }) else { return [] }
        let due = slots[slot].values.filter { $0.tick == now }.map(\.entry)
        for entry in due { remove(entry) }
        return due
    }
}
