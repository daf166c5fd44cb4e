import Conversation
import Testing

/// How long calls may take, and streams be silent.
@Suite struct TimeoutTests {
    private static let progress = Sample.notification("notifications/progress", #"{"progressToken":1,"progress":1}"#)

    @Test(arguments: [Dialect.streamable, .httpSSE, .broadcast])
    func `a call that takes too long is taken back`(dialect: Dialect) throws {
        let script = Script.opened(dialect, try Sample.settings([dialect], callTimeout: 30 * Sample.second))
        try script.send(Sample.call())
        #expect(script.due == 30)
        #expect(script.wait(29).isEmpty)
        #expect(script.wait(1).last == "failed 2 id 1 timedOut")
        #expect(script.requests[5]?.body.contains(#""requestId":1,"reason":"The answer took too long"}"#) == true)
    }

    @Test func `without sessions its response is closed`() throws {
        let script = Script.opened(.stateless, try Sample.settings([.stateless], callTimeout: 30 * Sample.second))
        let call = try script.post(Sample.call()).call
        #expect(script.wait(30).suffix(2) == ["abort #3", "failed \(call) id 1 timedOut"])
    }

    @Test(arguments: [Dialect.streamable, .httpSSE, .stateless])
    func `what is heard of a call gives it more time`(dialect: Dialect) throws {
        let script = Script.opened(dialect, try Sample.settings([dialect], callTimeout: 30 * Sample.second))
        let number = UInt32(script.requests.count) + 1
        try script.send(Sample.call("1", meta: #","_meta":{"progressToken":1}"#))
        if dialect != .httpSSE { script.stream(number) }
        let stream = dialect == .httpSSE ? 1 : number
        script.wait(20)
        script.body(stream, Sample.event(Self.progress))
        #expect(script.wait(29).isEmpty)
        #expect(script.wait(1).contains { $0.hasSuffix("id 1 timedOut") })
    }

    @Test func `a subscription lasts as long as it likes`() throws {
        let script = Script.opened(
            .stateless, try Sample.settings([.stateless], listens: false, callTimeout: 30 * Sample.second))
        try script.send(Sample.request("1", "subscriptions/listen", #"{"notifications":{}}"#))
        #expect(script.due == nil)
    }

    @Test func `there is no limit unless there is one`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]))
        try script.send(Sample.call())
        #expect(script.due == nil)
        let endless = Script.opened(.streamable, try Sample.settings([.streamable], callTimeout: .max))
        try endless.send(Sample.call())
        #expect(endless.due == nil)
    }

    @Test func `a stream that had a heartbeat and falls silent is given up`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]))
        #expect(script.wait(1000).isEmpty)
        #expect(script.body(3, ": ping\n\n") == ["heartbeat #3 comment 1000s"])
        script.wait(15)
        #expect(script.body(3, ": ping\n\n") == ["heartbeat #3 comment 15s"])
        #expect(script.wait(119).isEmpty)
        #expect(
            script.wait(1)
                == ["stalled #3 120s", "abort #3", "streamEnded #3 listening early", "reconnecting 1s"])
        #expect(script.wait(1) == ["#4 GET /mcp"])
        // It was alive once: that the head of the next does not come either counts as silence.
        #expect(script.wait(120) == ["abort #4", "reconnecting 1s"])
    }

    @Test func `bytes that are no heartbeat keep a stream alive too`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]))
        script.body(3, ": ping\n\n")
        script.wait(100)
        script.body(3, "da")
        #expect(script.wait(119).isEmpty)
        #expect(script.wait(1).first == "stalled #3 120s")
    }

    @Test func `silence may be forbidden from the start, or allowed for ever`() throws {
        let strict = Script.opened(
            .streamable, try Sample.settings([.streamable], stall: .always(silence: 10 * Sample.second)))
        #expect(strict.wait(10).first == "stalled #3 10s")
        let patient = Script.opened(.streamable, try Sample.settings([.streamable], stall: .never))
        patient.body(3, ": ping\n\n")
        #expect(patient.due == nil)
        let broadcast = Script.opened(.broadcast, try Sample.settings([.broadcast]))
        #expect(broadcast.wait(120).first == "stalled #3 120s")
    }

    @Test func `a stalled call goes on where it can, and fails where it cannot`() throws {
        let script = Script.opened(
            .streamable, try Sample.settings([.streamable], listens: false, stall: .always(silence: Sample.second)))
        try script.send(Sample.call("1"))
        script.stream(3, Sample.event("", id: "a"))
        #expect(
            script.wait(1.5)
                == ["stalled #3 1s", "abort #3", "streamEnded #3 early", "reconnecting 1s"])
        #expect(script.wait(1) == ["#4 GET /mcp for 2"])
        try script.send(Sample.call("2"))
        script.stream(5)
        #expect(script.wait(1.2).contains("failed 3 id 2 streamCut"))
    }

    @Test func `a stalled session of the oldest dialect is opened anew`() throws {
        let script = Script.opened(.httpSSE, try Sample.settings([.httpSSE]))
        script.body(1, ": ping\r\n\r\n")
        #expect(
            script.wait(120)
                == ["stalled #1 120s", "abort #1", "streamEnded #1 listening early", "sessionLost", "reconnecting 1s"])
    }

    @Test func `heartbeats are told apart`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]))
        script.wait(3)
        #expect(script.body(3, ": a\n: b\n\n") == ["heartbeat #3 comment 3s"])
        script.wait(4)
        #expect(
            script.body(3, Sample.event("{}", type: "ping") + "data:\n\n" + "data: \n\n")
                == ["heartbeat #3 event 4s", "heartbeat #3 empty 0s", "heartbeat #3 empty 0s"])
        // What primes a stream is none, nor is a block that says nothing.
        #expect(
            script.body(3, Sample.event("", id: "x") + "retry: 5\n\n" + "event: close\nretry: 1\ndata: \n\n").isEmpty)
        #expect(script.body(3, "\n\n" + "event: x\n\n").isEmpty)
    }
}
