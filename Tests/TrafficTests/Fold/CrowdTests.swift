import Testing
import Traffic

/// Far more of something than anybody sends.
@Suite(.timeLimit(.minutes(1)))
struct CrowdTests {
    private func batch(_ texts: [String]) -> String { "[\(texts.joined(separator: ","))]" }

    @Test func `a batch with more messages than anybody sends is one invalid message`() {
        var play = Play()
        play.begin(1, session: "abc")
        let requests = (0..<120_000).map { #"{"jsonrpc":"2.0","id":\#($0),"method":"a"}"# }
        play.answer(play.post(1, "/mcp", batch(requests), session: "abc"), 200, RPC.error("null", -32600))
        play.shutdown()
        let rows = play.rows()
        #expect(rows.messages.count { $0.kind == .invalid } == 1 && rows.calls.count == 1)
    }

    @Test(arguments: [true, false])
    func `the requests of a long batch are each answered, whatever their ids`(areEqual: Bool) {
        var play = Play()
        play.begin(1, session: "abc")
        let ids = (0..<10_000).map { areEqual ? "7" : "\($0)" }
        let post = play.post(
            1, "/mcp", batch(ids.map { #"{"jsonrpc":"2.0","id":\#($0),"method":"a"}"# }), session: "abc")
        play.answer(post, 200, batch(ids.reversed().map { RPC.result($0) }))
        play.shutdown()
        let rows = play.rows()
        #expect(rows.calls.count == 10_001 && rows.calls.values.allSatisfy { $0.status == .ok })
    }

    @Test func `what was said of an exchange once is not said again`() {
        var play = Play()
        let ids = (0..<500).map { "\($0)" }
        let post = play.ask(1, batch(ids.map { Modern.discover($0) }), "server/discover")
        play.stream(post)
        for id in ids { play.event(post, Modern.result(id)) }
        play.end(post)
        let evidence = play.rows().attributions[7 << 32 | 1]?.evidence
        #expect(evidence == "request names 2026-07-28 in _meta; server/discover answered")
    }

    @Test func `a connection of very many clients brings each back to its session`() {
        var play = Play()
        let clients = (0..<300).map { "client-\($0)" }
        for client in clients { play.call(1, "1", client: client) }
        for client in clients { play.call(1, "2", client: client) }
        play.shutdown()
        let rows = play.rows()
        #expect(rows.sessions.count == 300)
        #expect(
            rows.calls.values.allSatisfy { call in rows.calls.values.count { $0.sessionID == call.sessionID } == 2 })
        #expect(rows.sessions.values.allSatisfy { $0.confidence == .medium })
    }

    @Test func `ids of sessions that a client made up are forgotten, where they are very many`() {
        var fold = Fold(recordingID: 7, name: nil)
        func request(_ id: String, _ exchange: Int64, at: Int64) {
            func apply(_ what: TrafficEvent.What) {
                fold.apply(TrafficEvent(at: at, connection: 7 << 32 | 1, exchange: exchange, what))
            }
            let head = RequestHead(
                method: "GET", target: "/mcp", version: "1.1", fields: [.init(name: "Mcp-Session-Id", value: id)])
            apply(.requestHead(head))
            apply(.requestEnd(trailers: []))
            apply(.responseHead(ResponseHead(status: 200, reason: "OK", version: "1.1", fields: [])))
            apply(.ended(by: .server, reason: .complete, trailers: []))
        }
        for number in 1...11_000 as ClosedRange<Int64> { request("\(number)", number, at: Play.start + number) }
        #expect(fold.remembered.sessions == 11_000)
        request("late", 20_000, at: Play.start + 700 * Play.second)
        #expect(fold.remembered.sessions <= 2)
    }
}
