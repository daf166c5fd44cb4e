import Testing
import Traffic

/// One stream for all listeners beside POSTs that are answered in their own responses.
struct BroadcastTests {
    private static let news = RPC.notification("notifications/message", #"{"level":"info","data":1}"#)

    @Test func `POSTs answered at another path than the listener's stream tell it`() {
        var play = Play()
        let listener = play.get(1, "/sse")
        play.stream(listener)
        play.chunk(listener, ": hello\n\n")
        play.answer(play.post(2, "/", RPC.initialize()), 200, RPC.initialized())
        play.accept(play.post(2, "/", RPC.ready))
        play.answer(play.post(2, "/", RPC.call("1")), 200, RPC.result("1"))
        play.event(listener, Self.news)
        play.shutdown()
        let rows = play.rows()
        #expect(rows.sessionLines == ["1 broadcast demo rev=2025-11-25 open medium"])
        #expect(
            rows.attributionLines == [
                "x1 s1 broadcast medium", "x2 s1 broadcast high", "x3 s1 broadcast medium", "x4 s1 broadcast high",
            ])
        #expect(rows.callLines == ["s1 c2s initialize #0 ok x2>x2", "s1 c2s tools/call echo #1 ok x4>x4"])
        #expect(rows.messages.last?.sessionID == rows.session(1)?.id)
    }

