import Testing
import Traffic

struct ToolErrorTests {
    @Test func `A tool that says it failed is a notice`() {
        var (play, call) = Play.called()
        play.answer(call, 200, RPC.result("1", #"{"content":[],"isError":true}"#))
        #expect(ToolError.lines(play) == ["notice x3 tools/call echo (id 1) says that it failed, and not why"])
        var facts = Rows(play).facts()
        if let answer = facts.calls.compactMap(\.responseID).last { facts.said[answer] = "boom" }
        #expect(ToolError.find(in: facts).map(\.text) == [#"tools/call echo (id 1) says that it failed: "boom""#])
        #expect(RPCError.lines(play).isEmpty)
    }
}
