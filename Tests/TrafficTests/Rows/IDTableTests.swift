import TestSupport
import Testing

@testable import Traffic

struct IDTableTests {
    @Test(arguments: 0..<20) func `A table holds what a dictionary holds, whatever is done to both`(seed: Int) {
        var random = SeededGenerator(seed)
        var table = IDTable<[Int]>()
        var dictionary: [Int64: [Int]] = [:]
        // Few ids, so that each comes and goes; some far apart, as those of two recordings are.
        let ids = (0..<40).map { Int64.random(in: 1...3, using: &random) << 32 | Int64($0) }
        for step in 0..<2000 {
            let id = ids[Int.random(in: 0..<ids.count, using: &random)]
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                table[id] = [step]
                dictionary[id] = [step]
            case 1:
                table[id]?.append(step)
                dictionary[id]?.append(step)
            case 2: #expect(table.removeValue(forKey: id) == dictionary.removeValue(forKey: id))
            default:
                if let place = table.index(forKey: id) { table.values[place].append(step) }
                dictionary[id]?.append(step)
            }
            #expect(table[id] == dictionary[id])
            #expect(table.count == dictionary.count)
        }
        #expect(table.keys.sorted() == dictionary.keys.sorted())
        #expect(ids.allSatisfy { table[$0] == dictionary[$0] })
    }

    @Test func `A copy of a table does not change with it`() {
        var table = IDTable<[Int]>()
        for id in 0..<100 { table[id] = [id] }
        let copy = table
        table[7]?.append(8)
        table.removeValue(forKey: 9)
        #expect(copy[7] == [7])
        #expect(copy[9] == [9])
        #expect(table[7] == [7, 8])
        #expect(table[9] == nil)
    }

    @Test func `What is put in as nil is removed`() {
        var table = IDTable<Int>()
        table[1] = 1
        table[1] = nil
        table[2] = nil
        #expect(table.isEmpty)
    }

    @Test(arguments: 0..<10) func `A set of ids holds what a set holds`(seed: Int) {
        var random = SeededGenerator(seed)
        var ids = IDSet()
        var set: Set<Int64> = []
        for _ in 0..<1000 {
            let id = Int64.random(in: 0..<200, using: &random)
            if Bool.random(using: &random) {
                ids.insert(id)
                set.insert(id)
            } else {
                #expect(ids.remove(id) == set.remove(id))
            }
            #expect(ids.contains(id) == set.contains(id))
        }
        #expect(ids.sorted() == set.sorted())
        ids.removeAll()
        #expect(ids.isEmpty)
        #expect(set.allSatisfy { !ids.contains($0) })
    }
}