    @Test func `A stream whose first event is a message tells what came before it`() {
        var play = Play()
        play.answer(play.post(2, "/rpc", RPC.initialize()), 200, RPC.initialized())
        let listener = play.get(1, "/rpc/sse")
        play.stream(listener)
        play.event(listener, Self.news)
        play.answer(play.post(2, "/rpc", RPC.call("1")), 200, RPC.result("1"))
        play.shutdown()
        let rows = play.rows()
        #expect(rows.sessionLines == ["1 broadcast demo rev=2025-11-25 open low"])
        #expect(
            rows.attributionLines == ["x1 s1 broadcast high", "x2 s1 broadcast high", "x3 s1 broadcast high"])
        #expect(rows.attributions[7 << 32 | 1]?.evidence?.contains("no endpoint event") == true)
    }

    @Test func `A client that only listens has a session, and what it POSTs later belongs to it`() {
        var play = Play()
        let listener = play.get(1, "/sse")
        play.stream(listener)
        play.event(listener, Self.news)
        var alone = play
        alone.shutdown()
        #expect(alone.rows().sessionLines == ["1 broadcast test-client open low"])
        play.answer(play.post(2, "/", RPC.initialize()), 200, RPC.initialized())
        play.answer(play.post(3, "/", RPC.call("1")), 200, RPC.result("1"))
        play.shutdown()
        let rows = play.rows()
        #expect(rows.sessionLines == ["1 broadcast demo rev=2025-11-25 open low"])
        #expect(rows.callLines.map { $0.prefix(2) } == ["s1", "s1"])
    }

    @Test func `What all listeners hear is one message and its copies`() {
        var play = Play()
        let first = play.get(1, "/sse")
        play.stream(first)
        play.event(first, Self.news)
        play.open(2, from: "10.0.0.2")
        let second = play.get(2, "/sse")
        play.stream(second)
        for listener in [first, second, second, first] { play.event(listener, Self.news) }
        play.shutdown()
        let rows = play.rows()
        #expect(
            rows.messageLines.map { $0.split(separator: " ").suffix(2).joined(separator: " ") } == [
                "notifications/message x1", "notifications/message x1", "x2 again=2", "notifications/message x2",
                "x1 again=4",
            ])
        #expect(rows.sessionLines.count == 2)
    }

    @Test func `Other clients of the same server are known by its stream`() {
        var play = Play()
        let listener = play.get(1, "/sse")
        play.stream(listener)
        play.event(listener, Self.news)
        play.open(2, from: "10.0.0.2")
        play.answer(play.post(2, "/", RPC.call("1")), 200, RPC.result("1"))
        play.shutdown()
        let rows = play.rows()
        #expect(rows.sessionLines.last == "2 broadcast test-client open low")
        #expect(rows.attributionLines.last == "x2 s2 broadcast high")
    }

    @Test func `An answer that all listeners hear answers nothing`() {
        var play = Play()
        let listener = play.get(1, "/sse")
        play.stream(listener)
        play.event(listener, Self.news)
        let call = play.post(2, "/", RPC.call("1"))
        play.event(listener, RPC.result("1"))
        play.answer(call, 200, RPC.result("1"))
        play.event(listener, RPC.result("1"))
        play.shutdown()
        let rows = play.rows()
        #expect(rows.callLines == ["s1 c2s tools/call echo #1 ok x2>x2"])
        #expect(UnexpectedAnswer.find(in: rows.facts()).isEmpty)
    }

    @Test func `A failure is an error with status 500`() {
        var play = Play()
        let listener = play.get(1, "/sse")
        play.stream(listener)
        play.event(listener, Self.news)
        play.answer(play.post(1, "/", RPC.call("1")), 500, RPC.error("1", -32603))
        play.shutdown()
        let rows = play.rows()
        #expect(rows.callLines == ["s1 c2s tools/call echo #1 rpc_error x2>x2"])
        let problems = AllProblems.find(in: rows.facts()).map(\.kind)
        #expect(problems == ["http-error"])
    }

    @Test func `An endpoint event makes it HTTP+SSE after all`() {
        var play = Play()
        play.answer(play.post(1, "/", RPC.call("0")), 200, RPC.result("0"))
        let home = play.get(2, "/sse")
        play.stream(home)
        play.event(home, "/messages/?session_id=5b1e", type: "endpoint")
        play.accept(play.postSSE(3, "5b1e", RPC.initialize(revision: "2024-11-05")))
        play.event(home, RPC.initialized(revision: "2024-11-05"))
        play.shutdown()
        let rows = play.rows()
        #expect(rows.sessionLines.last == "2 http+sse demo wire=5b1e rev=2024-11-05 open high")
        #expect(rows.attributionLines == ["x1 s1", "x2 s2 http+sse high", "x3 s2 http+sse high"])
    }

    @Test(arguments: [("mcp-protocol-version", "2025-06-18"), ("Mcp-Session-Id", "abc")])
    func `Fields of MCP's own say that it is none`(name: String, value: String) {
        var play = Play()
        let listener = play.get(1, "/other/sse")
        play.stream(listener)
        let given = name == "Mcp-Session-Id" ? [(name, value)] : []
        play.answer(play.post(2, "/", RPC.initialize()), 200, RPC.initialized(), given)
        play.answer(play.post(2, "/", RPC.call("1"), [(name, value)]), 200, RPC.result("1"))
        play.shutdown()
        #expect(play.rows().sessions.values.allSatisfy { $0.dialect != .broadcast })
    }

    @Test func `A silent stream that ends belongs to the client's session beside it`() {
        var play = Play()
        play.answer(play.post(2, "/", RPC.call("1")), 200, RPC.result("1"))
        let listener = play.get(1, "/sse")
        play.stream(listener)
        play.chunk(listener, ": ping\n\n")
        play.end(listener, by: .server, .fin)
        play.shutdown()
        let rows = play.rows()
        #expect(rows.attributionLines == ["x1 s1 broadcast", "x2 s1 broadcast medium"])
        #expect(rows.sessionLines == ["1 broadcast test-client open low"])
    }

    @Test func `A stream of something else is none`() {
        var play = Play()
        let prices = play.get(1, "/prices")
        play.stream(prices)
        play.event(prices, #"{"price":1}"#)
        play.answer(play.post(1, "/", RPC.call("1")), 200, RPC.result("1"))
        play.end(prices)
        play.shutdown()
        let rows = play.rows()
        #expect(rows.sessionLines == ["1 ? test-client open low"])
        #expect(rows.attributionLines == ["x1", "x2 s1"])
    }
}
