import Testing
import Traffic

struct SessionEndTests {
    private func end(_ change: (inout Play) -> Void) -> [String] {
        var play = Play()
        play.begin(1, session: "abc")
        change(&play)
        return play.rows().sessionLines
    }

    @Test func `A session without DELETE is abandoned when its client has left, else open`() {
        #expect(end { $0.close(1) } == ["1 streamable demo wire=abc rev=2025-11-25 abandoned high"])
        #expect(end { $0.shutdown() } == ["1 streamable demo wire=abc rev=2025-11-25 open high"])
        #expect(end { _ in } == ["1 streamable demo wire=abc rev=2025-11-25 open high"])
    }

    @Test func `A refused DELETE ends nothing`() {
        let lines = end {
            $0.answer($0.delete(1, "/mcp", session: "abc"), 405)
            $0.close(1)
        }
        #expect(lines == ["1 streamable demo wire=abc rev=2025-11-25 abandoned high"])
    }

    @Test func `A 404 to the session's id is its expiry, and what the client still sends stays with it`() {
        var play = Play()
        play.begin(1, session: "abc")
        for id in ["1", "2"] {
            play.answer(play.post(1, "/mcp", RPC.call(id), session: "abc"), 404, RPC.error("null", -32001))
        }
        play.shutdown()
        let rows = play.rows()
        #expect(rows.sessionLines == ["1 streamable demo wire=abc rev=2025-11-25 expired high"])
        #expect(
            rows.callLines.dropFirst() == [
                "s1 c2s tools/call echo #1 http_error x3>x3", "s1 c2s tools/call echo #2 http_error x4>x4",
            ])
        #expect(rows.session(1)?.endedNs == rows.exchange(3)?.responseEndNs)
    }

    @Test func `A 404 of another path is no expiry`() {
        let lines = end {
            $0.answer($0.post(1, "/wrong", RPC.call("1"), session: "abc"), 404)
            $0.shutdown()
        }
        #expect(lines == ["1 streamable demo wire=abc rev=2025-11-25 open high"])
    }

    @Test func `A call whose POST is still open when DELETE comes waits for its own end`() {
        var play = Play()
        play.begin(1, session: "abc")
        let answered = play.post(2, "/mcp", RPC.call("1"), session: "abc")
        let unanswered = play.post(3, "/mcp", RPC.call("2"), session: "abc")
        play.stream(unanswered)
        play.answer(play.delete(1, "/mcp", session: "abc"), 200)
        play.answer(answered, 200, RPC.result("1"))
        play.event(unanswered, "", id: "a_0")
        play.end(unanswered)
        let rows = play.rows()
        #expect(
            rows.callLines.dropFirst() == [
                "s1 c2s tools/call echo #1 ok x3>x3", "s1 c2s tools/call echo #2 unanswered nothing_sent x4",
            ])
    }

    @Test func `A call that waits for a resumed stream ends with its session`() {
        var play = Play()
        play.begin(1, session: "abc")
        let call = play.post(1, "/mcp", RPC.call("1"), session: "abc")
        play.stream(call)
        play.event(call, "", id: "a_0")
        play.end(call)
        play.answer(play.get(1, "/mcp", session: "abc", lastEventID: "a_0"), 404)
        #expect(play.rows().callLines.last == "s1 c2s tools/call echo #1 unanswered nothing_sent x3")
    }

    @Test func `A day of silence ends a session with an id, connected or not`() {
        var play = Play()
        play.begin(1, session: "abc")
        play.wait(86_300)
        play.begin(2, session: "def")
        play.wait(200)
        play.begin(3, session: "ghi")
        play.shutdown()
        #expect(
            play.rows().sessionLines == [
                "1 streamable demo wire=abc rev=2025-11-25 abandoned high",
                "2 streamable demo wire=def rev=2025-11-25 open high",
                "3 streamable demo wire=ghi rev=2025-11-25 open high",
            ])
    }

    @Test func `An ended session is forgotten five minutes later, and its id begins another`() {
        var play = Play()
        play.begin(1, session: "abc")
        play.answer(play.delete(1, "/mcp", session: "abc"), 200)
        play.wait(500)
        play.answer(play.post(1, "/mcp", RPC.call("1"), session: "abc"), 404)
        #expect(
            play.rows().sessionLines == [
                "1 streamable demo wire=abc rev=2025-11-25 deleted high",
                "2 streamable test-client wire=abc expired high",
            ])
    }

    @Test func `A recording that broke off says nothing of ends`() {
        var play = Play()
        play.begin(1, session: "abc")
        _ = play.post(1, "/mcp", RPC.call("1"), session: "abc")
        let rows = play.rows(finishes: false)
        #expect(rows.sessionLines == ["1 streamable demo wire=abc rev=2025-11-25 high"])
        #expect(rows.callLines.last == "s1 c2s tools/call echo #1 pending x3")
    }

    // MARK: Names

    @Test func `Sessions are named after the recording, else their client, else its program`() {
        var play = Play()
        play.begin(1, session: "abc", client: "my client/2")
        play.answer(play.post(2, "/mcp", RPC.call("1"), session: "old"), 200, RPC.result("1"))
        play.agent = nil
        play.answer(play.post(3, "/mcp", RPC.call("1"), session: "older"), 200, RPC.result("1"))
        play.shutdown()
        #expect(
            play.rows().sessions.values.sorted { $0.id < $1.id }.map(\.nameBase) == [
                "my-client-2", "test-client", "unknown",
            ])
        #expect(Set(play.rows(name: "night").sessions.values.map(\.nameBase)) == ["night"])
    }

    @Test func `A session has no name before its client said anything`() {
        var play = Play()
        let home = play.get(1, "/sse")
        play.stream(home)
        play.event(home, "/messages/?session_id=5b1e", type: "endpoint")
        #expect(play.rows(finishes: false).sessionLines == ["1 http+sse - wire=5b1e high"])
        play.shutdown()
        #expect(play.rows().sessionLines == ["1 http+sse test-client wire=5b1e open high"])
    }
}
