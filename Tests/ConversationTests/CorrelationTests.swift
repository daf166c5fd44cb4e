import Conversation
import Testing

/// Which answer belongs to which request (MCP 2025-11-25 basic, responses).
@Suite struct CorrelationTests {
    @Test(arguments: [Dialect.streamable, .stateless, .broadcast])
    func `answers come in any order, in their own responses`(dialect: Dialect) throws {
        let script = Script.opened(dialect, try Sample.settings([dialect], listens: false))
        let first = UInt32(script.requests.count) + 1
        let calls = [try script.post(Sample.call("7")).call, try script.post(Sample.call(#""b""#)).call]
        script.stream(first)
        #expect(
            script.answer(first + 1, 200, Sample.result(#""b""#))
                == [#"answer \#(calls[1]) {"id":"b","result":{}}"#])
        #expect(
            script.body(first, Sample.event(Sample.error("7", -32603)))
                == [#"answer \#(calls[0]) {"id":7,"error":{"code":-32603,"message":"no"}}"#])
        #expect(script.end(first) == ["streamEnded #\(first)"])
        #expect(script.pendingCalls == 0)
    }

    @Test func `ids are compared by value and by type`() throws {
        let script = Script.opened(.httpSSE, try Sample.settings([.httpSSE]))
        let text = try script.post(Sample.call(#""1""#)).call
        let number = try script.post(Sample.call("1")).call
        let escaped = try script.post(Sample.call(#""\u0061/""#)).call
        #expect(
            script.body(1, Sample.event(Sample.result("1"))).last == #"answer \#(number) {"id":1,"result":{}}"#)
        #expect(
            script.body(1, Sample.event(Sample.result(#""\u0031""#)))
                == [#"answer \#(text) {"id":"\u0031","result":{}}"#])
        #expect(
            script.body(1, Sample.event(Sample.result(#""a\/""#))) == [#"answer \#(escaped) {"id":"a\/","result":{}}"#])
    }

    @Test func `answers to nothing that waits are strays`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]))
        try script.send(Sample.call("1"))
        script.stream(4)
        let two = Sample.event(Sample.result("1")) + Sample.event(Sample.result("1"))
        #expect(
            script.body(4, two)
                == [#"answer 2 {"id":1,"result":{}}"#, #"strayAnswer {"id":1,"result":{}}"#])
        #expect(
            script.body(3, Sample.event(Sample.result(#""never""#)))
                == [#"strayAnswer {"id":"never","result":{}}"#])
        #expect(script.body(3, Sample.event(Sample.error("null", -32700))).first?.hasPrefix("strayAnswer") == true)
    }

    @Test func `an answer on another exchange is the answer, and said to be elsewhere`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]))
        try script.send(Sample.call("1"))
        #expect(script.body(3, Sample.event(Sample.result("1"))) == [#"answer 2 elsewhere {"id":1,"result":{}}"#])
        #expect(script.answer(4, 202).isEmpty)
        #expect(script.pendingCalls == 0)
    }

    @Test func `what others are answered on a stream for all is no answer of ours`() throws {
        let script = Script.opened(.broadcast, try Sample.settings([.broadcast]))
        try script.send(Sample.call("1"))
        #expect(script.body(3, Sample.event(Sample.result("1"))) == [#"strayAnswer {"id":1,"result":{}}"#])
        #expect(script.answer(4, 200, Sample.result("1")) == [#"answer 2 {"id":1,"result":{}}"#])
    }

    @Test(arguments: [Dialect.streamable, .stateless, .broadcast])
    func `an error behind a refusal is the answer, other words come with the failure`(dialect: Dialect) throws {
        let script = Script.opened(dialect, try Sample.settings([dialect], listens: false))
        let first = UInt32(script.requests.count) + 1
        let calls = [try script.post(Sample.call("1")).call, try script.post(Sample.call("2")).call]
        #expect(
            script.answer(first, 400, Sample.error("1", -32602)).last
                == #"answer \#(calls[0]) {"id":1,"error":{"code":-32602,"message":"no"}}"#)
        #expect(script.answer(first + 1, 503, "later") == ["failed \(calls[1]) id 2 refused(status: 503) later"])
    }

    @Test(arguments: [
        (200, ResponseMedia.other, "x", ConversationFailure.unintelligible(status: 200)),
        (202, .other, "", .unintelligible(status: 202)), (204, .other, "", .unintelligible(status: 204)),
        (200, .json, "", .unintelligible(status: 200)), (401, .json, "no", .unauthorized(status: 401)),
        (403, .other, "", .unauthorized(status: 403)), (307, .other, "", .refused(status: 307)),
        (429, .other, "", .refused(status: 429)), (200, .eventStream, ": x\n\n", .streamCut),
    ])
    func `a response without an answer fails its call`(
        status: Int, media: ResponseMedia, body: String, failure: ConversationFailure
    ) throws {
        let script = Script.opened(.broadcast, try Sample.settings([.broadcast], listens: false))
        try script.send(Sample.call())
        script.head(3, status, media)
        script.body(3, body)
        #expect(script.end(3).contains { $0.hasPrefix("failed 2 id 1 \(failure)") })
        #expect(script.pendingCalls == 0)
    }

    @Test func `a body that is cut is no answer`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable], listens: false))
        try script.send(Sample.call())
        script.head(3, 200, .json)
        script.body(3, Sample.result("1"))
        #expect(script.end(3, .cut) == ["failed 2 id 1 streamCut"])
    }

    @Test func `a message that is too long is not taken`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable], listens: false, maximumMessage: 200))
        let long = String(repeating: "x", count: 200)
        try script.send(Sample.call("1"))
        script.head(3, 200, .json)
        script.body(3, long)
        #expect(script.body(3, "y") == ["abort #3", "failed 2 id 1 streamCut"])
        #expect(script.body(3, "z").isEmpty)
        try script.send(Sample.call("2"))
        script.stream(4)
        #expect(script.body(4, "data: \(long)") == ["abort #4", "streamEnded #4 early", "failed 3 id 2 streamCut"])
        #expect(script.end(4).isEmpty)
    }

    @Test func `batches are taken apart`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]), revision: "2025-03-26")
        try script.send(Sample.call("1"))
        try script.send(Sample.call("2"))
        let batch =
            "[\(Sample.result("2")), \(Sample.notification("notifications/x")), 5, [\(Sample.result("1"))],"
            + "\(Sample.result("1"))]"
        #expect(
            script.answer(4, 200, batch) == [
                #"answer 3 elsewhere {"id":2,"result":{}}"#, #"notification 2 {"method":"notifications/x"}"#,
                "invalid 5", "invalid [\(Sample.result("1"))]", #"answer 2 {"id":1,"result":{}}"#,
            ])
        #expect(script.body(3, Sample.event("[]")) == ["invalid []"])
    }

    @Test func `what is no message is said to be none`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]))
        #expect(
            script.body(3, Sample.event("ping") + Sample.event(#"{"id":1}"#))
                == ["invalid ping", #"invalid {"id":1}"#])
    }
}
