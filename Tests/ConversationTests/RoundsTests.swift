import Conversation
import Testing

/// Calls that are answered with questions first (MCP 2026-07-28 basic/patterns/mrtr).
@Suite struct RoundsTests {
    private static func script(capabilities: String = #"{"elicitation":{}}"#, rounds: Int = 10) throws -> Script {
        Script.opened(
            .stateless,
            try Sample.settings([.stateless], capabilities: capabilities, listens: false, maximumRounds: rounds))
    }

    private static func asking(_ id: String, state: String? = nil, _ questions: String? = nil) -> String {
        var result = #"{"resultType":"input_required""#
        if let state { result += #","requestState":\#(state)"# }
        if let questions { result += #","inputRequests":\#(questions)"# }
        return Sample.result(id, result + "}")
    }

    private static let question = #"{"method":"elicitation/create","params":{"message":"Sure?"},"id":7}"#

    @Test func `questions are the owner's, and the answers go with the request asked again`() throws {
        let script = try Self.script()
        try script.send(Sample.call("1", "deploy"))
        let questions = #"{"a":\#(Self.question),"b\"":{"method":"roots/list"}}"#
        #expect(
            script.answer(2, 200, Self.asking("1", state: #""q\u00e9""#, questions)) == [
                #"request 2 {"id":"input-2-1-0","method":"elicitation/create","params":{"message":"Sure?"}}"#,
                #"request 2 {"id":"input-2-1-1","method":"roots/list"}"#,
            ])
        #expect(try script.send(Sample.result(#""input-2-1-1""#, #"{"roots":[]}"#)).isEmpty)
        #expect(
            try script.send(Sample.result(#""input-2-1-0""#, #"{"action":"accept"}"#))
                == [#"#3 POST /mcp tools/call "round-2-1" for 2"#])
        let body = try #require(script.requests[3]?.body)
        #expect(
            body.hasPrefix(#"{"jsonrpc":"2.0","id":"round-2-1","method":"tools/call","params":{"_meta":{"#))
        #expect(
            body.hasSuffix(
                #""inputResponses":{"a":{"action":"accept"},"b\"":{"roots":[]}},"requestState":"q\u00e9","#
                    + #""name":"deploy","arguments":{}}}"#))
        #expect(script.requests[3]?.fields["mcp-name"] == "deploy")
        #expect(
            script.answer(3, 200, Sample.result(#""round-2-1""#, #"{"content":[]}"#))
                == [#"answer 2 {"id":1,"result":{"content":[]}}"#])
        #expect(script.pendingCalls == 0)
    }

    @Test func `there may be several rounds, and the state is that of the last`() throws {
        let script = try Self.script()
        try script.send(Sample.call("1"))
        script.answer(2, 200, Self.asking("1", state: #""one""#, #"{"a":\#(Self.question)}"#))
        try script.send(Sample.result(#""input-2-1-0""#))
        script.answer(3, 200, Self.asking(#""round-2-1""#, #"{"a":\#(Self.question)}"#))
        #expect(throws: SendRefusal.unexpectedAnswer) { try script.send(Sample.result(#""input-2-1-0""#)) }
        try script.send(Sample.result(#""input-2-2-0""#))
        #expect(script.requests[4]?.body.contains("requestState") == false)
        #expect(
            script.answer(4, 200, Sample.error(#""round-2-2""#, -32603))
                == [#"answer 2 {"id":1,"error":{"code":-32603,"message":"no"}}"#])
    }

    @Test(arguments: [#"{"elicitation":{}}"#, "{}"])
    func `a state alone is sent back at once`(capabilities: String) throws {
        let script = try Self.script(capabilities: capabilities)
        try script.send(Sample.request("1", "prompts/get", #"{"name":"p"}"#))
        #expect(
            script.answer(2, 200, Self.asking("1", state: #""s""#)) == [#"#3 POST /mcp prompts/get "round-2-1" for 2"#])
        #expect(script.requests[3]?.body.hasSuffix(#""requestState":"s","name":"p"}}"#) == true)
    }

    @Test func `rounds are limited`() throws {
        let script = try Self.script(rounds: 2)
        try script.send(Sample.call("1"))
        script.answer(2, 200, Self.asking("1", state: "1"))
        script.answer(3, 200, Self.asking(#""round-2-1""#, state: "2"))
        #expect(
            script.answer(4, 200, Self.asking(#""round-2-2""#, state: "3")).first?
                .hasPrefix("failed 2 id 1 tooManyRounds ") == true)
        #expect(script.pendingCalls == 0)
    }

    @Test func `asking for nothing is not understood, nor is asking where it is not allowed`() throws {
        let script = try Self.script()
        try script.send(Sample.call("1"))
        #expect(script.answer(2, 200, Self.asking("1")).first?.hasPrefix("failed 2 id 1 unintelligible") == true)
        try script.send(Sample.request("2", "tools/list"))
        #expect(
            script.answer(3, 200, Self.asking("2", state: "1")).first?.hasPrefix("failed 3 id 2 unintelligible")
                == true)
    }

    @Test func `an owner that will not answer ends the call`() throws {
        let script = try Self.script()
        try script.send(Sample.call("1"))
        script.answer(2, 200, Self.asking("1", #"{"a":\#(Self.question)}"#))
        #expect(
            try script.send(Sample.error(#""input-2-1-0""#, -1))
                == [#"answer 2 {"id":1,"error":{"code":-1,"message":"no"}}"#])
        #expect(throws: SendRefusal.unexpectedAnswer) { try script.send(Sample.result(#""input-2-1-0""#)) }
    }

    @Test func `answers to no question are refused`() throws {
        let script = try Self.script()
        try script.send(Sample.call("1"))
        script.answer(2, 200, Self.asking("1", #"{"a":\#(Self.question),"b":\#(Self.question)}"#))
        for id in [#""input-2-1-2""#, #""input-2-1--1""#, #""input-9-1-0""#, #""input""#, "2", #""input-2-1-0-1""#] {
            #expect(throws: SendRefusal.unexpectedAnswer) { try script.send(Sample.result(id)) }
        }
        try script.send(Sample.result(#""input-2-1-0""#))
        #expect(throws: SendRefusal.unexpectedAnswer) { try script.send(Sample.result(#""input-2-1-0""#)) }
    }

    @Test func `a call that waits for its owner may be taken back`() throws {
        let script = try Self.script()
        let call = try script.post(Sample.call("1")).call
        script.answer(2, 200, Self.asking("1", #"{"a":\#(Self.question)}"#))
        #expect(script.cancel(call) == ["failed \(call) id 1 cancelled"])
        #expect(throws: SendRefusal.unexpectedAnswer) { try script.send(Sample.result(#""input-2-1-0""#)) }
    }

    @Test func `a request without parameters is asked again with those of the round alone`() throws {
        for params in ["", "{}", "{ }", "null"] {
            let script = try Self.script()
            try script.send(Sample.request("1", "tools/call", params))
            script.answer(2, 200, Self.asking("1", state: #""s""#))
            #expect(script.requests[3]?.body.hasSuffix(#","requestState":"s"}}"#) == true)
        }
    }
}
