import Testing

@testable import TrafficStore

@Suite struct RowFrontierTests {
    private func id(_ number: Int64, _ recording: Int64 = 3) -> Int64 { recording << 32 | number }

    @Test func `at first all of a recording is to be read`() {
        let stretches = RowFrontier().stretches(of: 3)
        #expect(stretches.map(\.after) == [id(0) - 1, id(1 << 31) - 1])
        #expect(stretches.map(\.through) == [id(1 << 31) - 1, id(0, 4) - 1])
    }

    @Test func `what was read is not to be read again, in that recording and half`() {
        var frontier = RowFrontier()
        frontier.pass(id(1))
        frontier.pass(id(2))
        frontier.pass(id(1 << 31))
        #expect(frontier.stretches(of: 3).map(\.after) == [id(2), id(1 << 31)])
        #expect(frontier.stretches(of: 4) == RowFrontier().stretches(of: 4))
        #expect(frontier.leftOut().isEmpty)
    }

    @Test func `numbers left out are asked for until they are found`() {
        var frontier = RowFrontier()
        for number: Int64 in [1, 4, 6] { frontier.pass(id(number)) }
        #expect(frontier.leftOut() == [id(2), id(3), id(5)])
        frontier.found(id(3))
        #expect(frontier.leftOut() == [id(2), id(5)])
    }

    @Test func `numbers that never come are not asked for for ever`() {
        var frontier = RowFrontier()
        frontier.pass(id(1))
        frontier.pass(id(3))
        for _ in 0..<RowFrontier.turns { #expect(frontier.leftOut() == [id(2)]) }
        #expect(frontier.leftOut().isEmpty)
    }

    @Test func `what was passed over is no gap`() {
        var frontier = RowFrontier()
        frontier.skip(to: id(40))
        frontier.pass(id(41))
        frontier.pass(id(42 + RowFrontier.widestHole))
        #expect(frontier.leftOut().isEmpty)
    }

    @Test func `however many are left out, what is kept of them is bounded`() {
        var frontier = RowFrontier()
        for number in 1...5000 { frontier.pass(id(Int64(number) * 2)) }
        #expect(frontier.leftOut().count == 1024)
    }

    @Test func `a recording that is forgotten leaves nothing`() {
        var frontier = RowFrontier()
        frontier.pass(id(1))
        frontier.pass(id(3))
        frontier.pass(id(1, 4))
        frontier.forget(recording: 3)
        #expect(frontier.leftOut().isEmpty)
        #expect(frontier.stretches(of: 3) == RowFrontier().stretches(of: 3))
        #expect(frontier.stretches(of: 4).first?.after == id(1, 4))
    }
}
