import Testing

@testable import MCPTransports

@Suite struct DeadlineWheelTests {
    private final class Entry {}

    @Test(arguments: [0, 1, 3, 4, 5, 8, 17]) func `A deadline comes at its tick, however many rounds away`(delay: Int) {
        var wheel = DeadlineWheel<Entry>(slots: 4)
        let entry = Entry()
        wheel.set(entry, after: delay)
        for _ in 1..<max(1, delay) { #expect(wheel.advance().isEmpty) }
        #expect(wheel.advance().first === entry)
        #expect(wheel.isEmpty)
    }

    @Test func `An entry has one deadline, the last that was set, or none`() {
        var wheel = DeadlineWheel<Entry>(slots: 4)
        let (moved, removed) = (Entry(), Entry())
        wheel.set(moved, after: 1)
        wheel.set(removed, after: 2)
        wheel.set(moved, after: 3)
        wheel.remove(removed)
        wheel.remove(removed)
        #expect(wheel.advance().isEmpty)
        #expect(wheel.advance().isEmpty)
        #expect(wheel.advance().first === moved)
    }

    @Test func `Entries of one slot and different rounds do not come together`() {
        var wheel = DeadlineWheel<Entry>(slots: 2)
        let entries = [Entry(), Entry(), Entry()]
        for (index, entry) in entries.enumerated() { wheel.set(entry, after: 2 * index + 2) }
        let came = (1...6).map { _ in wheel.advance().count }
        #expect(came == [0, 1, 0, 1, 0, 1])
    }
}
