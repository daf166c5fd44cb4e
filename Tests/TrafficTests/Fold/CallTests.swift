import Testing
import Traffic

struct CallTests {
    /// A session with an id and one call sent in it.
    private func called() -> (play: Play, exchange: UInt32) {
        var play = Play()
        play.begin(1, session: "abc")
        let call = play.post(2, "/mcp", RPC.call("1", token: "5"), session: "abc")
        return (play, call)
    }

    private func lastCall(_ play: Play) -> String? {
        var play = play
        play.shutdown()
        return play.rows().callLines.last
    }

    @Test(arguments: [
        (Peer.server, EndReason.complete, "unanswered nothing_sent"), (.server, .fin, "unanswered stream_cut"),
        (.server, .rst, "unanswered stream_cut"), (.unknown, .timeout, "unanswered stream_cut"),
        (.client, .fin, "unanswered client_left"), (.client, .rst, "unanswered client_left"),
        (.recorder, .shutdown, "pending"),
    ])
    func `A stream that ends without its answer says why`(by: Peer, reason: EndReason, status: String) {
        var (play, call) = called()
        play.stream(call)
        play.event(call, RPC.progress("5"))
        play.end(call, by: by, reason)
        #expect(lastCall(play) == "s1 c2s tools/call echo #1 \(status) x3")
    }

    @Test(arguments: [(Peer.client, EndReason.fin), (.client, .rst), (.server, .fin), (.server, .rst)])
    func `An answered call does not mind how its stream ends`(by: Peer, reason: EndReason) {
        var (play, call) = called()
        play.stream(call)
        play.event(call, RPC.result("1"))
        play.end(call, by: by, reason)
        #expect(lastCall(play) == "s1 c2s tools/call echo #1 ok x3>x3")
    }

    @Test func `A stream that never ends is pending when the recording ends`() {
        var (play, call) = called()
        play.stream(call)
        play.event(call, RPC.progress("5"))
        #expect(lastCall(play) == "s1 c2s tools/call echo #1 pending x3")
    }

    @Test(arguments: [(400, "x"), (500, ""), (429, #"{"message":"slow down"}"#), (307, "")])
    func `A status that is none of success is an HTTP error`(status: Int, body: String) {
        var (play, call) = called()
        play.answer(call, status, body)
        let rows = play.rows()
        #expect(rows.callLines.last == "s1 c2s tools/call echo #1 http_error x3")
        #expect(rows.messages.count == 4)
    }

    @Test(arguments: ["null", #""server-error""#, nil] as [String?])
    func `An error that names no request answers the one of its exchange`(id: String?) {
        var (play, call) = called()
        play.answer(call, 400, RPC.error(id, -32600))
        let rows = play.rows()
        #expect(rows.callLines.last == "s1 c2s tools/call echo #1 http_error x3>x3")
        #expect(rows.messages.last?.errorCode == -32600 && rows.messages.last?.callID != nil)
    }

    @Test func `What the forwarder answered itself is an HTTP error`() {
        var (play, call) = called()
        play.edit(call, Edit(place: .response, what: "answer", from: nil, to: "502 upstream unreachable"))
        play.end(call, by: .recorder, .httpError)
        play.close(1)
        play.close(2)
        let rows = play.rows()
        #expect(rows.callLines.last == "s1 c2s tools/call echo #1 http_error x3")
        #expect(rows.sessionLines == ["1 streamable demo wire=abc rev=2025-11-25 abandoned high"])
    }

    @Test func `A cancelled call stays cancelled when its answer comes late`() throws {
        var (play, call) = called()
        play.stream(call)
        play.accept(play.post(1, "/mcp", RPC.cancelled("1"), session: "abc"))
        play.event(call, RPC.result("1"))
        play.end(call)
        let rows = play.rows()
        #expect(rows.callLines.last == "s1 c2s tools/call echo #1 cancelled late x3>x3")
        let row = try #require(rows.call(2))
        #expect(row.responseID != nil && rows.messages.last?.answersID == row.requestID)
    }

    @Test func `An answer after the client left is late`() {
        var (play, call) = called()
        play.end(call, by: .client, .fin)
        let listening = play.get(1, "/mcp", session: "abc")
        play.stream(listening)
        play.event(listening, RPC.result("1"))
        #expect(lastCall(play) == "s1 c2s tools/call echo #1 ok late x3>x4")
    }

    @Test func `Progress on another stream is the first sign of an answer`() throws {
        var play = Play()
        let home = play.beginSSE(1, 2, session: "5b1e")
        play.accept(play.postSSE(2, "5b1e", RPC.call("1", token: #""t""#)))
        play.event(home, RPC.progress(#""other""#))
        play.event(home, RPC.progress(#""t""#))
        play.event(home, RPC.result("1"))
        play.shutdown()
        let row = try #require(play.rows().call(2))
        #expect(row.firstEventMs == 10 && row.latencyMs == 12)
    }

    @Test func `A gap where the answer should be is the reason`() {
        var (play, call) = called()
        play.stream(call)
        play.gap(exchange: call)
        play.end(call)
        #expect(lastCall(play) == "s1 c2s tools/call echo #1 unanswered gap x3")
    }

    @Test func `A gap of a connection or of everything counts for what is open on it`() {
        var (play, call) = called()
        play.stream(call)
        play.gap(connection: 1)
        var everywhere = play
        play.end(call)
        #expect(lastCall(play) == "s1 c2s tools/call echo #1 unanswered nothing_sent x3")
        everywhere.gap()
        everywhere.end(call)
        #expect(lastCall(everywhere) == "s1 c2s tools/call echo #1 unanswered gap x3")
    }

    @Test func `An answer in a coding that is not read is not said to be missing`() {
        var (play, call) = called()
        play.answer(call, 200, "\u{1f}\u{8b}", [("Content-Encoding", "gzip")])
        #expect(lastCall(play) == "s1 c2s tools/call echo #1 unanswered gap x3")
    }

    @Test func `A JSON answer that was cut is no message`() {
        var (play, call) = called()
        play.respond(call, 200, [("Content-Type", "application/json"), ("Content-Length", "50")])
        play.body(call, #"{"jsonrpc":"2.0","#)
        play.end(call, by: .server, .rst)
        play.shutdown()
        let rows = play.rows()
        #expect(rows.callLines.last == "s1 c2s tools/call echo #1 unanswered stream_cut x3")
        #expect(rows.messages.allSatisfy { $0.kind != .invalid })
    }
}
