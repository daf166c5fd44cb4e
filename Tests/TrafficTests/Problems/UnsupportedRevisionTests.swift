import Testing
import Traffic

struct UnsupportedRevisionTests {
    private func kinds(_ play: Play) -> [String] {
        var play = play
        play.shutdown()
        return AllProblems.find(in: Rows(play).facts()).map(\.kind)
    }

    @Test func `A refused revision is told once`() {
        var play = Play()
        play.answer(play.ask(1, Modern.call("1")), 400, Modern.error("1", -32022))
        #expect(kinds(play) == ["revision-unsupported"])
    }

    @Test func `An attempt of a client that got through is not told`() {
        var play = Play()
        play.answer(play.ask(1, Modern.discover(), "server/discover"), 400, Modern.error("0", -32022))
        #expect(kinds(play) == ["revision-unsupported"])
        play.call(1, "1")
        #expect(kinds(play).isEmpty)
    }

    @Test func `A status beside an error that says the same is not told by itself`() {
        var play = Play()
        play.call(1, "1")
        play.answer(play.ask(1, Modern.request("2", "nothing"), "nothing"), 404, Modern.error("2", -32601))
        play.answer(play.get(1, "/mcp"), 405)
        play.answer(play.request(1, "DELETE", "/mcp"), 405)
        #expect(kinds(play) == ["rpc-error"])
    }
}
