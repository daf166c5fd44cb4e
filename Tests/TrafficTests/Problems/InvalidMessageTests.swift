import Testing
import Traffic

struct InvalidMessageTests {
    @Test func `What is no message where one must be is told with its size`() {
        var (play, call) = Play.called()
        play.stream(call)
        play.event(call, "oops")
        play.event(call, "{}", type: "ping")
        play.event(call, RPC.result("1"))
        #expect(
            InvalidMessage.lines(play) == [
                "warning x3 the server sent 4 bytes that are no JSON-RPC 2.0 message where one must be"
            ])
    }
}
