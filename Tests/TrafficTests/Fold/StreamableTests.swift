import Testing
import Traffic

struct StreamableTests {
    @Test func `A session is named by the header of the response to initialize and ended by DELETE`() {
        var play = Play()
        play.begin(1, session: "abc")
        let call = play.post(2, "/mcp", RPC.call("1"), session: "abc")
        play.stream(call)
        play.event(call, RPC.result("1"), type: "message")
        play.end(call)
        play.answer(play.delete(1, "/mcp", session: "abc"), 204)
        let rows = play.rows()
        #expect(rows.sessionLines == ["1 streamable demo wire=abc rev=2025-11-25 deleted high"])
        #expect(rows.callLines == ["s1 c2s initialize #0 ok x1>x1", "s1 c2s tools/call echo #1 ok x3>x3"])
        #expect(
            rows.attributionLines == [
                "x1 s1 streamable high", "x2 s1 streamable high", "x3 s1 streamable high", "x4 s1 streamable high",
            ])
    }

    @Test func `A POST may carry several events before its answer`() throws {
        var play = Play()
        play.begin(1, session: "abc")
        let call = play.post(1, "/mcp", RPC.call("1", token: "5"), session: "abc")
        play.stream(call)
        play.event(call, RPC.progress("5"))
        play.event(call, RPC.notification("notifications/message", #"{"level":"info","data":1}"#))
        play.event(call, RPC.result("1", #"{"content":[],"isError":true}"#))
        play.end(call)
        play.shutdown()
        let rows = play.rows()
        let row = try #require(rows.call(2))
        #expect(row.status == .toolError)
        // Request in three steps, head, chunk, content: 5 ms to the first event, 9 ms to the last.
        #expect(row.acceptedMs == 3 && row.firstEventMs == 5 && row.latencyMs == 9)
        #expect(
            rows.messageLines.suffix(4) == [
                "s1/3 c2s request tools/call echo #1 x3", "s1/4 s2c notification notifications/progress x3",
                "s1/5 s2c notification notifications/message x3", "s1/6 s2c response #1 x3",
            ])
    }

    @Test func `A stream closed after an event with an id is resumed by GET, and the answer there is in order`() throws
    {
        var play = Play()
        play.begin(1, session: "abc")
        let call = play.post(1, "/mcp", RPC.call("1"), session: "abc")
        play.stream(call)
        play.event(call, "", id: "a_0")
        play.end(call)
        let resumed = play.get(2, "/mcp", session: "abc", lastEventID: "a_0")
        play.stream(resumed)
        play.event(resumed, RPC.result("1"), id: "a_1")
        play.end(resumed)
        play.shutdown()
        let rows = play.rows()
        #expect(rows.callLines.last == "s1 c2s tools/call echo #1 ok x3>x4")
        #expect(try #require(rows.call(2)).firstEventMs == 5)
    }

    @Test func `A stream that nobody resumes leaves its call unanswered for the reason of its own end`() {
        var play = Play()
        play.begin(1, session: "abc")
        let call = play.post(1, "/mcp", RPC.call("1"), session: "abc")
        play.stream(call)
        play.event(call, "", id: "a_0")
        play.end(call, by: .server, .fin)
        play.close(1)
        #expect(play.rows().callLines.last == "s1 c2s tools/call echo #1 unanswered stream_cut x3")
    }

    @Test func `The same answer again on a resumed stream is a duplicate`() {
        var play = Play()
        play.begin(1, session: "abc")
        let call = play.post(1, "/mcp", RPC.call("1"), session: "abc")
        play.stream(call)
        play.event(call, "", id: "a_0")
        play.event(call, RPC.result("1"), id: "a_1")
        play.end(call)
        let resumed = play.get(2, "/mcp", session: "abc", lastEventID: "a_0")
        play.stream(resumed)
        play.event(resumed, RPC.result("1"), id: "a_1")
        play.end(resumed)
        play.shutdown()
        let rows = play.rows()
        #expect(rows.callLines.last == "s1 c2s tools/call echo #1 ok x3>x3")
        #expect(rows.messageLines.last == "s1/5 s2c response #1 x4 again=5")
    }

    @Test func `Another answer to the same id is no duplicate, and nobody waited for it`() {
        var play = Play()
        play.begin(1, session: "abc")
        let call = play.post(1, "/mcp", RPC.call("1"), session: "abc")
        play.stream(call)
        play.event(call, RPC.result("1"))
        play.event(call, RPC.error("1", -32603))
        play.event(call, RPC.result("99"))
        play.end(call)
        play.shutdown()
        let rows = play.rows()
        #expect(rows.messageLines.suffix(2) == ["s1/5 s2c error #1 -32603 x3", "s1/6 s2c response #99 x3"])
        #expect(rows.messages.suffix(2).allSatisfy { $0.callID == nil && $0.answersID == nil })
        #expect(rows.callLines.last == "s1 c2s tools/call echo #1 ok x3>x3")
    }

    @Test func `A server's request on a POST stream is answered by a POST, its id of its own space`() {
        var play = Play()
        play.begin(1, session: "abc")
        let call = play.post(1, "/mcp", RPC.call("1"), session: "abc")
        play.stream(call)
        play.event(call, RPC.request("1", "elicitation/create"))
        play.accept(play.post(2, "/mcp", RPC.result("1", #"{"action":"accept"}"#), session: "abc"))
        play.event(call, RPC.result("1"))
        play.end(call)
        play.shutdown()
        let rows = play.rows()
        #expect(
            rows.callLines.dropFirst() == [
                "s1 c2s tools/call echo #1 ok x3>x3", "s1 s2c elicitation/create #1 ok x3>x4",
            ])
        #expect(rows.messageLines.last == "s1/6 s2c response #1 x3")
    }

    @Test func `A server's request on the GET stream is answered by a POST`() {
        var play = Play()
        play.begin(1, session: "abc")
        let listening = play.get(2, "/mcp", session: "abc")
        play.stream(listening)
        play.event(listening, RPC.request(#""srv-1""#, "roots/list"))
        play.accept(play.post(1, "/mcp", RPC.error(#""srv-1""#, -1), session: "abc"))
        play.event(listening, RPC.request(#""srv-2""#, "ping"))
        play.end(listening, by: .client, .fin)
        play.answer(play.delete(1, "/mcp", session: "abc"), 200)
        #expect(
            play.rows().callLines.dropFirst() == [
                #"s1 s2c roots/list #"srv-1" rpc_error x3>x4"#, #"s1 s2c ping #"srv-2" unanswered client_left x3"#,
            ])
    }

    @Test func `A server's request that comes again on a resumed stream is one call`() {
        var play = Play()
        play.begin(1, session: "abc")
        let listening = play.get(2, "/mcp", session: "abc")
        play.stream(listening)
        play.event(listening, RPC.request("8", "ping"), id: "g1")
        play.end(listening, by: .server, .fin)
        let resumed = play.get(2, "/mcp", session: "abc", lastEventID: "g0")
        play.stream(resumed)
        play.event(resumed, RPC.request("8", "ping"), id: "g1")
        play.accept(play.post(1, "/mcp", RPC.result("8"), session: "abc"))
        play.shutdown()
        let rows = play.rows()
        #expect(rows.callLines.dropFirst() == ["s1 s2c ping #8 ok x3>x5"])
        #expect(rows.messageLines.contains("s1/4 s2c request ping #8 x4 again=4"))
    }

    @Test func `The same id twice in flight is answered where each is due`() {
        var play = Play()
        play.begin(1, session: "abc")
        let first = play.post(1, "/mcp", RPC.call("1", "slow"), session: "abc")
        let second = play.post(2, "/mcp", RPC.call("1", "fast"), session: "abc")
        play.answer(second, 200, RPC.result("1"))
        play.answer(first, 200, RPC.result("1"))
        play.shutdown()
        #expect(
            play.rows().callLines.dropFirst() == [
                "s1 c2s tools/call slow #1 ok x3>x3", "s1 c2s tools/call fast #1 ok x4>x4",
            ])
    }

    @Test func `An answer on another stream than the one it is due on is marked`() {
        var play = Play()
        play.begin(1, session: "abc")
        let listening = play.get(2, "/mcp", session: "abc")
        play.stream(listening)
        let call = play.post(1, "/mcp", RPC.call("1"), session: "abc")
        play.stream(call)
        play.event(listening, RPC.result("1"))
        play.end(call)
        play.shutdown()
        #expect(play.rows().callLines.last == "s1 c2s tools/call echo #1 ok answered_elsewhere x4>x3")
    }

    @Test func `A batch is so many messages, and each request a call`() {
        var play = Play()
        play.begin(1, session: "abc")
        let batch = play.post(1, "/mcp", "[\(RPC.call("1")), \(RPC.ready),\(RPC.call("2"))]", session: "abc")
        play.answer(batch, 200, "[\(RPC.result("2")),\(RPC.error("1", -32000))]")
        play.shutdown()
        let rows = play.rows()
        #expect(
            rows.callLines.dropFirst() == [
                "s1 c2s tools/call echo #1 rpc_error x3>x3", "s1 c2s tools/call echo #2 ok x3>x3",
            ])
        #expect(rows.messages.suffix(5).allSatisfy { if case .element = $0.body { true } else { false } })
        #expect(rows.messages.suffix(5).first?.bytes == Int64(RPC.call("1").utf8.count))
    }

    @Test func `A session that began before the recording is known by its header`() {
        var play = Play()
        let call = play.post(
            1, "/mcp", RPC.call("9"), session: "old", [("MCP-Protocol-Version", "2025-06-18")])
        play.answer(call, 200, RPC.result("9"))
        play.shutdown()
        let rows = play.rows()
        #expect(rows.sessionLines == ["1 streamable test-client wire=old rev=2025-06-18 open high"])
        #expect(rows.callLines == ["s1 c2s tools/call echo #9 ok x1>x1"])
    }
}
