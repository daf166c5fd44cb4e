import Conversation
import Testing

/// Streams that go on behind their last event (MCP 2025-11-25 transports, resumability and redelivery).
@Suite struct ResumptionTests {
    private static func script(_ attempts: Int? = nil) throws -> Script {
        let policy = ConversationSettings.Reconnection(
            initial: Sample.second, maximum: 8 * Sample.second, jitter: 0, attempts: attempts)
        return Script.opened(.streamable, try Sample.settings([.streamable], listens: false, reconnection: policy))
    }

    @Test func `a stream that polls is asked again when its server wants it, until the answer comes`() throws {
        let script = try Self.script()
        try script.send(Sample.call())
        #expect(script.stream(3, Sample.event("", id: "a0", retry: 500)) == ["stream #3"])
        #expect(script.end(3) == ["streamEnded #3 early", "reconnecting 0.5s"])
        #expect(script.wait(0.4).isEmpty)
        #expect(script.wait(0.1) == ["#4 GET /mcp for 2"])
        #expect(script.requests[4]?.fields["last-event-id"] == "a0")
        #expect(script.requests[4]?.fields["mcp-session-id"] == "s1")
        #expect(script.requests[4]?.fields["accept"] == "text/event-stream")
        script.stream(4, Sample.event("", id: "a1"))
        // The time to reconnect is the stream's until it is told another (WHATWG HTML §9.2.6).
        #expect(script.end(4) == ["streamEnded #4 early", "reconnecting 0.5s"])
        script.wait(0.5)
        #expect(script.requests[5]?.fields["last-event-id"] == "a1")
        #expect(
            script.stream(5, Sample.event(Sample.result("1"), id: "a2"))
                == ["stream #5", #"answer 2 {"id":1,"result":{}}"#])
        #expect(script.end(5) == ["streamEnded #5"])
        #expect(script.due == nil)
    }

    @Test func `a cut stream is not asked for again by POST`() throws {
        let script = try Self.script()
        try script.send(Sample.call())
        script.stream(3, Sample.event(Sample.notification("notifications/x"), id: "a\u{e9}1"))
        #expect(script.end(3, .cut) == ["streamEnded #3 early", "reconnecting 1s"])
        #expect(script.wait(1) == ["#4 GET /mcp for 2"])
        #expect(script.requests[4]?.fields["last-event-id"] == "a\u{e9}1")
        #expect(script.requests.values.count { $0.body.contains("tools/call") } == 1)
    }

    @Test func `the last id counts, an event without its blank line does not`() throws {
        let script = try Self.script()
        try script.send(Sample.call())
        script.stream(3, "id: a\ndata: \n\nid: b\n\nid: c\ndata: \(Sample.result("1"))\n")
        script.end(3, .cut)
        script.wait(1)
        #expect(script.requests[4]?.fields["last-event-id"] == "b")
        #expect(script.pendingCalls == 1)
    }

    @Test(arguments: ["id\n", "id: a\u{0}b\n", "id: \u{1}\n", "id: \(String(repeating: "x", count: 5000))\n"])
    func `without an id that can be sent back the call fails`(line: String) throws {
        let script = try Self.script()
        try script.send(Sample.call())
        script.stream(3, line + "data: \n\n")
        #expect(script.end(3, .cut) == ["streamEnded #3 early", "failed 2 id 1 streamCut"])
    }

    @Test func `attempts that bring nothing are paced and counted, others begin anew`() throws {
        let script = try Self.script(3)
        try script.send(Sample.call())
        script.stream(3, Sample.event("", id: "a"))
        script.end(3, .cut)
        script.wait(1)
        #expect(script.end(4, .notSent) == ["reconnecting 1s"])
        script.wait(1)
        #expect(script.answer(5, 503, "busy") == ["reconnecting 2s"])
        script.wait(2)
        script.stream(6, Sample.event("", id: "b"))
        #expect(script.end(6, .cut).last == "reconnecting 1s")
        script.wait(1)
        script.answer(7, 409)
        script.wait(1)
        script.answer(8, 429)
        script.wait(2)
        #expect(script.stream(9) == ["stream #9"])
        #expect(script.end(9) == ["streamEnded #9 early", "failed 2 id 1 streamCut"])
    }

    @Test func `no attempts means none`() throws {
        let script = try Self.script(0)
        try script.send(Sample.call())
        script.stream(3, Sample.event("", id: "a"))
        #expect(script.end(3, .cut) == ["streamEnded #3 early", "failed 2 id 1 streamCut"])
    }

    @Test(arguments: [400, 405, 404, 200, 204])
    func `a server that will not go on ends the call`(status: Int) throws {
        let script = try Self.script()
        try script.send(Sample.call())
        script.stream(3, Sample.event("", id: "a"))
        script.end(3, .cut)
        script.wait(1)
        let lines = script.answer(4, status)
        #expect(lines.first == "failed 2 id 1 streamCut")
        #expect(lines.contains("sessionLost") == (status == 404))
    }

    @Test func `streams of a lost session do not go on in the next`() throws {
        let script = try Self.script()
        try script.send(Sample.call("1"))
        try script.send(Sample.call("2"))
        script.stream(3, Sample.event("", id: "a"))
        script.stream(4, Sample.event("", id: "b"))
        script.end(3, .cut)
        try script.send(Sample.call("3"))
        #expect(
            script.answer(5, 404) == [
                "failed 4 id 3 sessionExpired", "sessionLost", "failed 2 id 1 streamCut",
                "#6 POST /mcp initialize \"handshake\" for 5",
            ])
        #expect(script.end(4, .cut) == ["streamEnded #4 early", "failed 3 id 2 streamCut"])
    }

    @Test func `an answer that came elsewhere ends the waiting`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]))
        try script.send(Sample.call())
        script.stream(4, Sample.event("", id: "a"))
        script.end(4, .cut)
        #expect(script.body(3, Sample.event(Sample.result("1"))) == [#"answer 2 elsewhere {"id":1,"result":{}}"#])
        #expect(script.due == nil)
    }

    @Test func `only the dialect that has it goes on`() throws {
        for dialect in [Dialect.stateless, .broadcast] {
            let script = Script.opened(dialect, try Sample.settings([dialect], listens: false))
            let number = UInt32(script.requests.count) + 1
            let call = try script.post(Sample.call()).call
            script.stream(number, Sample.event("", id: "a"))
            #expect(script.end(number, .cut).last == "failed \(call) id 1 streamCut")
        }
    }
}
