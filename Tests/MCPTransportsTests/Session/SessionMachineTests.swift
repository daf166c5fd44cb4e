import Testing

@testable import MCPTransports

@Suite struct SessionMachineTests {
    @Test func `The handshake is answered with the revision asked for and opens the session`() throws {
        var script = SessionScript()
        let actions = try script.post(SessionScript.initialize(.v20250618))
        guard case .answer(_, .json(let json, let opensSession)) = actions.first else {
            Issue.record("no answer: \(actions)")
            return
        }
        #expect(json["result"]?["protocolVersion"] == "2025-06-18")
        #expect(opensSession)
        #expect(script.machine.phase == .open)
        #expect(script.machine.client?.name == "c")
    }

    @Test func `Nothing but ping is answered before the handshake, and the handshake comes once`() throws {
        var script = SessionScript()
        #expect(try script.post(SessionScript.call(1)).summary.first?.contains("initialize comes first") == true)
        #expect(
            try script.post(SessionScript.call(2, "ping")).summary == [#"json {"jsonrpc":"2.0","id":2,"result":{}}"#])
        _ = try script.post(SessionScript.initialize(.v20250618))
        #expect(try script.post(SessionScript.initialize(.v20250618)).summary == ["rejected 400"])
    }

    @Test func `A handler that says nothing before its answer is answered as JSON`() throws {
        var script = try SessionScript.opened()
        let token = try #require(try script.post(SessionScript.call(1)).token)
        let actions = script.machine.finish(token, .success(["a": 1]))
        #expect(actions.summary == [#"json {"jsonrpc":"2.0","id":1,"result":{"a":1}}"#])
        #expect(script.machine.isIdle)
    }

    @Test func `A handler that notifies is answered on an event stream that then ends`() throws {
        var script = try SessionScript.opened()
        let token = try #require(try script.post(SessionScript.call(1)).token)
        #expect(
            script.machine.notify(token, method: "n", params: nil).summary
                == ["open", #"send {"jsonrpc":"2.0","method":"n"}"#])
        #expect(
            script.machine.finish(token, .success([:])).summary
                == [#"send {"jsonrpc":"2.0","id":1,"result":{}}"#, "finish"])
    }

    @Test func `Waiting as long as a heartbeat turns an undecided answer into a stream`() throws {
        var script = try SessionScript.opened()
        let token = try #require(try script.post(SessionScript.call(1)).token)
        #expect(script.machine.streamIfWaiting(ExchangeID(number: 2)).summary == ["open"])
        #expect(script.machine.streamIfWaiting(ExchangeID(number: 2)).summary == [])
        #expect(script.machine.finish(token, .success([:])).summary.last == "finish")
    }

    @Test func `The form event stream opens at once, the form JSON never`() throws {
        var streams = try SessionScript.opened(form: .eventStream)
        #expect(try streams.post(SessionScript.call(1)).summary == ["open"])
        var json = try SessionScript.opened(form: .json)
        let token = try #require(try json.post(SessionScript.call(1)).token)
        #expect(json.machine.notify(token, method: "n", params: nil).summary == [])
        #expect(json.machine.listen(on: json.exchange(), lastEventID: nil).summary == ["open"])
        #expect(
            json.machine.notify(token, method: "n", params: nil).summary == [#"send {"jsonrpc":"2.0","method":"n"}"#])
        #expect(json.machine.finish(token, .success([:])).summary.count == 1)
    }

    @Test func `The client's answer resolves the question it belongs to, once`() throws {
        var script = try SessionScript.opened()
        let token = try #require(try script.post(SessionScript.call(1)).token)
        let (number, actions) = script.machine.ask(token, method: "roots/list", params: nil)
        #expect(number == 1)
        #expect(actions.summary == ["open", #"send {"jsonrpc":"2.0","id":1,"method":"roots/list"}"#])
        let answer = #"{"jsonrpc":"2.0","id":1,"result":{"roots":[]}}"#
        #expect(try script.post(answer).summary == ["accepted", #"resolve 1 {"roots":[]}"#])
        #expect(try script.post(answer).summary == ["accepted"])
    }

    @Test func `A question that is given up is cancelled towards the client`() throws {
        var script = try SessionScript.opened()
        let token = try #require(try script.post(SessionScript.call(1)).token)
        _ = script.machine.ask(token, method: "ping", params: nil)
        let actions = script.machine.withdraw(1, reason: "late").summary
        #expect(actions.count == 1)
        #expect(actions.first?.contains("notifications/cancelled") == true)
        #expect(script.machine.withdraw(1, reason: "late").summary == [])
    }

    @Test func `A cancelled call cancels its handler and ends its exchange without an answer`() throws {
        var script = try SessionScript.opened()
        let token = try #require(try script.post(SessionScript.call(7)).token)
        let cancel = #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}"#
        #expect(try script.post(cancel).summary == ["accepted", "cancel", "open", "finish"])
        #expect(script.machine.finish(token, .success([:])).summary == [])
        #expect(try script.post(cancel).summary == ["accepted"])
    }

    @Test func `An id is not taken twice while it is being answered`() throws {
        var script = try SessionScript.opened()
        let token = try #require(try script.post(SessionScript.call(1)).token)
        #expect(try script.post(SessionScript.call(1)).summary == ["rejected 400"])
        _ = script.machine.finish(token, .success([:]))
        #expect(try script.post(SessionScript.call(1)).token != nil)
    }

    @Test func `Calls beyond the limit are answered with an error`() throws {
        var script = try SessionScript.opened(maximumCalls: 1)
        _ = try script.post(SessionScript.call(1))
        #expect(try script.post(SessionScript.call(2)).summary.first?.contains("Too many requests") == true)
    }

    @Test func `Batches belong to 2025-03-26 and are answered together`() throws {
        var script = try SessionScript.opened(revision: .v20250326)
        let batch = "[\(SessionScript.call(1, "ping")),\(SessionScript.call(2))]"
        let token = try #require(try script.post(batch).token)
        let answers = #"[{"jsonrpc":"2.0","id":1,"result":{}},{"jsonrpc":"2.0","id":2,"result":{}}]"#
        #expect(script.machine.finish(token, .success([:])).summary == ["json \(answers)"])
        var later = try SessionScript.opened(revision: .v20250618)
        #expect(try later.post(batch).summary == ["rejected 400"])
    }

    @Test func `Log messages below the level the client set are not sent`() throws {
        var script = try SessionScript.opened()
        _ = try script.post(#"{"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":"error"}}"#)
        let token = try #require(try script.post(SessionScript.call(2)).token)
        #expect(script.machine.log(token, level: .warning, data: "w", logger: nil).summary == [])
        #expect(script.machine.log(token, level: .error, data: "e", logger: nil).summary.count == 2)
    }

    @Test func `An ended session cancels, finishes and fails all it had, and takes nothing more`() throws {
        var script = try SessionScript.opened()
        _ = try script.post(SessionScript.call(1))
        let token = try #require(try script.post(SessionScript.call(2)).token)
        _ = script.machine.ask(token, method: "ping", params: nil)
        _ = script.machine.listen(on: script.exchange(), lastEventID: nil)
        #expect(
            script.machine.terminate().summary == [
                "cancel", "cancel", "finish", "rejected 404", "finish", "fail 1 -32000",
            ])
        #expect(script.machine.terminate().summary == [])
        #expect(try script.post(SessionScript.call(3)).summary == ["rejected 404"])
    }
}
