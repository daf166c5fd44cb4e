import Testing
import Traffic

struct CallUnansweredTests {
    @Test(arguments: [
        (Peer.server, EndReason.complete, "error", "came to its end without an answer"),
        (.server, .fin, "error", "was cut on the server's side"),
        (.client, .fin, "warning", "the client closed before"),
    ])
    func `A call without an answer is told with its reason`(by: Peer, reason: EndReason, severity: String, why: String)
    {
        var (play, call) = Play.called()
        play.stream(call)
        play.end(call, by: by, reason)
        let lines = CallUnanswered.lines(play)
        #expect(lines.count == 1)
        #expect(lines.first?.hasPrefix("\(severity) x3 tools/call echo (id 1) was never answered: ") == true)
        #expect(lines.first?.contains(why) == true)
    }

    @Test func `A server's request that the client never answered is a warning`() {
        var play = Play()
        play.begin(1, session: "abc")
        let listening = play.get(2, "/mcp", session: "abc")
        play.stream(listening)
        play.event(listening, RPC.request("1", "ping"))
        play.answer(play.delete(1, "/mcp", session: "abc"), 200)
        #expect(
            CallUnanswered.lines(play) == [
                "warning x3 ping (id 1) was never answered: the client ended the session without answering"
            ])
    }

    @Test func `Answered, cancelled and pending calls are none`() {
        var (play, call) = Play.called()
        play.answer(call, 200, RPC.result("1"))
        _ = play.post(2, "/mcp", RPC.call("2"), session: "abc")
        _ = play.post(3, "/mcp", RPC.call("3"), session: "abc")
        play.accept(play.post(1, "/mcp", RPC.cancelled("3"), session: "abc"))
        play.shutdown()
        #expect(CallUnanswered.lines(play).isEmpty)
    }
}
