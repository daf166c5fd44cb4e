import Conversation
import Testing

/// What waits, what is refused, and how attempts are spread.
@Suite struct WaitingTests {
    @Test func `only so many messages wait for the conversation to open`() throws {
        let script = Script(try Sample.settings([.streamable], maximumWaiting: 2))
        script.open()
        try script.send(Sample.call("1"))
        try script.send(Sample.notification("notifications/x"))
        #expect(throws: SendRefusal.tooManyWaiting) { try script.send(Sample.call("2")) }
        #expect(throws: SendRefusal.tooManyWaiting) { try script.send(Sample.notification("notifications/x")) }
        // A request that was not taken may be sent later.
        script.answer(1, 200, Sample.result(#""handshake""#, Sample.initializeResult()))
        script.answer(2, 202)
        #expect(try script.post(Sample.call("2")).call != 0)
    }

    @Test func `calls that wait may be given up`() throws {
        let script = Script(
            try Sample.settings([.streamable], callTimeout: Sample.second, maximumWaiting: 1))
        script.open()
        let call = try script.post(Sample.call("1")).call
        #expect(script.wait(1) == ["failed \(call) id 1 timedOut"])
        // Its place is free.
        try script.send(Sample.call("2"))
    }

    @Test(arguments: [
        "", "x", "[]", "[\(Sample.call())]", #"{"jsonrpc":"2.0"}"#, #"{"jsonrpc":"1.0","id":1,"method":"m"}"#,
    ])
    func `what is no message is refused`(text: String) throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]))
        #expect(throws: SendRefusal.invalidMessage) { try script.send(text) }
    }

    @Test func `an id is used once at a time`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]))
        try script.send(Sample.call(#""a""#))
        #expect(throws: SendRefusal.idInUse) { try script.send(Sample.call(#""\u0061""#)) }
        script.answer(4, 200, Sample.result(#""a""#))
        try script.send(Sample.call(#""a""#))
    }

    @Test func `delays double up to the longest, and part of them is chance`() throws {
        for seed: UInt64 in 1...50 {
            let policy = ConversationSettings.Reconnection(
                initial: Sample.second, maximum: 30 * Sample.second, jitter: 0.5)
            let script = Script.opened(
                .streamable, try Sample.settings([.streamable], reconnection: policy), seed: seed)
            var delays: [Double] = []
            var number: UInt32 = 3
            for _ in 0..<9 {
                script.end(number, .cut)
                let delay = try #require(script.due)
                delays.append(delay)
                script.wait(delay + 0.000_001)
                number += 1
            }
            for (delay, whole) in zip(delays, [1.0, 2, 4, 8, 16, 30, 30, 30, 30]) {
                #expect(delay > whole * 0.5 - 0.000_001 && delay <= whole)
            }
        }
    }

    @Test func `equal seeds give equal delays, others do not`() throws {
        func delay(_ seed: UInt64) throws -> Double? {
            let policy = ConversationSettings.Reconnection(jitter: 1)
            let script = Script(try Sample.settings([.streamable], reconnection: policy), seed: seed)
            script.open()
            script.answer(1, 200, Sample.result(#""handshake""#, Sample.initializeResult()))
            script.answer(2, 202)
            script.end(3, .cut)
            return script.due
        }
        #expect(try delay(5) == delay(5))
        #expect(Set(try (1...20).map { try delay($0) }).count == 20)
    }

    @Test func `the server's time is a lower bound, and grows where attempts fail`() throws {
        let script = Script.opened(
            .streamable,
            try Sample.settings([.streamable], reconnection: .init(initial: Sample.second, jitter: 0)))
        script.body(3, "retry: 1500\n\n")
        #expect(script.end(3).last == "reconnecting 1.5s")
        script.wait(1.5)
        #expect(script.answer(4, 503) == ["reconnecting 1.5s"])
        script.wait(1.5)
        #expect(script.answer(5, 503) == ["reconnecting 2s"])
    }
}
