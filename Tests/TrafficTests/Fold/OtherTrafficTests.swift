import Testing
import Traffic

/// What is no message, and what is none of ours.
struct OtherTrafficTests {
    @Test func `Requests of other protocols on the same connection have no session and no messages`() {
        var play = Play()
        play.begin(1, session: nil)
        play.answer(play.request(1, "GET", "/.well-known/oauth-protected-resource"), 200, #"{"resource":"x"}"#)
        play.answer(
            play.request(
                1, "POST", "/token", [("Content-Type", "application/x-www-form-urlencoded")], body: "code=1"),
            200, #"{"access_token":"x"}"#)
        play.answer(play.post(1, "/register", #"{"client_name":"x"}"#), 201, #"{"client_id":"x"}"#)
        play.shutdown()
        let rows = play.rows()
        #expect(rows.attributionLines.suffix(3) == ["x3", "x4", "x5"])
        #expect(rows.messages.count == 3)
    }

    @Test func `A stream of something else makes no session`() {
        var play = Play()
        let stream = play.get(1, "/events")
        play.stream(stream)
        play.event(stream, #"{"price":1}"#)
        play.event(stream, "hello", type: "message")
        play.end(stream)
        let rows = play.rows()
        #expect(rows.sessions.isEmpty && rows.messages.isEmpty)
        #expect(rows.streamEvents.count == 2)
    }

    @Test func `Messages on a stream that nothing else places make a session`() {
        var play = Play()
        let stream = play.get(1, "/sse")
        play.stream(stream)
        play.event(stream, RPC.notification("notifications/message"))
        play.shutdown()
        #expect(play.rows().sessionLines == ["1 broadcast test-client open low"])
    }

    @Test func `Heartbeats are no messages, whatever their form`() {
        var play = Play()
        play.begin(1, session: "abc")
        let listening = play.get(1, "/mcp", session: "abc")
        play.stream(listening)
        play.chunk(listening, ": ping - 2026-11-22\r\n\r\n")
        play.event(listening, "{}", type: "keepalive")
        play.event(listening, "x", type: "ping")
        play.event(listening, "")
        play.chunk(listening, "retry: 500\n\n")
        play.chunk(listening, "data: {\"jsonrpc")
        play.shutdown()
        let rows = play.rows()
        #expect(rows.messages.count == 3)
        #expect(
            rows.streamEvents.map { $0.block.block.kind.rawValue }
                == ["comment", "event", "event", "empty", "retry", "partial"])
    }

    @Test func `An event of a message's type that is no message is an invalid one`() {
        var play = Play()
        play.begin(1, session: "abc")
        let listening = play.get(1, "/mcp", session: "abc")
        play.stream(listening)
        play.event(listening, #"{"type":"heartbeat"}"#)
        play.event(listening, "not json", type: "message")
        play.event(listening, RPC.ready, type: "odd")
        play.shutdown()
        #expect(
            play.rows().messageLines.suffix(3) == [
                "s1/3 s2c invalid x3", "s1/4 s2c invalid x3", "s1/5 s2c notification notifications/initialized x3",
            ])
    }

    @Test func `Content that is no message is an invalid one in either direction`() {
        var play = Play()
        play.begin(1, session: nil)
        play.answer(play.post(1, "/mcp", #"{"jsonrpc":"1.0"}"#), 200, "[]")
        play.answer(play.post(1, "/mcp", "{", session: "abc"), 400, #"{"error":"bad"}"#)
        play.shutdown()
        #expect(
            play.rows().messageLines.suffix(3) == [
                "s1/3 c2s invalid x3", "s1/4 s2c invalid x3", "s2/0 c2s invalid x4",
            ])
    }

    @Test func `A request cut in its body says nothing`() {
        var play = Play()
        play.open(1)
        let whole = play.post(1, "/mcp", RPC.call("1"), session: "abc")
        play.shutdown()
        let steps = play.steps.filter { if case .requestEnd = $0.part { false } else { true } }
        let rows = Rows(steps)
        #expect(rows.calls.isEmpty && rows.messages.isEmpty)
        #expect(rows.exchange(Int64(whole))?.requestBody != nil)
        #expect(rows.derived == rows.refolded(endNs: Rows.endNs(steps)).derived)
    }

    @Test func `Heads that cannot be read are kept and attributed to nobody`() {
        var play = Play()
        play.open(1)
        let steps =
            play.steps + [
                Step(
                    part: .requestHead, connection: 1, exchange: 1, at: play.now + 1,
                    bytes: Array("\u{1}\u{2} junk".utf8)),
                Step(part: .ended(by: .recorder, reason: .httpError), connection: 1, exchange: 1, at: play.now + 2),
            ]
        let rows = Rows(steps)
        #expect(rows.attributionLines == ["x1"])
        #expect(rows.exchange(1)?.request.target == "\u{1}\u{2} junk")
    }
}
