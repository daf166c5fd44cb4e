import Testing
import WireFormats

@testable import Scenario

struct ClosestCueTests {
    private func text(_ live: String, _ recorded: String...) throws -> String {
        ClosestCue(try #require(JSONTree(live)), in: [Score.made(of: recorded)]).text
    }

    @Test func `a miss names the closest call and the path that differs`() throws {
        let text = try text(
            #"{"id":9,"method":"tools/call","params":{"name":"add","arguments":{"a":1,"b":3}}}"#,
            #"{"id":1,"method":"tools/call","params":{"name":"sub","arguments":{"a":7,"b":2}}}"#,
            #"{"id":2,"method":"tools/call","params":{"name":"add","arguments":{"a":1,"b":2}}}"#)
        #expect(
            text
                == "tools/call add is not in the recording; closest is request 2, "
                + "which differs at $.params.arguments.b: recorded 2, asked 3")
    }

    @Test func `what only one of the two has is a difference`() throws {
        let text = try text(
            #"{"id":9,"method":"tools/call","params":{"name":"add","arguments":{"a":1,"a b":[1]}}}"#,
            #"{"id":1,"method":"tools/call","params":{"name":"add","arguments":{"a":1}}}"#)
        #expect(text.hasSuffix("differs at $.params.arguments['a b']: recorded nothing, asked [1]"))
    }

    @Test func `a method that was never asked for says so`() throws {
        let text = try text(#"{"id":1,"method":"prompts/list"}"#, #"{"id":1,"method":"ping"}"#)
        #expect(text == "prompts/list is not in the recording, nor any other prompts/list")
    }
}
