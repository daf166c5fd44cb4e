import Testing

@testable import InspectCommands

struct PollingPaceTests {
    @Test func `it slows down while nothing happens and is quick again when something does`() {
        var pace = PollingPace()
        #expect(pace.next(foundSomething: true, took: .zero) == .milliseconds(50))
        var last = Duration.zero
        for _ in 0..<10 {
            let wait = pace.next(foundSomething: false, took: .zero)
            #expect(wait >= last && wait <= .milliseconds(250))
            last = wait
        }
        #expect(last == .milliseconds(250))
        #expect(pace.next(foundSomething: true, took: .zero) == .milliseconds(50))
    }

    @Test func `looks that take long are made less often`() {
        var pace = PollingPace()
        #expect(pace.next(foundSomething: true, took: .milliseconds(40)) == .milliseconds(160))
        #expect(pace.next(foundSomething: true, took: .seconds(5)) == .milliseconds(250))
    }
}
