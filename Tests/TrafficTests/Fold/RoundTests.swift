import Testing
import Traffic

/// Calls in which the server asks for input before it answers. (MCP 2026-07-28 mrtr)
struct RoundTests {
    private func rows(_ build: (inout Play) -> Void) -> Rows {
        var play = Play()
        build(&play)
        play.shutdown()
        return play.rows()
    }

    @Test func `The rounds of a call are one call, from the first request to the final answer`() throws {
        let rows = rows { play in
            play.answer(play.ask(1, Modern.call("7", "deploy")), 200, Modern.asks("7"))
            play.wait(3)
            play.answer(play.ask(1, Modern.call("8", "deploy", Modern.answers())), 200, Modern.asks("8", ["more"]))
            let last = play.ask(1, Modern.call("9", "deploy", Modern.answers(["more"])))
            play.stream(last)
            play.event(last, Modern.result("9"))
            play.end(last)
        }
        #expect(rows.callLines == ["s1 c2s tools/call deploy #7 ok x1>x3"])
        let call = try #require(rows.call(1))
        #expect(call.rounds == 3 && call.reason == nil)
        #expect(rows.messages.map(\.callID) == Array(repeating: call.id, count: 6))
        #expect(call.requestID == rows.messages[0].id && call.responseID == rows.messages[5].id)
        let requests = [0, 2, 4].map { rows.messages[$0].id }
        #expect([1, 3, 5].map { rows.messages[$0].answersID } == requests)
        #expect(call.requestBytes == rows.messages.filter { $0.kind == .request }.map(\.bytes).reduce(0, +))
        #expect(call.responseBytes == rows.messages.filter { $0.kind == .response }.map(\.bytes).reduce(0, +))
        #expect(call.latencyMs == Double(rows.messages[5].atNs - call.sentNs) / 1e6)
        #expect(call.acceptedMs == 3)
    }

