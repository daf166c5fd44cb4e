import Conversation
import Testing

/// The `endpoint` event and the session that its stream is (MCP 2024-11-05 transports).
@Suite struct EndpointTests {
    private static let id = #""handshake""#

    @Test(arguments: [
        ("/messages?s=1", "/messages?s=1"), ("messages?s=1", "/a/messages?s=1"), ("?s=1", "/a/sse?s=1"),
        ("http://h:80/m", "/m"), ("HTTP://H/m#x", "/m"), ("//h/m", "/m"), ("../m/", "/m/"),
    ])
    func `an endpoint of the same origin is resolved`(reference: String, target: String) throws {
        let script = Script(try Sample.settings([.httpSSE], url: "http://h/a/sse"))
        script.open()
        script.stream(1, Sample.event(reference, type: "endpoint"))
        #expect(script.requests[2]?.target == target)
    }

    @Test(arguments: [
        "http://other/m", "https://h/m", "http://h:81/m", "//other/m", "ftp://h/m", "http://u@h/m", "a b",
    ])
    func `an endpoint of another origin is refused`(reference: String) throws {
        let script = Script(try Sample.settings([.httpSSE], url: "http://h/a/sse"))
        script.open()
        #expect(
            script.stream(1, Sample.event(reference, type: "endpoint"))
                == ["stream #1 listening", "abort #1", "streamEnded #1 listening", "closed badEndpoint"])
        #expect(script.requests.count == 1)
    }

    @Test func `a search says that the endpoint was bad`() throws {
        let script = Script(try Sample.settings([.httpSSE, .broadcast]))
        script.open()
        script.stream(1, Sample.event("http://other/m", type: "endpoint"))
        #expect(script.answer(2, 404) == ["closed badEndpoint"])
    }

    @Test func `a second endpoint replaces the first, unless it is foreign`() throws {
        let script = Script.opened(.httpSSE, try Sample.settings([.httpSSE]))
        #expect(script.body(1, Sample.event("/other?s=2", type: "endpoint")).isEmpty)
        #expect(try script.send(Sample.call()) == ["#4 POST /other?s=2 tools/call 1 for 2"])
        #expect(script.body(1, Sample.event("http://evil/m", type: "endpoint")).isEmpty)
        #expect(try script.send(Sample.call("2")) == ["#5 POST /other?s=2 tools/call 2 for 3"])
    }

    @Test func `a stream that names no endpoint in time is none of the dialect`() throws {
        let script = Script(try Sample.settings([.httpSSE]))
        script.open()
        script.stream(1, ": hello\n\n")
        #expect(script.wait(4).isEmpty)
        #expect(script.wait(1) == ["abort #1", "streamEnded #1 listening", "closed noDialect"])
        let silent = Script(try Sample.settings([.httpSSE]))
        silent.open()
        #expect(silent.wait(5) == ["abort #1", "closed timedOut"])
    }

    @Test func `the answer may come before, with or after the acceptance of its request`() throws {
        let script = Script.opened(.httpSSE, try Sample.settings([.httpSSE]))
        try script.send(Sample.call("1"))
        #expect(script.body(1, Sample.event(Sample.result("1"))) == [#"answer 2 {"id":1,"result":{}}"#])
        #expect(script.answer(4, 202).isEmpty)
        try script.send(Sample.call("2"))
        #expect(script.answer(5, 200).isEmpty)
        #expect(script.body(1, Sample.event(Sample.result("2"))) == [#"answer 3 {"id":2,"result":{}}"#])
        try script.send(Sample.call("3"))
        script.head(6, 202)
        #expect(script.body(1, Sample.event(Sample.result("3"))) == [#"answer 4 {"id":3,"result":{}}"#])
        #expect(script.wait(5) == ["abort #6"])
        try script.send(Sample.call("4"))
        #expect(script.answer(7, 200, Sample.result("4")) == [#"answer 5 {"id":4,"result":{}}"#])
    }

    @Test func `a request that is refused fails`() throws {
        let script = Script.opened(.httpSSE, try Sample.settings([.httpSSE]))
        try script.send(Sample.call("1"))
        #expect(script.answer(4, 404, "gone") == ["failed 2 id 1 refused(status: 404) gone"])
        try script.send(Sample.call("2"))
        #expect(script.end(5, .notSent) == ["failed 3 id 2 unreachable"])
        try script.send(Sample.call("3"))
    }

    @Test func `an acknowledgement that is cut takes no answer away`() throws {
        let script = Script.opened(.httpSSE, try Sample.settings([.httpSSE]))
        try script.send(Sample.call("1"))
        #expect(script.end(4, .cut).isEmpty)
        #expect(script.body(1, Sample.event(Sample.result("1"))) == [#"answer 2 {"id":1,"result":{}}"#])
    }

    @Test func `a stream that ends takes its session along, and another one is opened with a handshake`() throws {
        let script = Script.opened(.httpSSE, try Sample.settings([.httpSSE]))
        try script.send(Sample.call("1"))
        script.answer(4, 202)
        #expect(
            script.end(1, .cut) == [
                "streamEnded #1 listening early", "failed 2 id 1 streamCut", "sessionLost", "reconnecting 1s",
            ])
        #expect(!script.isOpen)
        #expect(try script.send(Sample.call("2")).isEmpty)
        #expect(script.wait(1) == ["#5 GET /mcp"])
        #expect(
            script.stream(5, Sample.event("/messages?s=2", type: "endpoint"))
                == ["stream #5 listening", "#6 POST /messages?s=2 initialize \"handshake\" for 4"])
        script.answer(6, 202)
        #expect(
            script.body(5, Sample.event(Sample.result(Self.id, Sample.initializeResult())))
                == ["#7 POST /messages?s=2 notifications/initialized"])
        #expect(
            script.answer(7, 202) == [
                "accepted #7", "opened httpSSE 2025-11-25 \(Sample.initializeResult())",
                "#8 POST /messages?s=2 tools/call 2 for 3",
            ])
    }

    @Test func `what was in flight in a lost session has no part in the next`() throws {
        let script = Script(try Sample.settings([.httpSSE]))
        script.open()
        script.stream(1, Sample.event("/m?s=1", type: "endpoint"))
        script.body(1, Sample.event(Sample.result(Self.id, Sample.initializeResult())))
        // `initialized` of the first session is taken after that is lost.
        script.end(1, .cut)
        #expect(script.answer(3, 202) == ["accepted #3"])
        #expect(!script.isOpen)
        script.wait(1)
        #expect(script.requests[4]?.method == "GET")
    }

    @Test func `attempts to come back are paced, and counted`() throws {
        let policy = ConversationSettings.Reconnection(
            initial: Sample.second, maximum: 4 * Sample.second, jitter: 0, attempts: 4)
        let script = Script.opened(.httpSSE, try Sample.settings([.httpSSE], reconnection: policy))
        #expect(script.end(1, .cut).last == "reconnecting 1s")
        script.wait(1)
        #expect(script.end(4, .notSent).last == "reconnecting 2s")
        script.wait(2)
        script.stream(5, Sample.event("/m?s=2", type: "endpoint"))
        #expect(script.answer(6, 503).last == "reconnecting 4s")
        script.wait(4)
        #expect(script.answer(7, 404).last == "reconnecting 4s")
        script.wait(4)
        #expect(script.answer(8, 404).last == "closed refused(status: 404)")
    }

    @Test func `the server's time to reconnect is waited for`() throws {
        let script = Script.opened(.httpSSE, try Sample.settings([.httpSSE]))
        script.body(1, "retry: 7000\n\n")
        #expect(script.end(1).last == "reconnecting 7s")
    }

    @Test func `a session of the oldest dialect has no deletion`() throws {
        let script = Script.opened(.httpSSE, try Sample.settings([.httpSSE]))
        #expect(script.close() == ["abort #1", "streamEnded #1 listening", "closed"])
    }
}
