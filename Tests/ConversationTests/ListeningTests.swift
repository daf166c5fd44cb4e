import Conversation
import Testing

/// The GET stream beside the POSTs (MCP 2025-11-25 transports, listening for messages from the server).
@Suite struct ListeningTests {
    private static let change = Sample.notification("notifications/tools/list_changed")

    @Test(arguments: [404, 405, 400, 406, 401, 501, 200, 204])
    func `a server without such a stream is not asked again`(status: Int) throws {
        let script = Script(try Sample.settings([.streamable]))
        script.open()
        script.answer(1, 200, Sample.result(#""handshake""#, Sample.initializeResult()), session: "s")
        script.answer(2, 202)
        #expect(script.answer(3, status).isEmpty)
        #expect(script.due == nil && script.isOpen)
    }

    @Test(arguments: [409, 429, 500, 503])
    func `a server that has it later is asked again`(status: Int) throws {
        let script = Script(try Sample.settings([.streamable]))
        script.open()
        script.answer(1, 200, Sample.result(#""handshake""#, Sample.initializeResult()), session: "s")
        script.answer(2, 202)
        #expect(script.answer(3, status) == ["reconnecting 1s"])
        #expect(script.wait(1) == ["#4 GET /mcp"])
    }

    @Test func `it is asked for again behind its last event`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]))
        #expect(
            script.body(3, Sample.event(Self.change, id: "g1", retry: 3000))
                == [#"notification {"method":"notifications/tools/list_changed"}"#])
        #expect(script.end(3, .cut) == ["streamEnded #3 listening early", "reconnecting 3s"])
        #expect(script.wait(3) == ["#4 GET /mcp"])
        #expect(script.requests[4]?.fields["last-event-id"] == "g1")
        #expect(script.stream(4) == ["stream #4 listening"])
    }

    @Test func `an event that is too old is given up, the stream is not`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]))
        script.body(3, Sample.event(Self.change, id: "g1"))
        script.end(3, .cut)
        script.wait(1)
        #expect(script.answer(4, 400) == ["reconnecting 1s"])
        script.wait(1)
        #expect(script.requests[5]?.fields["last-event-id"] == nil)
        #expect(script.answer(5, 400).isEmpty)
    }

    @Test func `a refusal whose body never ends is a refusal`() throws {
        let script = Script(try Sample.settings([.streamable]))
        script.open()
        script.answer(1, 200, Sample.result(#""handshake""#, Sample.initializeResult()), session: "s")
        script.answer(2, 202)
        script.head(3, 405)
        #expect(script.wait(5) == ["abort #3"])
        #expect(script.due == nil)
    }

    @Test func `attempts in vain are counted`() throws {
        let policy = ConversationSettings.Reconnection(initial: Sample.second, jitter: 0, attempts: 2)
        let script = Script.opened(.streamable, try Sample.settings([.streamable], reconnection: policy))
        #expect(script.end(3, .cut).last == "reconnecting 1s")
        script.wait(1)
        #expect(script.end(4, .notSent).isEmpty)
        #expect(script.due == nil && script.isOpen)
    }

    @Test func `a stream that has been there and is gone means that the session is`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]))
        script.end(3)
        script.wait(1)
        #expect(script.answer(4, 404) == ["sessionLost", "#5 POST /mcp initialize \"handshake\" for 2"])
    }

    @Test func `none is held where none is wanted`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable], listens: false))
        #expect(script.isOpen && script.requests.count == 2)
    }

    @Test func `that of the broadcast dialect has its own path, and goes on too`() throws {
        let paths = (stream: "/events", messages: "/rpc?x=1")
        let script = Script.opened(.broadcast, try Sample.settings([.broadcast], broadcastPaths: paths))
        #expect(script.requests[1]?.target == "/rpc?x=1")
        #expect(script.requests[3]?.target == "/events")
        script.body(3, Sample.event(Self.change, id: "b1"))
        script.end(3, .cut)
        script.wait(1)
        #expect(script.requests[4]?.fields["last-event-id"] == "b1")
        #expect(script.requests[4]?.fields["mcp-protocol-version"] == nil)
    }

    @Test func `without paths they stand beside each other`() throws {
        for (url, stream, messages) in [
            ("http://h", "/sse", "/"), ("http://h/sse", "/sse", "/"), ("http://h/a/", "/a/sse", "/a/"),
            ("http://h/a?k=1", "/a/sse?k=1", "/a?k=1"),
        ] {
            let script = Script.opened(.broadcast, try Sample.settings([.broadcast], url: url))
            #expect(script.requests[3]?.target == stream)
            #expect(script.requests[1]?.target == messages)
        }
    }
}
