import Testing
import Traffic

/// Servers that give no session id: clients are told apart by who they are and by their connections.
struct UnnamedSessionTests {
    @Test func `Requests without a session id join the session of their connection`() {
        var play = Play()
        play.begin(1, session: nil)
        play.answer(play.post(1, "/mcp", RPC.call("1")), 200, RPC.result("1"))
        play.close(1)
        let rows = play.rows()
        #expect(rows.sessionLines == ["1 streamable demo rev=2025-11-25 abandoned medium"])
        #expect(rows.callLines == ["s1 c2s initialize #0 ok x1>x1", "s1 c2s tools/call echo #1 ok x3>x3"])
        #expect(
            rows.attributionLines == ["x1 s1 streamable high", "x2 s1 streamable medium", "x3 s1 streamable medium"])
    }

    @Test func `On another connection the client is known by address, program and credentials`() {
        var play = Play()
        play.begin(1, session: nil)
        play.answer(play.post(2, "/mcp", RPC.call("1")), 200, RPC.result("1"))
        play.answer(
            play.post(3, "/mcp", RPC.call("1"), [("Authorization", "Bearer x")]), 200, RPC.result("1"))
        play.shutdown()
        let rows = play.rows()
        #expect(rows.attributionLines.suffix(2) == ["x3 s1 streamable low", "x4 s2"])
        #expect(rows.sessionLines.last == "2 ? test-client open low")
    }

    @Test func `Equal clients on connections of their own keep their sessions`() {
        var play = Play()
        play.begin(1, session: nil, client: "one")
        play.begin(2, session: nil, client: "two")
        play.answer(play.post(1, "/mcp", RPC.call("1", "a")), 200, RPC.result("1"))
        play.answer(play.post(2, "/mcp", RPC.call("1", "b")), 200, RPC.result("1"))
        play.shutdown()
        let rows = play.rows()
        #expect(
            rows.sessionLines == [
                "1 streamable one rev=2025-11-25 open medium", "2 streamable two rev=2025-11-25 open low",
            ])
        #expect(
            rows.callLines.suffix(2) == ["s1 c2s tools/call a #1 ok x5>x5", "s2 c2s tools/call b #1 ok x6>x6"])
    }

    @Test func `Two clients that begin at once are two sessions`() {
        var play = Play()
        let first = play.post(1, "/mcp", RPC.initialize(client: "one"))
        let second = play.post(2, "/mcp", RPC.initialize(client: "two"))
        play.answer(first, 200, RPC.initialized(), [("Mcp-Session-Id", "a")])
        play.answer(second, 200, RPC.initialized(), [("Mcp-Session-Id", "b")])
        play.shutdown()
        #expect(
            play.rows().sessionLines == [
                "1 streamable one wire=a rev=2025-11-25 open high", "2 streamable two wire=b rev=2025-11-25 open high",
            ])
    }

    @Test func `Servers at different paths are different sessions of one client`() {
        var play = Play()
        play.begin(1, session: nil, path: "/a")
        play.begin(1, session: nil, path: "/b")
        play.answer(play.post(2, "/a", RPC.call("1")), 200, RPC.result("1"))
        play.answer(play.post(2, "/b", RPC.call("1")), 200, RPC.result("1"))
        play.shutdown()
        #expect(
            play.rows().callLines.suffix(2) == [
                "s1 c2s tools/call echo #1 ok x5>x5", "s2 c2s tools/call echo #1 ok x6>x6",
            ])
    }

    @Test func `Five minutes of silence after the last connection closed end the session`() {
        var play = Play()
        play.begin(1, session: nil)
        play.close(1)
        play.wait(290)
        play.answer(play.post(2, "/mcp", RPC.call("1")), 200, RPC.result("1"))
        play.close(2)
        play.wait(301)
        play.answer(play.post(3, "/mcp", RPC.call("2")), 200, RPC.result("2"))
        play.shutdown()
        let rows = play.rows()
        #expect(
            rows.sessionLines == ["1 streamable demo rev=2025-11-25 abandoned medium", "2 ? test-client open low"])
        #expect(rows.callLines.last == "s2 c2s tools/call echo #2 ok x4>x4")
        #expect(rows.session(1)?.endedNs == rows.exchange(3)?.responseEndNs)
    }

    @Test func `A client that stays connected stays in its session, however long it is silent`() {
        var play = Play()
        play.begin(1, session: nil)
        play.wait(1000)
        play.answer(play.post(1, "/mcp", RPC.call("1")), 200, RPC.result("1"))
        play.shutdown()
        #expect(play.rows().sessionLines == ["1 streamable demo rev=2025-11-25 open medium"])
    }

    @Test(arguments: [401, 405])
    func `A refused GET of the same client and path belongs to the session`(status: Int) {
        var play = Play()
        play.begin(1, session: nil)
        play.answer(play.get(1, "/mcp"), status, "no", type: "text/plain")
        play.answer(play.get(2, "/mcp"), status, "no", type: "text/plain")
        play.answer(play.get(2, "/elsewhere"), status, "no", type: "text/plain")
        play.shutdown()
        #expect(play.rows().attributionLines.suffix(3) == ["x3 s1 streamable medium", "x4 s1 streamable low", "x5"])
    }

    @Test func `A silent stream keeps its session alive`() {
        var play = Play()
        play.begin(1, session: nil)
        let listening = play.get(2, "/mcp")
        play.stream(listening)
        play.close(1)
        play.wait(1000)
        play.chunk(listening, ": ping\n\n")
        play.answer(play.post(3, "/mcp", RPC.call("1")), 200, RPC.result("1"))
        play.shutdown()
        #expect(play.rows().callLines.last == "s1 c2s tools/call echo #1 ok x4>x4")
    }

    @Test func `A POST that forgot the session id joins the session of its connection`() {
        var play = Play()
        play.begin(1, session: "abc")
        play.answer(play.post(1, "/mcp", RPC.call("1")), 400, RPC.error("null", -32600))
        play.shutdown()
        #expect(play.rows().callLines.last == "s1 c2s tools/call echo #1 http_error x3>x3")
    }
}
