import Testing
import Traffic

struct StreamCutTests {
    private func listening() -> (play: Play, stream: UInt32) {
        var play = Play()
        play.begin(1, session: "abc")
        let stream = play.get(2, "/mcp", session: "abc")
        play.stream(stream)
        play.wait(60)
        return (play, stream)
    }

    @Test(arguments: [(EndReason.fin, "closed"), (.rst, "reset"), (.timeout, "timeout"), (.complete, "ended in order")])
    func `A GET stream that the server's side ended is told with how and when`(reason: EndReason, how: String) {
        var (play, stream) = listening()
        play.end(stream, by: .server, reason)
        play.shutdown()
        let lines = StreamCut.lines(play)
        #expect(lines.count == 1)
        #expect(
            lines.first?.hasPrefix(
                "warning x3 the stream of GET /mcp was ended from the server's side (\(how)) after 60 s: ") == true)
    }

    @Test func `A client that closes its stream, and the recording's end, cut nothing`() {
        var (closing, stream) = listening()
        closing.end(stream, by: .client, .rst)
        #expect(StreamCut.lines(closing).isEmpty)
        var (ending, _) = listening()
        ending.shutdown()
        #expect(StreamCut.lines(ending).isEmpty)
    }

    @Test func `A stream that is resumed, and one that ends with its session, are not cut`() {
        var (resumed, stream) = listening()
        resumed.event(stream, "", id: "g0")
        resumed.end(stream)
        _ = resumed.get(2, "/mcp", session: "abc", lastEventID: "g0")
        resumed.shutdown()
        #expect(StreamCut.lines(resumed).isEmpty)
        var (deleted, open) = listening()
        deleted.answer(deleted.delete(1, "/mcp", session: "abc"), 200)
        deleted.end(open)
        #expect(StreamCut.lines(deleted).isEmpty)
        var (early, ended) = listening()
        let delete = early.delete(1, "/mcp", session: "abc")
        early.end(ended)
        early.answer(delete, 200)
        #expect(StreamCut.lines(early).isEmpty)
    }

    @Test func `A POST stream that has its answer is not cut, and one without is told as its call`() {
        var (play, call) = Play.called()
        play.stream(call)
        play.event(call, RPC.result("1"))
        play.end(call, by: .server, .fin)
        let lost = play.post(2, "/mcp", RPC.call("2"), session: "abc")
        play.stream(lost)
        play.end(lost, by: .server, .fin)
        #expect(StreamCut.lines(play).isEmpty && CallUnanswered.lines(play).count == 1)
    }

    @Test func `A POST stream cut before an answer that came elsewhere is told`() {
        var (play, call) = Play.called()
        play.stream(call)
        play.event(call, "", id: "p0")
        play.end(call, by: .server, .rst)
        let listening = play.get(1, "/mcp", session: "abc")
        play.stream(listening)
        play.event(listening, RPC.result("1"))
        play.shutdown()
        #expect(StreamCut.lines(play).count == 1)
    }
}
