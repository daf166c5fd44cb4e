import Testing

@testable import MCPTransports

@Suite struct SessionStreamsTests {
    @Test func `HTTP+SSE names its endpoint first and answers every message on the one stream`() throws {
        var script = SessionScript(.httpSSE)
        #expect(
            script.machine.openSession(on: script.exchange(), endpoint: "/m?s=1").summary == ["open", "send /m?s=1"])
        #expect(try script.post(SessionScript.initialize(.v20241105)).summary.first == "accepted")
        let started = try script.post(SessionScript.call(1))
        #expect(started.summary == ["accepted"])
        let token = try #require(started.token)
        #expect(script.machine.notify(token, method: "n", params: nil).summary.count == 1)
        #expect(
            script.machine.finish(token, .success([:])).summary == [#"send {"jsonrpc":"2.0","id":1,"result":{}}"#])
    }

    @Test func `A session of HTTP+SSE ends with its stream`() throws {
        var script = try SessionScript.opened(.httpSSE)
        _ = try script.post(SessionScript.call(1))
        #expect(script.machine.exchangeClosed(ExchangeID(number: 1)).summary == ["cancel", "finish"])
        #expect(script.machine.phase == .ended)
    }

    @Test func `A session of Streamable HTTP has one listening stream, which may come again`() throws {
        var script = try SessionScript.opened()
        let first = script.exchange()
        #expect(script.machine.listen(on: first, lastEventID: nil).summary == ["open"])
        #expect(script.machine.listen(on: script.exchange(), lastEventID: nil).summary == ["rejected 409"])
        #expect(script.machine.exchangeClosed(first).summary == [])
        #expect(script.machine.listen(on: script.exchange(), lastEventID: nil).summary == ["open"])
    }

    @Test func `A lost connection is no cancellation, and without kept events its answer is lost`() throws {
        var script = try SessionScript.opened()
        let token = try #require(try script.post(SessionScript.call(1)).token)
        #expect(script.machine.exchangeClosed(ExchangeID(number: 2)).summary == [])
        #expect(script.machine.ask(token, method: "ping", params: nil).number == nil)
        #expect(script.machine.finish(token, .success([:])).summary == [])
        #expect(script.machine.streams.isEmpty)
    }

    @Test func `A client of 2025-11-25 gets an event to come back with before anything else`() throws {
        var script = try SessionScript.opened(revision: .v20251125, retention: EventRetention())
        let token = try #require(try script.post(SessionScript.call(1)).token)
        let actions = script.machine.notify(token, method: "n", params: nil)
        #expect(actions.summary == ["open", "send ", #"send {"jsonrpc":"2.0","method":"n"}"#])
        var older = try SessionScript.opened(revision: .v20250618, retention: EventRetention())
        let second = try #require(try older.post(SessionScript.call(1)).token)
        #expect(older.machine.notify(second, method: "n", params: nil).summary.count == 2)
    }

    @Test func `A stream closed for polling goes on where the client comes back`() throws {
        var script = try SessionScript.opened(revision: .v20251125, retention: EventRetention())
        let token = try #require(try script.post(SessionScript.call(1)).token)
        let (isClosed, actions) = script.machine.closeStream(of: token, retry: 500)
        #expect(isClosed)
        #expect(actions.summary == ["open", "send ", "send retry", "finish"])
        #expect(script.machine.notify(token, method: "n", params: nil).summary == [])
        let resumed = script.machine.listen(on: script.exchange(), lastEventID: "2_1")
        #expect(resumed.summary == ["open", #"send {"jsonrpc":"2.0","method":"n"}"#])
        #expect(
            script.machine.finish(token, .success([:])).summary
                == [#"send {"jsonrpc":"2.0","id":1,"result":{}}"#, "finish"])
    }

    @Test func `A finished stream is replayed to its end and nothing else is`() throws {
        var script = try SessionScript.opened(retention: EventRetention())
        let first = try #require(try script.post(SessionScript.call(1)).token)
        let second = try #require(try script.post(SessionScript.call(2)).token)
        _ = script.machine.notify(first, method: "a", params: nil)
        _ = script.machine.notify(second, method: "b", params: nil)
        _ = script.machine.finish(first, .success([:]))
        let resumed = script.machine.listen(on: script.exchange(), lastEventID: "2_1")
        #expect(resumed.summary == ["open", #"send {"jsonrpc":"2.0","id":1,"result":{}}"#, "finish"])
        #expect(script.machine.listen(on: script.exchange(), lastEventID: "2_2").summary == ["rejected 400"])
    }

    @Test func `Coming back takes a stream over from the connection that still carries it`() throws {
        var script = try SessionScript.opened(retention: EventRetention())
        let token = try #require(try script.post(SessionScript.call(1)).token)
        _ = script.machine.notify(token, method: "n", params: nil)
        let back = script.exchange()
        #expect(
            script.machine.listen(on: back, lastEventID: "2_1")
                == [.finish(ExchangeID(number: 2)), .openStream(back, opensSession: false)])
        #expect(script.machine.finish(token, .success([:])).contains(.finish(back)))
    }

    @Test func `Nothing is closed for polling where the client could not come back`() throws {
        for (revision, retention) in [(ProtocolRevision.v20250618, EventRetention()), (.v20251125, nil)] {
            var script = try SessionScript.opened(revision: revision, retention: retention)
            let token = try #require(try script.post(SessionScript.call(1)).token)
            let (isClosed, actions) = script.machine.closeStream(of: token, retry: 1)
            #expect(!isClosed)
            #expect(actions.isEmpty)
        }
        var script = try SessionScript.opened()
        #expect(script.machine.listen(on: script.exchange(), lastEventID: "1_1").summary == ["rejected 400"])
    }

    @Test func `Finished streams are forgotten with their last kept event`() throws {
        var script = try SessionScript.opened(retention: EventRetention(events: 4))
        for id in 1...50 {
            let token = try #require(try script.post(SessionScript.call(id)).token)
            _ = script.machine.notify(token, method: "n", params: nil)
            _ = script.machine.finish(token, .success([:]))
        }
        #expect(script.machine.streams.count <= 4)
    }
}