    @Test func `Without a state the same question with answers to what was asked goes on`() {
        let rows = rows { play in
            play.answer(play.ask(1, Modern.call("1", "a")), 200, Modern.asks("1", ["x", "y"], state: nil))
            play.answer(play.ask(1, Modern.call("2", "b")), 200, Modern.asks("2", ["x"], state: nil))
            play.answer(play.ask(1, Modern.call("3", "b", Modern.answers(["x"], state: nil))), 200, Modern.result("3"))
            play.answer(play.ask(1, Modern.call("4", "a", Modern.answers(["y"], state: nil))), 200, Modern.result("4"))
            play.answer(play.ask(1, Modern.call("5", "a", Modern.answers(["z"], state: nil))), 200, Modern.result("5"))
        }
        #expect(
            rows.callLines == [
                "s1 c2s tools/call a #1 ok x1>x4", "s1 c2s tools/call b #2 ok x2>x3",
                "s1 c2s tools/call a #5 ok x5>x5",
            ])
        #expect([1, 2, 3].map { rows.call($0)?.rounds } == [2, 2, 1])
    }

    @Test func `The spelling of the question does not matter`() {
        let rows = rows { play in
            play.answer(play.ask(1, Modern.call("1")), 200, Modern.asks("1", state: nil))
            let again = RPC.request(
                "2", "tools/call",
                #"{ "arguments" : {"b":[true], "\u0061":1}, "name":"ec\u0068o" \#(Modern.answers(state: nil)),\#(Modern.meta())}"#
            )
            play.answer(play.ask(1, again), 200, Modern.result("2"))
        }
        #expect(rows.callLines == ["s1 c2s tools/call echo #1 ok x1>x2"])
    }

    @Test func `Equal calls that wait at once are told apart by their states`() {
        let rows = rows { play in
            for (id, state) in [("1", "first"), ("2", "second")] {
                play.answer(play.ask(1, Modern.call(id)), 200, Modern.asks(id, state: state))
            }
            for (id, state) in [("3", "second"), ("4", "first")] {
                play.answer(
                    play.ask(1, Modern.call(id, "echo", Modern.answers(state: state))), 200, Modern.result(id))
            }
        }
        #expect(
            rows.callLines == ["s1 c2s tools/call echo #1 ok x1>x4", "s1 c2s tools/call echo #2 ok x2>x3"])
    }

    @Test func `A state that comes back from elsewhere tells the session`() {
        let rows = rows { play in
            play.answer(
                play.ask(1, Modern.call("1"), headers: [("Authorization", "Bearer a")]), 200, Modern.asks("1"))
            play.open(2, from: "10.0.0.99")
            let retry = play.ask(
                2, Modern.call("2", "echo", Modern.answers()), headers: [("Authorization", "Bearer b")])
            play.answer(retry, 200, Modern.result("2"))
            play.open(3, from: "10.0.0.98")
            play.answer(
                play.ask(3, Modern.call("3", "echo", Modern.answers())), 200, Modern.result("3"))
        }
        #expect(rows.callLines == ["s1 c2s tools/call echo #1 ok x1>x2", "s2 c2s tools/call echo #3 ok x3>x3"])
        #expect(rows.call(1)?.rounds == 2)
    }

    @Test func `A state that every call has joins no clients`() {
        let rows = rows { play in
            play.answer(play.ask(1, Modern.call("1", client: "one")), 200, Modern.asks("1", state: "1"))
            play.open(2, from: "10.0.0.99")
            play.answer(play.ask(2, Modern.call("1", client: "two")), 200, Modern.asks("1", state: "1"))
            for (connection, client) in [(UInt32(2), "two"), (1, "one")] {
                let retry = Modern.call("2", "echo", Modern.answers(state: "1"), client: client)
                play.answer(play.ask(connection, retry), 200, Modern.result("2"))
            }
        }
        #expect(rows.callLines == ["s1 c2s tools/call echo #1 ok x1>x4", "s2 c2s tools/call echo #1 ok x2>x3"])
    }

    @Test func `A client that never comes back leaves the call unanswered`() {
        var play = Play()
        play.answer(play.ask(1, Modern.call("1")), 200, Modern.asks("1"))
        var open = play
        play.close(1)
        play.wait(700)
        play.call(2, "9", client: "other")
        play.shutdown()
        let rows = play.rows()
        #expect(rows.callLines.first == "s1 c2s tools/call echo #1 unanswered input_required x1>x1")
        #expect(rows.call(1)?.responseID != nil && rows.call(1)?.latencyMs == nil)
        open.shutdown()
        #expect(open.rows().callLines == ["s1 c2s tools/call echo #1 pending input_required x1>x1"])
    }

    @Test func `A later round may fail or be cancelled`() {
        let rows = rows { play in
            for id in ["1", "3", "5"] {
                play.answer(play.ask(1, Modern.call(id, id)), 200, Modern.asks(id, state: "s\(id)"))
            }
            play.answer(
                play.ask(1, Modern.call("2", "1", Modern.answers(state: "s1"))), 200, Modern.error("2", -32603))
            play.end(play.ask(1, Modern.call("4", "3", Modern.answers(state: "s3"))), by: .client, .rst)
            play.answer(play.ask(2, Modern.call("6", "5", Modern.answers(state: "s5"))), 503)
        }
        #expect(
            rows.callLines == [
                "s1 c2s tools/call 1 #1 rpc_error x1>x4", "s1 c2s tools/call 3 #3 cancelled x2>x2",
                "s1 c2s tools/call 5 #5 http_error x3>x3",
            ])
        #expect([1, 2, 3].map { rows.call($0)?.rounds } == [2, 2, 2])
    }

    @Test func `No more than so many calls wait for input`() {
        let rows = rows { play in
            for id in 0..<70 {
                play.answer(play.ask(1, Modern.call("\(id)")), 200, Modern.asks("\(id)", state: "\(id)"))
            }
        }
        let waiting = rows.callLines.filter { $0.contains("pending input_required") }
        #expect(waiting.count == 64)
        #expect(rows.callLines.prefix(6).allSatisfy { $0.contains("unanswered input_required") })
    }

    @Test func `Rounds travel over HTTP+SSE as well`() {
        var play = Play()
        let home = play.get(1, "/sse")
        play.stream(home)
        play.event(home, "/messages/?session_id=5b1e", type: "endpoint")
        play.accept(play.postSSE(2, "5b1e", Modern.call("1")))
        play.event(home, Modern.asks("1", state: nil))
        let retry = play.postSSE(2, "5b1e", Modern.call("2", "echo", Modern.answers(state: nil)))
        play.event(home, Modern.result("2"))
        play.accept(retry)
        play.shutdown()
        let rows = play.rows()
        #expect(rows.callLines == ["s1 c2s tools/call echo #1 ok x2>x1"])
        #expect(rows.call(1)?.rounds == 2)
    }
}
