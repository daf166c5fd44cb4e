import Testing
import Traffic

struct LateAnswerTests {
    @Test func `An answer after the client left is a warning, one to a cancelled call a notice`() {
        var (play, call) = Play.called()
        play.end(call, by: .client, .fin)
        let listening = play.get(1, "/mcp", session: "abc")
        play.stream(listening)
        play.event(listening, RPC.result("1"))
        let second = play.post(2, "/mcp", RPC.call("2"), session: "abc")
        play.stream(second)
        play.accept(play.post(3, "/mcp", RPC.cancelled("2"), session: "abc"))
        play.event(second, RPC.result("2"))
        play.shutdown()
        let lines = LateAnswer.lines(play)
        #expect(lines.count == 2)
        #expect(
            lines.first?.hasPrefix("warning x3 tools/call echo (id 1) was answered after 8 ms, when nobody") == true)
        #expect(lines.last?.hasPrefix("notice x5 ") == true && lines.last?.hasSuffix(": it had been cancelled") == true)
    }

    @Test func `An answer in time is none`() {
        var (play, call) = Play.called()
        play.answer(call, 200, RPC.result("1"))
        #expect(LateAnswer.lines(play).isEmpty)
    }
}
