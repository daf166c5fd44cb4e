import Testing
import Traffic

struct ProxyAnswerTests {
    @Test func `What the proxy answered itself is told with its status`() {
        var (play, call) = Play.called()
        play.edit(call, Edit(place: .response, what: "answer", from: nil, to: "502 cannot reach 127.0.0.1:9"))
        play.end(call, by: .recorder, .httpError)
        #expect(
            ProxyAnswer.lines(play) == [
                "error x3 the proxy itself answered POST /mcp with 502 cannot reach 127.0.0.1:9: "
                    + "check that the server runs and that --target names it"
            ])
        #expect(HTTPError.lines(play).isEmpty && CallUnanswered.lines(play).isEmpty)
    }

    @Test(arguments: ["502 x does not speak TLS; is it an http:// server?", "502 y is not trusted; pass --insecure"])
    func `An answer that says what to do is not told what to do`(_ answer: String) {
        var (play, call) = Play.called()
        play.edit(call, Edit(place: .response, what: "answer", from: nil, to: answer))
        play.end(call, by: .recorder, .httpError)
        #expect(ProxyAnswer.lines(play) == ["error x3 the proxy itself answered POST /mcp with \(answer)"])
    }

    @Test func `A refused request without a session is told too`() {
        var play = Play()
        let exchange = play.get(1, "/mcp")
        play.edit(exchange, Edit(place: .response, what: "answer", from: nil, to: "421 foreign host"))
        play.end(exchange, by: .recorder, .httpError)
        #expect(ProxyAnswer.lines(play, session: nil).count == 1)
    }

    @Test func `A server's own error is none`() {
        var (play, call) = Play.called()
        play.answer(call, 502)
        #expect(ProxyAnswer.lines(play).isEmpty)
    }
}
