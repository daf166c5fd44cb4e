import Conversation
import Testing

/// Sessions that are lost, and how conversations end (MCP 2025-11-25 transports, session management).
@Suite struct SessionTests {
    private static let answer = Sample.result(#""handshake""#, Sample.initializeResult())

    @Test func `a session that is gone is replaced once, and what waits is sent in the next`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]))
        try script.send(Sample.call("1"))
        try script.send(Sample.call("2"))
        try script.send(Sample.notification("notifications/x"))
        #expect(
            script.answer(4, 404, Sample.error("1", -32001)) == [
                "failed 2 id 1 sessionExpired \(Sample.error("1", -32001))", "sessionLost", "abort #3",
                "streamEnded #3 listening", "#7 POST /mcp initialize \"handshake\" for 4",
            ])
        #expect(script.requests[7]?.fields["mcp-session-id"] == nil)
        #expect(script.requests[7]?.fields["mcp-protocol-version"] == nil)
        #expect(script.answer(5, 404) == ["failed 3 id 2 sessionExpired"])
        #expect(script.answer(6, 404) == ["notAccepted #6 sessionExpired"])
        #expect(try script.send(Sample.call("3")).isEmpty)
        #expect(script.answer(7, 200, Self.answer, session: "s2") == ["#8 POST /mcp notifications/initialized"])
        #expect(script.requests[8]?.fields["mcp-session-id"] == "s2")
        #expect(
            script.answer(8, 202) == [
                "accepted #8", "#9 GET /mcp", "opened streamable 2025-11-25 \(Sample.initializeResult())",
                "#10 POST /mcp tools/call 3 for 5",
            ])
    }

    @Test func `a late word of a former session does not end its successor`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]))
        try script.send(Sample.call("1"))
        try script.send(Sample.call("2"))
        script.answer(4, 404)
        script.answer(6, 200, Self.answer, session: "s2")
        script.answer(7, 202)
        #expect(script.answer(5, 404) == ["failed 3 id 2 sessionExpired"])
        #expect(script.isOpen && script.sessionID == "s2")
    }

    @Test func `a call of the former session may still get its answer`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]))
        try script.send(Sample.call("1"))
        script.stream(4)
        try script.send(Sample.call("2"))
        script.answer(5, 404)
        #expect(script.answer(6, 503) == ["reconnecting 1s"])
        #expect(script.body(4, Sample.event(Sample.result("1"))) == [#"answer 2 {"id":1,"result":{}}"#])
        // Its server's question is not answered in another session.
        #expect(script.body(4, Sample.event(Sample.request("9", "ping"))) == ["heartbeat #4 ping 0s"])
    }

    @Test func `a session that cannot be replaced at once is asked for again, paced and counted`() throws {
        let policy = ConversationSettings.Reconnection(initial: Sample.second, jitter: 0, attempts: 3)
        let script = Script.opened(
            .streamable, try Sample.settings([.streamable], listens: false, reconnection: policy))
        try script.send(Sample.call("1"))
        script.answer(3, 404)
        let waiting = try script.post(Sample.call("2")).call
        #expect(script.answer(4, 503) == ["reconnecting 2s"])
        #expect(script.wait(2) == ["#5 POST /mcp initialize \"handshake\" for 3"])
        script.answer(5, 200, Self.answer, session: "s2")
        // The one that was begun is not taken up again.
        #expect(script.answer(6, 500) == ["notAccepted #6 refused(status: 500)", "reconnecting 4s"])
        script.wait(4)
        #expect(script.requests[7]?.fields["mcp-session-id"] == nil)
        #expect(
            script.end(7, .notSent) == ["failed \(waiting) id 2 unreachable", "closed unreachable"])
    }

    @Test func `other credentials end it`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable], listens: false))
        try script.send(Sample.call("1"))
        script.answer(3, 404)
        #expect(script.answer(4, 401) == ["closed unauthorized(status: 401)"])
    }

    @Test func `an owner's handshake is repeated for it`() throws {
        let script = Script(try Sample.settings([.streamable], own: false))
        script.open()
        try script.send(Sample.initialize)
        script.answer(1, 200, Sample.result("0", Sample.initializeResult()), session: "s1")
        try script.send(Sample.initialized)
        script.answer(2, 202)
        script.answer(3, 405)
        try script.send(Sample.call("1"))
        #expect(script.answer(4, 404).last == "#5 POST /mcp initialize 0 for 3")
        #expect(script.requests[5]?.body == Sample.initialize)
        // Neither the answer nor `initialized` concerns the owner.
        #expect(
            script.answer(5, 200, Sample.result("0", Sample.initializeResult()), session: "s2")
                == ["#6 POST /mcp notifications/initialized"])
        #expect(script.answer(6, 202).contains("opened streamable 2025-11-25 \(Sample.initializeResult())"))
    }

    @Test func `404 means nothing of the kind where there is no session`() throws {
        for dialect in [Dialect.streamable, .stateless, .broadcast] {
            let script = Script.opened(dialect, try Sample.settings([dialect], listens: false), session: "")
            let number = UInt32(script.requests.count) + 1
            let call = try script.post(Sample.call()).call
            #expect(script.answer(number, 404, "no").last == "failed \(call) id 1 refused(status: 404) no")
        }
    }

    @Test func `a session is deleted when the conversation is closed`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]))
        try script.send(Sample.call())
        #expect(
            script.close() == [
                "failed 2 id 1 closed", "abort #4", "abort #3", "streamEnded #3 listening", "#5 DELETE /mcp",
            ])
        #expect(script.close().isEmpty)
        #expect(throws: SendRefusal.closed) { try script.send(Sample.call()) }
        script.head(5, 405)
        #expect(script.end(5) == ["closed"])
        #expect(throws: SendRefusal.closed) { try script.send(Sample.call()) }
        #expect(script.due == nil)
    }

    @Test func `a deletion that is not answered is given up`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable], listens: false))
        script.close()
        #expect(script.wait(5) == ["abort #3", "closed"])
    }

    @Test func `without a session, or where it is to be kept, nothing is deleted`() throws {
        let kept = Script.opened(.streamable, try Sample.settings([.streamable], listens: false, deletesSession: false))
        #expect(kept.close() == ["closed"])
        for dialect in [Dialect.stateless, .broadcast, .streamable] {
            let script = Script.opened(dialect, try Sample.settings([dialect], listens: false), session: "")
            #expect(script.close() == ["closed"])
        }
        #expect(Script(try Sample.settings()).close() == ["closed"])
    }

    @Test func `closing while it opens ends what was begun`() throws {
        let script = Script(try Sample.settings(own: false))
        script.open()
        try script.send(Sample.initialize)
        #expect(script.close() == ["failed 1 id 0 closed", "abort #1", "closed"])
    }
}
