import Conversation
import Testing

/// What a server asks and tells (MCP 2025-11-25 transports).
@Suite struct ServerMessageTests {
    private static let question = Sample.request("5", "sampling/createMessage", "{}")
    private static let answer = Sample.result("5", #"{"role":"user"}"#)

    @Test(arguments: [Dialect.streamable, .httpSSE, .broadcast])
    func `a request of the server is the owner's, and the answer is sent`(dialect: Dialect) throws {
        let script = Script.opened(dialect, try Sample.settings([dialect]))
        let stream: UInt32 = dialect == .httpSSE ? 1 : 3
        #expect(
            script.body(stream, Sample.event(Self.question))
                == [#"request {"id":5,"method":"sampling/createMessage","params":{}}"#])
        let sent = try script.post(Self.answer)
        #expect(script.requests.isEmpty == false && sent.call == 0 && sent.exchange == 4)
        #expect(script.answer(4, 202).last == "accepted #4")
        #expect(script.requests[4]?.body == Self.answer)
    }

    @Test func `a request on the stream of a call belongs to it`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]))
        try script.send(Sample.call())
        script.stream(4)
        #expect(script.body(4, Sample.event(Self.question)).first?.hasPrefix("request 2 ") == true)
        #expect(
            script.body(4, Sample.event(Sample.notification("notifications/message", "{}"))).first?
                .hasPrefix("notification 2 ") == true)
    }

    @Test(arguments: [Dialect.streamable, .httpSSE, .broadcast])
    func `a ping is answered at once, and is a sign of life`(dialect: Dialect) throws {
        let script = Script.opened(dialect, try Sample.settings([dialect]))
        let stream: UInt32 = dialect == .httpSSE ? 1 : 3
        script.wait(2)
        let lines = script.body(stream, Sample.event(Sample.request(#""p\u0031""#, "ping")))
        #expect(lines.count == 2)
        #expect(lines[0] == "heartbeat #\(stream) ping 2s")
        #expect(script.requests[4]?.body == #"{"jsonrpc":"2.0","id":"p\u0031","result":{}}"#)
        #expect(script.answer(4, 202) == ["accepted #4"])
    }

    @Test func `a ping is the owner's where that is wished for`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable], answersPings: false))
        #expect(
            script.body(3, Sample.event(Sample.request("9", "ping")))
                == ["heartbeat #3 ping 0s", #"request {"id":9,"method":"ping"}"#])
    }

    @Test func `a ping may come before the conversation is open`() throws {
        let script = Script(try Sample.settings([.streamable]))
        script.open()
        script.stream(1, Sample.event(Sample.request("9", "ping")), session: "s")
        #expect(script.requests[2]?.body == #"{"jsonrpc":"2.0","id":9,"result":{}}"#)
        #expect(script.requests[2]?.fields["mcp-session-id"] == "s")
    }

    @Test func `no server may ask where there are no answers`() throws {
        let script = Script.opened(.stateless, try Sample.settings([.stateless]))
        try script.send(Sample.call())
        script.stream(3)
        #expect(script.body(3, Sample.event(Self.question)).first?.hasPrefix("invalid ") == true)
        #expect(throws: SendRefusal.unexpectedAnswer) { try script.send(Self.answer) }
    }

    @Test func `progress belongs to the call whose token it names, whichever stream it comes on`() throws {
        let script = Script.opened(.httpSSE, try Sample.settings([.httpSSE]))
        try script.send(Sample.call("1", meta: #","_meta":{"progressToken":"t"}"#))
        try script.send(Sample.call("2", meta: #","_meta":{"progressToken":8}"#))
        for (token, call) in [("8", " 3"), (#""t""#, " 2"), ("9", "")] {
            let progress = Sample.notification("notifications/progress", #"{"progressToken":\#(token),"progress":1}"#)
            #expect(
                script.body(1, Sample.event(progress)).last?
                    .hasPrefix(#"notification\#(call) {"method":"notifications/progress""#) == true)
        }
    }

    @Test func `a message that is refused is not accepted`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]))
        for (number, status, failure) in [
            (UInt32(4), 400, ConversationFailure.refused(status: 400)), (5, 401, .unauthorized(status: 401)),
        ] {
            try script.send(Sample.notification("notifications/x"))
            #expect(script.answer(number, status) == ["notAccepted #\(number) \(failure)"])
        }
        try script.send(Sample.notification("notifications/x"))
        #expect(script.end(6, .notSent) == ["notAccepted #6 unreachable"])
        try script.send(Sample.notification("notifications/x"))
        #expect(script.end(7, .cut) == ["notAccepted #7 streamCut"])
        try script.send(Sample.notification("notifications/x"))
        #expect(script.wait(60) == ["abort #8", "notAccepted #8 streamCut"])
    }
}
