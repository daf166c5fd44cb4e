import Conversation
import Testing

/// How calls are taken back (MCP 2025-11-25 basic/utilities/cancellation; MCP 2026-07-28 transports, cancellation).
@Suite struct CancellationTests {
    @Test(arguments: [Dialect.streamable, .httpSSE, .broadcast])
    func `a notification says that a call is taken back`(dialect: Dialect) throws {
        let script = Script.opened(dialect, try Sample.settings([dialect]))
        let call = try script.post(Sample.call(#""a\"""#)).call
        let lines = script.cancel(call)
        #expect(lines.last == #"failed \#(call) id "a\"" cancelled"#)
        #expect(
            script.requests[5]?.body
                == #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"a\""}}"#)
        #expect(script.cancel(call).isEmpty)
    }

    @Test func `an answer that comes all the same is a stray, and its stream is closed in time`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]))
        let call = try script.post(Sample.call()).call
        script.stream(4)
        script.cancel(call)
        #expect(script.body(4, Sample.event(Sample.result("1"))) == [#"strayAnswer {"id":1,"result":{}}"#])
        #expect(script.wait(5) == ["abort #4", "streamEnded #4"])
    }

    @Test func `without sessions closing the response is what cancels`() throws {
        let script = Script.opened(.stateless, try Sample.settings([.stateless]))
        let call = try script.post(Sample.call()).call
        script.stream(3)
        #expect(script.cancel(call) == ["abort #3", "streamEnded #3", "failed \(call) id 1 cancelled"])
        #expect(script.body(3, Sample.event(Sample.result("1"))).isEmpty)
        let other = try script.post(Sample.call("2")).call
        #expect(
            try script.send(Sample.notification("notifications/cancelled", #"{"requestId":2}"#)).suffix(2)
                == ["abort #4", "failed \(other) id 2 cancelled"])
        #expect(script.requests.count == 4)
    }

    @Test func `an owner's own notification ends the call`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]))
        let call = try script.post(Sample.call()).call
        #expect(
            try script.send(Sample.notification("notifications/cancelled", #"{"requestId":1}"#)).suffix(2)
                == ["#5 POST /mcp notifications/cancelled", "failed \(call) id 1 cancelled"])
    }

    @Test func `the handshake is not taken back`() throws {
        let script = Script(try Sample.settings([.streamable], own: false))
        script.open()
        let call = try script.post(Sample.initialize).call
        #expect(script.cancel(call) == ["#1 POST /mcp initialize 0 for 1"])
        #expect(script.pendingCalls == 1)
    }

    @Test func `a call that has not been sent is forgotten without a word`() throws {
        let script = Script(try Sample.settings([.streamable]))
        script.open()
        let call = try script.post(Sample.call()).call
        #expect(script.cancel(call) == ["failed \(call) id 1 cancelled"])
        script.answer(1, 200, Sample.result(#""handshake""#, Sample.initializeResult()))
        #expect(!script.answer(2, 202).contains { $0.contains("tools/call") })
    }

    @Test func `a call whose stream waits to go on is taken back too`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]))
        let call = try script.post(Sample.call()).call
        script.stream(4, Sample.event("", id: "e"))
        script.end(4)
        #expect(
            script.cancel(call) == ["#5 POST /mcp notifications/cancelled", "failed \(call) id 1 cancelled"])
        script.answer(5, 202)
        #expect(script.wait(100).isEmpty)
    }
}
