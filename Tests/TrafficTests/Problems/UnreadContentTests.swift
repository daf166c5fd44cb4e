import Testing
import Traffic

struct UnreadContentTests {
    @Test func `A body in an encoding that is not read is told with its name`() {
        var (play, call) = Play.called()
        play.answer(call, 200, "xyz", [("Content-Encoding", "br")])
        #expect(
            UnreadContent.lines(play) == [
                "warning x3 response of POST /mcp: body in an encoding that is not read: br; "
                    + "its messages are missing here"
            ])
        #expect(InvalidMessage.lines(play).isEmpty)
    }

    @Test(arguments: zip([ContentNote.Why.broken, .cut, .trailing, .tooLarge, .rawLimit], [1, 1, 1, 0, 0]))
    func `What is lacking is told, unless a gap tells it or nothing is`(why: ContentNote.Why, count: Int) {
        var (play, call) = Play.called()
        play.answer(call, 200, RPC.result("1"))
        var facts = Rows(play).facts()
        for index in facts.exchanges.indices where facts.exchanges[index].id == 7 << 32 | Int64(call) {
            facts.exchanges[index].notes = [ContentNote(place: .request, coding: "gzip", why: why, offset: 7)]
        }
        #expect(UnreadContent.find(in: facts).count == count)
    }
}
