import Testing
import Traffic

struct UnexpectedAnswerTests {
    @Test func `An answer to an id that nobody waits for is told`() {
        var (play, call) = Play.called()
        play.stream(call)
        play.event(call, RPC.result("99"))
        play.event(call, RPC.result("1"))
        play.event(call, RPC.error("1", -32603))
        play.end(call)
        play.accept(play.post(1, "/mcp", RPC.result(#""s""#), session: "abc"))
        let lines = UnexpectedAnswer.lines(play)
        #expect(
            lines.map { $0.prefix(58) } == [
                "warning x3 the server answered a request with id 99 that n",
                "warning x3 the server answered a request with id 1 that no",
                "warning x4 the client answered a request with id \"s\" that ",
            ])
    }

    @Test func `Duplicates, late answers and errors without an id are none`() {
        var (play, call) = Play.called()
        play.stream(call)
        play.event(call, RPC.result("1"))
        play.event(call, RPC.result("1"))
        play.event(call, RPC.error("null", -32600))
        play.end(call)
        let gone = play.post(2, "/mcp", RPC.call("2"), session: "abc")
        play.end(gone, by: .client, .fin)
        let listening = play.get(2, "/mcp", session: "abc")
        play.stream(listening)
        play.event(listening, RPC.result("2"))
        #expect(UnexpectedAnswer.lines(play).isEmpty)
    }
}
