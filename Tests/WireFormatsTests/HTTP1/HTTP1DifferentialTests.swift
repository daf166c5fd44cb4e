import Testing
import WireFormats

@Suite struct HTTP1DifferentialTests {
    @Test func `requests are read as SwiftNIO reads them but for listed differences`() {
        let listed = Set(FramingDifference.all.flatMap(\.requests))
        for request in DifferentialCorpus.all {
            let ours = ReadRequests(strict: request.text)
            let theirs = ReadRequests(nio: request.text)
            let isListed = listed.contains(request.name)
            #expect((ours != theirs) == isListed, "\(request.name): ours \(ours); SwiftNIO's \(theirs)")
        }
    }

    @Test func `every listed difference is about a request of the corpus and listed once`() {
        let names = DifferentialCorpus.all.map(\.name)
        let listed = FramingDifference.all.flatMap(\.requests)
        #expect(Set(names).count == names.count)
        #expect(Set(listed).count == listed.count)
        #expect(Set(listed).isSubset(of: names))
        #expect(FramingDifference.all.allSatisfy { $0.clause.hasPrefix("RFC") && !$0.requests.isEmpty })
    }

    @Test func `the corpus has requests that both read and requests that both refuse`() {
        let common = DifferentialCorpus.all.map { ReadRequests(strict: $0.text) }
        #expect(common.count { !$0.isRefused && $0.requests.count == 2 } > 30)
        #expect(common.count { $0.isRefused } > 300)
    }
}
