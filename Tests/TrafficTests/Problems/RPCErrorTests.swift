import Testing
import Traffic

struct RPCErrorTests {
    @Test func `An error as the answer is told with its code`() {
        var (play, call) = Play.called()
        play.answer(call, 200, RPC.error("1", -32602))
        #expect(
            RPCError.lines(play) == [
                "warning x3 tools/call echo (id 1) was answered with error -32602: "
                    + "its parameters are wrong, or the name is unknown"
            ])
    }

    @Test func `What its message says is quoted, on one line and not for ever`() {
        var (play, call) = Play.called()
        play.answer(call, 200, RPC.error("1", -32000))
        var facts = Rows(play).facts()
        for message in facts.messages where message.kind == .error {
            facts.said[message.id] = "no such\n\tplace " + String(repeating: "x", count: 400)
        }
        let text = RPCError.find(in: facts).first?.text ?? ""
        #expect(text.hasPrefix("tools/call echo (id 1) was answered with error -32000 \"no such place xxx"))
        #expect(text.hasSuffix("xxx…\"") && text.count < 220)
    }

    @Test func `One with a status of failure is told as that`() {
        var (play, call) = Play.called()
        play.answer(call, 400, RPC.error("1", -32600))
        #expect(RPCError.lines(play).isEmpty && HTTPError.lines(play).count == 1)
    }

    @Test func `A client's refusal is a notice, and an attempt is none once the client got through`() {
        var play = Play()
        play.answer(play.post(1, "/mcp", RPC.request("0", "server/discover")), 200, RPC.error("0", -32601))
        #expect(RPCError.lines(play).count == 1)
        play.begin(1, session: "abc")
        let listening = play.get(2, "/mcp", session: "abc")
        play.stream(listening)
        play.event(listening, RPC.request("1", "roots/list"))
        play.accept(play.post(1, "/mcp", RPC.error("1", -1), session: "abc"))
        play.shutdown()
        #expect(
            RPCError.lines(play) == ["notice x4 roots/list (id 1) was answered with error -1"])
    }
}
