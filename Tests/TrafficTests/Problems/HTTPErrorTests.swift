import Testing
import Traffic

struct HTTPErrorTests {
    @Test(arguments: [(500, "error", "the server failed"), (429, "error", "more than"), (307, "notice", "redirect")])
    func `A status of failure is told with what it means`(status: Int, severity: String, meaning: String) {
        var (play, call) = Play.called()
        play.answer(call, status)
        let lines = HTTPError.lines(play)
        #expect(lines.count == 1)
        #expect(lines.first?.hasPrefix("\(severity) x3 POST /mcp was answered \(status): ") == true)
        #expect(lines.first?.contains(meaning) == true)
    }

    @Test func `What a client tries before it gets through is none, and it is one where it never does`() {
        var play = Play()
        play.answer(play.post(1, "/sse", RPC.initialize()), 405)
        #expect(HTTPError.lines(play).count == 1)
        _ = play.beginSSE(1, 2, session: "5b1e")
        #expect(HTTPError.lines(play).isEmpty)
    }

    @Test func `GET and DELETE that a server does not offer are none`() {
        var play = Play()
        play.begin(1, session: "abc")
        play.answer(play.get(1, "/mcp", session: "abc"), 405)
        play.answer(play.delete(1, "/mcp", session: "abc"), 405)
        #expect(HTTPError.lines(play).isEmpty)
        play.answer(play.get(1, "/mcp", session: "abc"), 409)
        #expect(HTTPError.lines(play).count == 1)
    }

    @Test func `What the response says is quoted: the error in it, else its text`() {
        var (play, call) = Play.called()
        play.answer(call, 400, RPC.error("1", -32600))
        var facts = Rows(play).facts()
        for message in facts.messages where message.kind == .error { facts.said[message.id] = "no session" }
        #expect(HTTPError.find(in: facts).first?.text.contains(#"was answered 400 "no session": "#) == true)
        (play, call) = Play.called()
        play.answer(call, 500, "out of\r\norder")
        #expect(HTTPError.lines(play).first?.contains(#"was answered 500 "out of order": the server failed"#) == true)
    }

    @Test func `Requests outside sessions are somebody else's`() {
        var play = Play()
        play.answer(play.get(1, "/.well-known/x"), 404)
        #expect(HTTPError.lines(play, session: nil).isEmpty)
    }
}
