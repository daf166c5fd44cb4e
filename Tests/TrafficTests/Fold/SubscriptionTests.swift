import Testing
import Traffic

/// Streams that stay open for what the server has to tell, and tasks. (MCP 2026-07-28 subscriptions; tasks)
struct SubscriptionTests {
    private func listening() -> (play: Play, exchange: UInt32) {
        var play = Play()
        play.call(1, "1")
        let exchange = play.ask(2, Modern.listen(), "subscriptions/listen")
        play.stream(exchange)
        play.event(exchange, Modern.told("subscriptions/acknowledged"))
        play.chunk(exchange, ": ping\r\n\r\n")
        play.event(exchange, Modern.told("tools/list_changed"))
        return (play, exchange)
    }

    @Test(arguments: [
        (Peer.client, EndReason.fin, "cancelled"), (.client, .rst, "cancelled"),
        (.server, .complete, "unanswered nothing_sent"), (.server, .fin, "unanswered stream_cut"),
        (.unknown, .timeout, "unanswered stream_cut"), (.recorder, .shutdown, "pending"),
    ])
    func `A subscription is a call that lasts as long as its stream`(by: Peer, reason: EndReason, status: String) throws
    {
        var (play, exchange) = listening()
        play.end(exchange, by: by, reason)
        play.shutdown()
        let rows = play.rows()
        #expect(rows.callLines.last == #"s1 c2s subscriptions/listen #"l1" \#(status) x2"#)
        let call = try #require(rows.call(2))
        #expect(call.latencyMs == nil && call.firstEventMs == 5)
        #expect(rows.messages.suffix(2).map(\.callID) == [call.id, call.id])
    }

    @Test func `A server that ends it gives its result`() throws {
        var (play, exchange) = listening()
        play.event(exchange, Modern.result(#""l1""#))
        play.end(exchange)
        play.shutdown()
        let rows = play.rows()
        #expect(rows.callLines.last == #"s1 c2s subscriptions/listen #"l1" ok x2>x2"#)
        #expect(try #require(rows.call(2)).latencyMs == nil)
    }

    @Test func `A server may end it with a cancellation instead`() {
        var (play, exchange) = listening()
        play.event(exchange, RPC.cancelled(#""l1""#))
        play.end(exchange)
        play.shutdown()
        #expect(play.rows().callLines.last == #"s1 c2s subscriptions/listen #"l1" cancelled x2"#)
    }

    @Test func `A notification that names no subscription of its stream is nobody's`() {
        var (play, exchange) = listening()
        play.event(exchange, Modern.told("tools/list_changed", "1"))
        play.shutdown()
        #expect(play.rows().messages.last?.callID == nil)
    }

    @Test func `A listening client keeps its session, however long nothing is said`() {
        var (play, exchange) = listening()
        play.close(1)
        for _ in 0..<5 {
            play.wait(200)
            play.chunk(exchange, ": ping\r\n\r\n")
        }
        play.call(3, "2")
        play.shutdown()
        #expect(play.rows().callLines.last == "s1 c2s tools/call echo #2 ok x3>x3")
    }

    @Test func `A task answers its call, and what asks after it names it`() {
        var play = Play()
        play.answer(
            play.ask(1, Modern.call("1", "slow")), 200,
            Modern.result("1", "task", #","taskId":"t-1","status":"working""#))
        for (id, method) in [("2", "tasks/get"), ("3", "tasks/update"), ("4", "tasks/cancel")] {
            let poll = play.ask(1, Modern.request(id, method, #","taskId":"t-1""#), method)
            play.answer(poll, 200, Modern.result(id, "complete", #","status":"completed""#))
        }
        play.shutdown()
        let rows = play.rows()
        #expect(
            rows.callLines == [
                "s1 c2s tools/call slow #1 ok x1>x1", "s1 c2s tasks/get t-1 #2 ok x2>x2",
                "s1 c2s tasks/update t-1 #3 ok x3>x3", "s1 c2s tasks/cancel t-1 #4 ok x4>x4",
            ])
        #expect((1...4).allSatisfy { rows.call($0)?.taskID == "t-1" })
    }

    @Test func `Tasks of 2025-11-25 are linked the same way`() {
        var play = Play()
        play.begin(1, session: "abc")
        play.answer(
            play.post(1, "/mcp", RPC.call("1", "slow"), session: "abc"), 200,
            RPC.result("1", #"{"task":{"taskId":"t-1","status":"working"}}"#))
        play.answer(
            play.post(1, "/mcp", RPC.request("2", "tasks/result", #"{"taskId":"t-1"}"#), session: "abc"), 200,
            RPC.result("2", #"{"content":[]}"#))
        play.shutdown()
        let rows = play.rows()
        #expect(rows.callLines.last == "s1 c2s tasks/result t-1 #2 ok x4>x4")
        #expect(rows.call(2)?.taskID == "t-1" && rows.call(3)?.taskID == "t-1")
    }
}
