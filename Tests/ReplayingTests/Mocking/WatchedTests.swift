import Testing

@testable import Replaying

@Suite(.timeLimit(.minutes(1)))
struct WatchedTests {
    @Test func `whoever waits goes on when the value is what was waited for`() async {
        let watched = Watched(0)
        async let hasCome = watched.wait(atMost: nil) { $0 == 2 }
        watched.with { $0 = 1 }
        watched.with { $0 = 2 }
        #expect(await hasCome)
    }

    @Test func `patience ends, and so does a cancelled task`() async {
        let watched = Watched(0)
        #expect(await watched.wait(atMost: .milliseconds(1)) { $0 == 1 } == false)
        let waiting = Task { await watched.wait(atMost: nil) { $0 == 1 } }
        waiting.cancel()
        #expect(await waiting.value == false)
    }
}
