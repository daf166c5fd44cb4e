import Testing
import Traffic

struct ToolErrorTests {
    @Test func `A tool that says it failed is a notice`() {
        var (play, call) = Play.called()
        play.answer(call, 200, RPC.result("1", #"{"content":[],"isError":true}"#))
        #expect(
            ToolError.lines(play) == [
                "notice x3 tools/call echo (id 1) says that it failed: the result's content tells why"
            ])
        #expect(RPCError.lines(play).isEmpty)
    }
}
