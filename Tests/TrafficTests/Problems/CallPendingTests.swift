import Testing
import Traffic

struct CallPendingTests {
    @Test func `A call that waits when the recording ends is told with how long`() {
        var (play, _) = Play.called()
        play.shutdown()
        let lines = CallPending.lines(play)
        #expect(lines.count == 1)
        #expect(lines.first?.hasPrefix("notice x3 tools/call echo (id 1) had waited for 599") == true)
    }

    @Test func `While the recording runs nothing is told`() {
        #expect(CallPending.lines(Play.called().play, endedNs: nil).isEmpty)
    }
}
