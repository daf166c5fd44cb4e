import TestSupport
import Testing

@testable import Traffic

struct OrderedIDsTests {
    @Test(arguments: 0..<20)
    func `it is a set in order, whatever comes and goes`(seed: Int) {
        var random = SeededGenerator(seed)
        var known: Set<Int64> = []
        var ids = OrderedIDs()
        for _ in 0..<300 {
            let id = Int64.random(in: 0..<40, using: &random)
            if Bool.random(using: &random) {
                known.insert(id)
                ids.insert(id)
            } else {
                known.remove(id)
                ids.remove(id)
            }
            #expect(ids.ids == known.sorted() && ids.count == known.count && ids.isEmpty == known.isEmpty)
            #expect(ids.first == known.min() && ids.contains(id) == known.contains(id))
        }
    }

    @Test func `the first that two have in common is found from either`() {
        var (few, many) = (OrderedIDs(), OrderedIDs())
        for id in [3, 8, 9] as [Int64] { few.insert(id) }
        for id in 4..<100 as Range<Int64> { many.insert(id) }
        #expect(few.first(in: many) == 8 && many.first(in: few) == 8)
        many.remove(8)
        #expect(few.first(in: many) == 9)
        #expect(few.first(in: OrderedIDs()) == nil && OrderedIDs().first(in: few) == nil)
    }
}
