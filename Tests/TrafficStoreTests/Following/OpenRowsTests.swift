import Testing

@testable import TrafficStore

@Suite struct OpenRowsTests {
    @Test func `a row is looked at until its last stage`() {
        var rows = OpenRows()
        #expect(rows.note(7, stage: 0, isLast: false) == nil)
        #expect(rows.due() == [7])
        #expect(rows.note(7, stage: 1, isLast: false) == 0)
        #expect(rows.note(7, stage: 5, isLast: true) == 1)
        #expect(rows.due().isEmpty && rows.ids.isEmpty)
    }

    @Test func `a row that is done at once is never looked at`() {
        var rows = OpenRows()
        #expect(rows.note(7, stage: 5, isLast: true) == nil)
        #expect(rows.due().isEmpty)
    }

    @Test func `of very many rows each has its turn`() {
        var rows = OpenRows()
        let count = 3 * OpenRows.turn - 10
        for id in 0..<count { _ = rows.note(Int64(id), stage: 0, isLast: false) }
        var seen: Set<Int64> = []
        for _ in 0..<3 {
            let due = rows.due()
            #expect(due.count <= OpenRows.turn)
            seen.formUnion(due)
        }
        let missing = Set((0..<count).map(Int64.init)).subtracting(seen)
        #expect(missing.isEmpty)
    }

    @Test func `rows that come in between keep no other from its turn`() {
        var rows = OpenRows()
        for id: Int64 in 0..<20 {
            _ = rows.note(id, stage: 0, isLast: false)
            #expect(rows.due() == Array(0...id))
        }
    }

    @Test func `rows of a recording that ends are looked at whoever's turn it is`() {
        var rows = OpenRows()
        for id in 0..<2 * OpenRows.turn { _ = rows.note(Int64(1 + id % 2) << 32 | Int64(id), stage: 0, isLast: false) }
        let due = rows.due(ending: [2])
        #expect(due.count { $0 >> 32 == 2 } == OpenRows.turn)
        #expect(Set(due).count == due.count)
    }

    @Test func `rows that come and go leave nothing behind`() {
        var rows = OpenRows()
        for id in 0..<1000 {
            _ = rows.note(Int64(id), stage: 0, isLast: false)
            #expect(rows.due() == [Int64(id)])
            _ = rows.note(Int64(id), stage: 4, isLast: true)
        }
        #expect(rows.due().isEmpty)
    }

    @Test func `rows of a recording that is forgotten are looked at no more`() {
        var rows = OpenRows()
        _ = rows.note(1 << 32 | 1, stage: 0, isLast: false)
        _ = rows.note(2 << 32 | 1, stage: 0, isLast: false)
        rows.forget(recording: 1)
        #expect(rows.due() == [2 << 32 | 1])
    }
}
