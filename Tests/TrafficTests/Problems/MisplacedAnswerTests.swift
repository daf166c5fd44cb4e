import Testing
import Traffic

struct MisplacedAnswerTests {
    @Test func `An answer on another stream than its own is told, one on a resumed stream is not`() {
        var (play, call) = Play.called()
        play.stream(call)
        let listening = play.get(1, "/mcp", session: "abc")
        play.stream(listening)
        var resumed = play
        play.event(listening, RPC.result("1"))
        #expect(MisplacedAnswer.lines(play).map { $0.prefix(38) } == ["warning x3 tools/call echo (id 1) was "])
        resumed.event(call, "", id: "p0")
        resumed.end(call)
        let again = resumed.get(2, "/mcp", session: "abc", lastEventID: "p0")
        resumed.stream(again)
        resumed.event(again, RPC.result("1"))
        #expect(MisplacedAnswer.lines(resumed).isEmpty)
    }
}
