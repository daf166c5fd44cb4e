import Testing
import Traffic

/// Revisions without sessions. (MCP 2026-07-28)
struct StatelessTests {
    @Test func `A client's requests on one connection are one session`() {
        var play = Play()
        play.discover(1)
        play.call(1, "1")
        play.answer(play.get(1, "/mcp"), 405)
        play.shutdown()
        let rows = play.rows()
        #expect(rows.sessionLines == ["1 stateless demo rev=2026-07-28 open medium"])
        #expect(
            rows.callLines == ["s1 c2s server/discover #0 ok x1>x1", "s1 c2s tools/call echo #1 ok x2>x2"])
        #expect(
            rows.attributionLines == ["x1 s1 stateless high", "x2 s1 stateless high", "x3 s1 stateless medium"])
        let session = rows.session(1)
        #expect(session?.clientName == "demo" && session?.clientVersion == "2")
        #expect(session?.serverName == "srv" && session?.serverVersion == "9")
        #expect(
            rows.attributions[7 << 32 | 2]?.evidence
                == "request names 2026-07-28 in _meta; answered 200")
    }

    @Test func `The header fields alone tell it, and a session id beside them is ignored`() {
        var play = Play()
        let body = RPC.request("1", "tools/list")
        play.answer(play.ask(1, body, "tools/list", headers: [("Mcp-Session-Id", "old")]), 200, Modern.result("1"))
        play.shutdown()
        let rows = play.rows()
        #expect(rows.sessionLines == ["1 stateless test-client rev=2026-07-28 open medium"])
        #expect(rows.session(1)?.wireID == nil)
        let evidence = "request carries MCP-Protocol-Version 2026-07-28 and Mcp-Method; answered 200"
        #expect(rows.attributions[7 << 32 | 1]?.evidence == evidence)
    }

    @Test func `On other connections an equal client is the same, but not for certain`() {
        var play = Play()
        play.call(1, "1")
        play.call(2, "2")
        play.call(3, "3", client: "other")
        play.shutdown()
        let rows = play.rows()
        #expect(
            rows.sessionLines == [
                "1 stateless demo rev=2026-07-28 open low", "2 stateless other rev=2026-07-28 open medium",
            ])
        #expect(rows.callLines.map { $0.prefix(2) } == ["s1", "s1", "s2"])
    }

    @Test func `Several clients behind one connection are told apart by what they call themselves`() {
        var play = Play()
        play.call(1, "1", client: "one")
        play.call(1, "1", client: "two")
        play.call(1, "2", client: "one")
        play.call(1, "3", client: nil)
        play.shutdown()
        let rows = play.rows()
        #expect(rows.callLines.map { $0.prefix(2) } == ["s1", "s2", "s1", "s1"])
        #expect(rows.sessions.values.allSatisfy { $0.confidence == .medium })
    }

    @Test func `A client keeps its session when its token changes on the connection`() {
        var play = Play()
        play.answer(play.ask(1, Modern.call("1"), headers: [("Authorization", "Bearer a")]), 200, Modern.result("1"))
        play.answer(play.ask(1, Modern.call("2"), headers: [("Authorization", "Bearer b")]), 200, Modern.result("2"))
        play.answer(play.ask(2, Modern.call("3"), headers: [("Authorization", "Bearer b")]), 200, Modern.result("3"))
        play.answer(play.ask(3, Modern.call("4"), headers: [("Authorization", "Bearer c")]), 200, Modern.result("4"))
        play.shutdown()
        #expect(play.rows().callLines.map { $0.prefix(2) } == ["s1", "s1", "s1", "s2"])
    }

    @Test func `Five minutes of silence end a session`() {
        var play = Play()
        play.call(1, "1")
        play.close(1)
        play.wait(290)
        play.call(2, "2")
        play.close(2)
        play.wait(301)
        play.call(3, "3")
        play.shutdown()
        let rows = play.rows()
        #expect(rows.callLines.map { $0.prefix(2) } == ["s1", "s1", "s2"])
        #expect(rows.session(1)?.endReason == .abandoned)
    }

    @Test(arguments: [-32020, -32021, -32022])
    func `An error that only such a server gives tells it too`(code: Int) {
        var play = Play()
        play.answer(play.ask(1, Modern.discover(), "server/discover"), 400, Modern.error("0", code))
        play.call(2, "1")
        play.shutdown()
        let rows = play.rows()
        #expect(rows.sessionLines == ["1 stateless demo rev=2026-07-28 open low"])
        #expect(rows.attributionLines == ["x1 s1 stateless high", "x2 s1 stateless high"])
        #expect(rows.callLines.first == "s1 c2s server/discover #0 rpc_error x1>x1")
    }

    @Test func `An unknown method is refused with 404 and its error`() {
        var play = Play()
        play.answer(play.ask(1, Modern.request("1", "nothing"), "nothing"), 404, Modern.error("1", -32601))
        play.shutdown()
        let rows = play.rows()
        #expect(rows.attributionLines == ["x1 s1 stateless high"])
        #expect(rows.callLines == ["s1 c2s nothing #1 rpc_error x1>x1"])
    }

    @Test(arguments: [(400, #""server-error""#, -32600), (200, "0", -32601), (404, "null", -32000)])
    func `A discovery that a server of sessions refuses is an attempt of the session that follows`(
        status: Int, id: String, code: Int
    ) {
        var play = Play()
        play.answer(play.ask(1, Modern.discover(), "server/discover"), status, RPC.error(id, code))
        play.begin(1, session: "abc")
        play.shutdown()
        let rows = play.rows()
        #expect(rows.sessionLines == ["1 streamable demo wire=abc rev=2025-11-25 open high"])
        #expect(rows.attributionLines.first == "x1 s1 stateless low")
    }

    @Test(arguments: [1, 2] as [UInt32])
    func `A client that was told what the server speaks and goes on with a session is one client`(connection: UInt32) {
        var play = Play()
        play.discover(1)
        play.begin(connection, session: "abc")
        play.shutdown()
        let rows = play.rows()
        #expect(rows.sessionLines == ["1 streamable demo wire=abc rev=2025-11-25 open high"])
        #expect(
            rows.attributionLines == ["x1 s1 stateless high", "x2 s1 streamable high", "x3 s1 streamable high"])
    }

    @Test func `One server may speak with a session to one client and without to another`() {
        var play = Play()
        play.discover(1, client: "modern")
        play.begin(2, session: "abc", client: "legacy")
        play.call(1, "1", client: "modern")
        play.answer(play.post(2, "/mcp", RPC.call("1"), session: "abc"), 200, RPC.result("1"))
        play.shutdown()
        let rows = play.rows()
        #expect(
            rows.sessionLines == [
                "1 stateless modern rev=2026-07-28 open medium",
                "2 streamable legacy wire=abc rev=2025-11-25 open high",
            ])
        #expect(rows.callLines.map { $0.prefix(2) } == ["s1", "s2", "s1", "s2"])
    }

    @Test func `The client that comes back with credentials is the same`() {
        var play = Play()
        play.answer(play.ask(1, Modern.discover(), "server/discover"), 401)
        play.answer(
            play.ask(2, Modern.discover(), "server/discover", headers: [("Authorization", "Bearer x")]), 200,
            Modern.result("0"))
        play.shutdown()
        let rows = play.rows()
        #expect(rows.sessionLines == ["1 stateless demo rev=2026-07-28 open medium"])
        #expect(rows.attributionLines == ["x1 s1 stateless low", "x2 s1 stateless high"])
    }

    @Test func `The revision travels over the stream of HTTP+SSE as well`() {
        var play = Play()
        let home = play.get(1, "/sse")
        play.stream(home)
        play.event(home, "/messages/?session_id=5b1e", type: "endpoint")
        play.accept(play.postSSE(2, "5b1e", Modern.call("1")))
        play.event(home, Modern.result("1"))
        play.accept(play.postSSE(2, "5b1e", Modern.listen()))
        play.event(home, Modern.told("subscriptions/acknowledged"))
        play.event(home, Modern.told("tools/list_changed"))
        play.end(home, by: .client, .fin)
        let rows = play.rows()
        #expect(rows.sessionLines == ["1 http+sse demo wire=5b1e rev=2026-07-28 deleted high"])
        #expect(rows.session(1)?.serverName == "srv")
        #expect(
            rows.callLines == [
                "s1 c2s tools/call echo #1 ok x2>x1", #"s1 c2s subscriptions/listen #"l1" cancelled x3"#,
            ])
        #expect(rows.messages.suffix(2).allSatisfy { $0.callID == 7 << 32 | 2 })
        #expect(rows.attributionLines.allSatisfy { $0.hasSuffix("s1 http+sse high") })
    }

    @Test(arguments: [Peer.client, .server])
    func `Who closes a response cancels the request, but for the server who loses it`(by: Peer) throws {
        var play = Play()
        play.call(1, "1")
        let slow = play.ask(2, Modern.call("2", "slow"))
        play.stream(slow)
        play.event(slow, RPC.notification("notifications/progress", #"{"progressToken":9,"progress":1}"#))
        play.end(slow, by: by, .rst)
        let early = play.ask(3, Modern.call("3", "early"))
        play.end(early, by: by, .fin)
        play.shutdown()
        let rows = play.rows()
        let outcome = by == .client ? "cancelled" : "unanswered stream_cut"
        #expect(
            rows.callLines.dropFirst() == [
                "s1 c2s tools/call slow #2 \(outcome) x2", "s1 c2s tools/call early #3 \(outcome) x3",
            ])
        #expect(try #require(rows.call(2)).latencyMs == (by == .client ? 6 : nil))
        #expect(rows.messages.last { $0.kind == .notification }?.callID == rows.call(2)?.id)
    }

    @Test func `In a session the same is no cancel`() {
        var (play, call) = Play.called()
        play.stream(call)
        play.end(call, by: .client, .fin)
        play.shutdown()
        #expect(play.rows().callLines.last == "s1 c2s tools/call echo #1 unanswered client_left x3")
    }

    @Test func `Equal ids of clients that are merged are answered where each is due, and nowhere else`() {
        var play = Play()
        let first = play.ask(1, Modern.call("1", "slow"))
        let second = play.ask(2, Modern.call("1", "fast"))
        play.answer(second, 200, Modern.result("1"))
        play.stream(first)
        play.event(first, Modern.result("2"))
        play.event(first, Modern.result("1"))
        play.end(first)
        play.shutdown()
        let rows = play.rows()
        #expect(
            rows.callLines == ["s1 c2s tools/call slow #1 ok x1>x1", "s1 c2s tools/call fast #1 ok x2>x2"])
        #expect(rows.messages.first { $0.rpcID == "2" }?.answersID == nil)
    }
}
