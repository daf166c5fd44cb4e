import Testing
import Traffic

/// Clients try one way to talk after the other; that is one session.
struct AttemptTests {
    @Test(arguments: [400, 404, 405])
    func `A refused initialize and the HTTP+SSE stream that follows are one session`(status: Int) {
        var play = Play()
        play.answer(play.post(1, "/sse", RPC.initialize()), status, "no", type: "text/plain")
        _ = play.beginSSE(2, 3, session: "5b1e")
        play.shutdown()
        let rows = play.rows()
        #expect(rows.sessionLines == ["1 http+sse demo wire=5b1e rev=2024-11-05 open high"])
        #expect(rows.callLines == ["s1 c2s initialize #0 http_error x1", "s1 c2s initialize #0 ok x3>x2"])
        #expect(rows.attributionLines.first == "x1 s1 streamable low")
        #expect(rows.session(1)?.startedNs == rows.exchange(1)?.requestStartNs)
    }

    @Test func `A refused server discovery and the initialize that follows are one session`() {
        var play = Play()
        play.answer(
            play.post(1, "/mcp", RPC.request("0", "server/discover")), 400, RPC.error(#""server-error""#, -32600),
            [("mcp-session-id", "leaked")])
        play.begin(1, session: "abc")
        play.shutdown()
        let rows = play.rows()
        #expect(rows.sessionLines == ["1 streamable demo wire=abc rev=2025-11-25 open high"])
        #expect(
            rows.callLines == ["s1 c2s server/discover #0 http_error x1>x1", "s1 c2s initialize #0 ok x2>x2"])
    }

    @Test func `A discovery refused with status 200 is refused too`() {
        var play = Play()
        play.answer(play.post(1, "/mcp", RPC.request("0", "server/discover")), 200, RPC.error("0", -32601))
        play.begin(2, session: nil)
        play.shutdown()
        #expect(play.rows().sessionLines == ["1 streamable demo rev=2025-11-25 open medium"])
    }

    @Test func `A client that comes back with credentials is the same`() {
        var play = Play()
        play.answer(play.post(1, "/mcp", RPC.initialize()), 401, "", type: "text/plain")
        let again = play.post(2, "/mcp", RPC.initialize(), [("Authorization", "Bearer x")])
        play.answer(again, 200, RPC.initialized(), [("Mcp-Session-Id", "abc")])
        play.shutdown()
        let rows = play.rows()
        #expect(rows.sessionLines == ["1 streamable demo wire=abc rev=2025-11-25 open high"])
        #expect(rows.callLines == ["s1 c2s initialize #0 http_error x1", "s1 c2s initialize #0 ok x2>x2"])
    }

    @Test func `A redirected client is the same where it was sent`() {
        var play = Play()
        play.answer(play.post(1, "/mcp", RPC.initialize()), 307, "", [("Location", "/mcp/")])
        play.begin(1, session: nil, path: "/mcp/")
        play.shutdown()
        #expect(play.rows().sessionLines == ["1 streamable demo rev=2025-11-25 open medium"])
    }

    @Test func `A refusal long ago is not the same attempt`() {
        var play = Play()
        play.answer(play.post(1, "/mcp", RPC.initialize()), 400, "")
        play.close(1)
        play.wait(400)
        play.begin(2, session: "abc")
        play.shutdown()
        #expect(
            play.rows().sessionLines == [
                "1 ? demo abandoned medium", "2 streamable demo wire=abc rev=2025-11-25 open high",
            ])
    }

    @Test func `An initialize that is answered by an error leaves the session to the next one`() {
        var play = Play()
        play.answer(play.post(1, "/mcp", RPC.initialize(revision: "1999")), 200, RPC.error("0", -32602))
        play.begin(1, session: "abc")
        play.shutdown()
        let rows = play.rows()
        #expect(rows.callLines == ["s1 c2s initialize #0 rpc_error x1>x1", "s1 c2s initialize #0 ok x2>x2"])
        #expect(rows.sessionLines == ["1 streamable demo wire=abc rev=2025-11-25 open high"])
    }
}
