import Testing
import Traffic

struct ExpiredSessionTests {
    @Test func `A session that the server forgot is a warning, and an error where the client goes on with it`() {
        var (play, call) = Play.called()
        play.answer(call, 404, RPC.error("null", -32001))
        #expect(
            ExpiredSession.lines(play) == [
                "warning x0 the server forgot the session (404): the client must initialize again to go on"
            ])
        for id in ["2", "3"] { play.answer(play.post(2, "/mcp", RPC.call(id), session: "abc"), 404) }
        #expect(
            ExpiredSession.lines(play) == [
                "error x0 the server forgot the session (404), and the client used its id 2 times more instead of "
                    + "initializing anew"
            ])
        #expect(HTTPError.lines(play).isEmpty)
    }

    @Test func `A session that was deleted did not expire`() {
        var play = Play()
        play.begin(1, session: "abc")
        play.answer(play.delete(1, "/mcp", session: "abc"), 200)
        play.answer(play.post(1, "/mcp", RPC.call("1"), session: "abc"), 404)
        #expect(ExpiredSession.lines(play).isEmpty)
    }
}
