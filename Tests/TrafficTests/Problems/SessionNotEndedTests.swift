import Testing
import Traffic

struct SessionNotEndedTests {
    @Test func `A session with an id that the client left without DELETE is told`() {
        var play = Play()
        play.begin(1, session: "abc")
        play.close(1)
        #expect(
            SessionNotEnded.lines(play) == [
                "notice x0 the client left without ending the session (DELETE): the server keeps it until it expires"
            ])
    }

    @Test func `One that was ended, refused its end, has no id or is still open is none`() {
        var deleted = Play()
        deleted.begin(1, session: "abc")
        var refused = deleted
        var open = deleted
        deleted.answer(deleted.delete(1, "/mcp", session: "abc"), 200)
        refused.answer(refused.delete(1, "/mcp", session: "abc"), 405)
        refused.close(1)
        open.shutdown()
        var unnamed = Play()
        unnamed.begin(1, session: nil)
        unnamed.close(1)
        for play in [deleted, refused, open, unnamed] { #expect(SessionNotEnded.lines(play).isEmpty) }
    }
}
