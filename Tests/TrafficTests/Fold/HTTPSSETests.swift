import Testing
import Traffic

struct HTTPSSETests {
    @Test func `An endpoint event opens a session, its POSTs belong to it and answers come on its stream`() {
        var play = Play()
        let home = play.beginSSE(1, 2, session: "5b1e")
        let call = play.postSSE(2, "5b1e", RPC.call("1"))
        play.accept(call)
        play.event(home, RPC.result("1", #"{"content":[]}"#), type: "message")
        play.end(home, by: .client, .fin)
        let rows = play.rows()
        #expect(rows.sessionLines == ["1 http+sse demo wire=5b1e rev=2024-11-05 deleted high"])
        #expect(
            rows.callLines == ["s1 c2s initialize #0 ok x2>x1", "s1 c2s tools/call echo #1 ok x4>x1"])
        #expect(
            rows.messageLines == [
                "s1/0 c2s request initialize #0 x2", "s1/1 s2c response #0 x1",
                "s1/2 c2s notification notifications/initialized x3",
                "s1/3 c2s request tools/call echo #1 x4", "s1/4 s2c response #1 x1",
            ])
        #expect(
            rows.attributionLines == [
                "x1 s1 http+sse high", "x2 s1 http+sse high", "x3 s1 http+sse high", "x4 s1 http+sse high",
            ])
        let session = rows.session(1)
        #expect(session?.clientVersion == "1.2")
        #expect(session?.serverName == "srv" && session?.serverVersion == "9")
        #expect(session?.startedNs == rows.exchange(1)?.requestStartNs)
    }

    @Test func `An answer may come before the 202 of its POST, and both times are kept`() throws {
        var play = Play()
        let home = play.beginSSE(1, 2, session: "5b1e")
        let call = play.postSSE(2, "5b1e", RPC.call("1"))
        play.event(home, RPC.result("1"), type: "message")
        play.accept(call)
        play.end(home, by: .client, .fin)
        let row = try #require(play.rows().call(2))
        #expect(row.status == .ok && row.reason == nil)
        // Head, body and end of the request, then chunk and content of the answer, then the 202.
        #expect(row.latencyMs == 4 && row.acceptedMs == 5)
    }

    @Test func `A POST answered 200 without content is as good as a 202`() {
        var play = Play()
        let home = play.beginSSE(1, 2, session: "5b1e")
        let call = play.postSSE(2, "5b1e", RPC.call("1"))
        play.event(home, RPC.result("1"), type: "message")
        play.answer(call, 200)
        let later = play.postSSE(2, "5b1e", RPC.call("2"))
        play.answer(later, 200)
        play.event(home, RPC.result("2"), type: "message")
        play.end(home, by: .client, .fin)
        #expect(
            play.rows().callLines.dropFirst() == [
                "s1 c2s tools/call echo #1 ok x4>x1", "s1 c2s tools/call echo #2 ok x5>x1",
            ])
    }

    @Test(arguments: [
        (Peer.client, EndReason.fin, "deleted", "client_left"), (.server, .fin, "cut", "stream_cut"),
        (.server, .complete, "cut", "stream_cut"), (.client, .rst, "deleted", "client_left"),
        (.recorder, .httpError, "cut", "stream_cut"),
    ])
    func `Who ends the stream ends the session, and its calls have no answer`(
        by: Peer, reason: EndReason, end: String, missing: String
    ) {
        var play = Play()
        let home = play.beginSSE(1, 2, session: "5b1e")
        play.accept(play.postSSE(2, "5b1e", RPC.call("1")))
        let open = play.postSSE(3, "5b1e", RPC.call("2"))
        play.end(home, by: by, reason)
        play.accept(open)
        let rows = play.rows()
        #expect(rows.sessionLines == ["1 http+sse demo wire=5b1e rev=2024-11-05 \(end) high"])
        #expect(
            rows.callLines.dropFirst() == [
                "s1 c2s tools/call echo #1 unanswered \(missing) x4",
                "s1 c2s tools/call echo #2 unanswered \(missing) x5",
            ])
    }

    @Test func `What waits when the recording ends stays pending in an open session`() {
        var play = Play()
        _ = play.beginSSE(1, 2, session: "5b1e")
        play.accept(play.postSSE(2, "5b1e", RPC.call("1")))
        _ = play.postSSE(3, "5b1e", RPC.call("2"))
        play.shutdown()
        let rows = play.rows()
        #expect(rows.sessionLines == ["1 http+sse demo wire=5b1e rev=2024-11-05 open high"])
        #expect(
            rows.callLines.dropFirst() == [
                "s1 c2s tools/call echo #1 pending x4", "s1 c2s tools/call echo #2 pending x5",
            ])
    }

    @Test func `A client that reconnects has a new session`() {
        var play = Play()
        let first = play.beginSSE(1, 2, session: "aa")
        play.end(first, by: .server, .fin)
        let second = play.get(3, "/sse")
        play.stream(second)
        play.event(second, "/messages/?session_id=bb", type: "endpoint")
        let call = play.postSSE(2, "bb", RPC.call("1"))
        play.accept(call)
        play.event(second, RPC.error("1", -32602), type: "message")
        play.shutdown()
        let rows = play.rows()
        #expect(
            rows.sessionLines == [
                "1 http+sse demo wire=aa rev=2024-11-05 cut high", "2 http+sse test-client wire=bb open high",
            ])
        #expect(rows.callLines.last == "s2 c2s tools/call echo #1 rpc_error x5>x4")
    }

    @Test func `A session whose stream began before the recording is known by the id in the query`() {
        var play = Play()
        play.accept(play.postSSE(2, "old", RPC.call("7")))
        play.shutdown()
        let rows = play.rows()
        #expect(rows.sessionLines == ["1 http+sse test-client wire=old open high"])
        #expect(rows.callLines == ["s1 c2s tools/call echo #7 unanswered gap x1"])
        #expect(rows.attributionLines == ["x1 s1 http+sse high"])
    }

    @Test func `A POST to a session that the server does not know is an HTTP error`() {
        var play = Play()
        play.answer(play.postSSE(2, "gone", RPC.call("7")), 404, "Could not find session", type: "text/plain")
        #expect(play.rows().callLines == ["s1 c2s tools/call echo #7 http_error x1"])
    }

    @Test(arguments: [
        "/message?sessionId=q1", "http://other:9/message?sessionId=q1", "message?sessionId=q1",
        "//other/message?sessionId=q1",
    ])
    func `The endpoint may be given in any form that a URL has`(endpoint: String) {
        var play = Play()
        let home = play.get(1, "/sse")
        play.stream(home)
        play.event(home, endpoint, type: "endpoint")
        let call = play.post(2, "/message?sessionId=q1", RPC.initialize())
        play.accept(call)
        play.event(home, RPC.initialized())
        play.shutdown()
        let rows = play.rows()
        #expect(rows.sessionLines == ["1 http+sse demo wire=q1 rev=2025-11-25 open high"])
        #expect(rows.callLines == ["s1 c2s initialize #0 ok x2>x1"])
    }

    @Test func `Clients of a server that gives all the same endpoint are told apart by who they are`() {
        var play = Play()
        var homes: [UInt32] = []
        for (connection, host) in [(UInt32(1), "10.0.0.1"), (2, "10.0.0.2")] {
            play.open(connection, from: host)
            play.open(connection + 10, from: host)
            let home = play.get(connection, "/sse")
            play.stream(home)
            play.event(home, "/message", type: "endpoint")
            homes.append(home)
        }
        for connection in [UInt32(11), 12] { play.accept(play.post(connection, "/message", RPC.call("1"))) }
        play.event(homes[1], RPC.result("1"))
        play.event(homes[0], RPC.result("1"))
        play.shutdown()
        #expect(
            play.rows().callLines == ["s1 c2s tools/call echo #1 ok x3>x1", "s2 c2s tools/call echo #1 ok x4>x2"])
    }

    @Test func `A client that was given another endpoint by the proxy is followed there`() {
        var play = Play()
        let home = play.get(1, "/up/sse")
        play.stream(home)
        play.edit(home, Edit(place: .stream, what: "endpoint", from: "/message", to: "/up/message"))
        play.event(home, "/message", type: "endpoint")
        play.accept(play.post(2, "/up/message", RPC.initialize()))
        play.event(home, RPC.initialized())
        play.shutdown()
        #expect(play.rows().callLines == ["s1 c2s initialize #0 ok x2>x1"])
    }
}
