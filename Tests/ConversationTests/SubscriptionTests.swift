import Conversation
import Testing

/// `subscriptions/listen` (MCP 2026-07-28 basic/patterns/subscriptions).
@Suite struct SubscriptionTests {
    private static let acknowledged = Sample.event(Sample.notification("notifications/subscriptions/acknowledged"))
    private static let change = Sample.notification("notifications/tools/list_changed", "{}")

    private static func script(_ capabilities: String = #"{"tools":{"listChanged":true}}"#) throws -> Script {
        Script.opened(
            .stateless, try Sample.settings([.stateless]), discovery: Sample.discovery(capabilities))
    }

    private static func filter(_ script: Script, _ number: UInt32) -> String? {
        script.requests[number]?.body.split(separator: #""notifications":"#).last.map { String($0.dropLast(2)) }
    }

    @Test(arguments: [
        (#"{"tools":{"listChanged":true}}"#, #"{"toolsListChanged":true}"#),
        (
            #"{"prompts":{"listChanged":true},"resources":{"listChanged":true},"tools":{"listChanged":false}}"#,
            #"{"promptsListChanged":true,"resourcesListChanged":true}"#
        ),
    ])
    func `what the server tells of is listened to`(capabilities: String, filter: String) throws {
        let script = try Self.script(capabilities)
        #expect(Self.filter(script, 2) == filter)
        #expect(script.requests[2]?.fields["mcp-method"] == "subscriptions/listen")
        #expect(script.requests[2]?.fields["mcp-protocol-version"] == "2026-07-28")
        #expect(script.requests[2]?.body.contains(#""io.modelcontextprotocol/protocolVersion":"2026-07-28""#) == true)
        #expect(script.requests[2]?.isLongLived == true)
    }

    @Test func `changes are the owner's, the acknowledgement is not`() throws {
        let script = try Self.script()
        #expect(script.lines.last == "stream #2 listening")
        #expect(
            script.body(2, Sample.event(Self.change))
                == [#"notification {"method":"notifications/tools/list_changed","params":{}}"#])
    }

    @Test func `a server that tells of nothing is not listened to`() throws {
        #expect(try Self.script("{}").requests.count == 1)
        let deaf = Script.opened(.stateless, try Sample.settings([.stateless], listens: false))
        #expect(deaf.requests.count == 1)
    }

    @Test func `a subscription that was cut is asked for again under another id`() throws {
        let script = try Self.script()
        #expect(script.end(2, .cut) == ["streamEnded #2 listening early", "reconnecting 1s"])
        #expect(script.wait(1) == [#"#3 POST /mcp subscriptions/listen "listen-3" for 3"#])
    }

    @Test(arguments: [
        Sample.result(#""listen-2""#), Sample.notification("notifications/cancelled", #"{"requestId":"listen-2"}"#),
    ])
    func `an end in good order is expected, and it is asked for again`(end: String) throws {
        let script = try Self.script()
        #expect(script.body(2, Sample.event(end)).isEmpty)
        #expect(script.end(2) == ["streamEnded #2 listening", "reconnecting 1s"])
        #expect(script.wait(1) == [#"#3 POST /mcp subscriptions/listen "listen-3" for 3"#])
    }

    @Test func `a stream that its server ended and left open is closed`() throws {
        let script = try Self.script()
        script.body(2, Sample.event(Sample.result(#""listen-2""#)))
        #expect(script.wait(5) == ["abort #2", "streamEnded #2 listening", "reconnecting 1s"])
    }

    @Test func `a refusal is the last word`() throws {
        for (status, body) in [
            (200, Sample.error(#""listen-2""#, -32603)), (404, Sample.error(#""listen-2""#, -32601)), (400, ""),
            (406, ""),
        ] {
            let script = Script(try Sample.settings([.stateless]))
            script.open()
            script.answer(1, 200, Sample.result(#""handshake""#, Sample.discovery()))
            #expect(script.answer(2, status, body).isEmpty)
            #expect(script.due == nil && script.pendingCalls == 0)
        }
        let script = try Self.script()
        #expect(
            script.body(2, Sample.event(Sample.error(#""listen-2""#, -32603)))
                == ["abort #2", "streamEnded #2 listening"])
        #expect(script.due == nil)
    }

    @Test func `a stream that is never acknowledged is asked for ever more seldom`() throws {
        let policy = ConversationSettings.Reconnection(initial: Sample.second, jitter: 0)
        let script = Script(try Sample.settings([.stateless], reconnection: policy))
        script.open()
        script.answer(1, 200, Sample.result(#""handshake""#, Sample.discovery()))
        var number: UInt32 = 2
        for delay in [1.0, 2, 4, 8] {
            script.stream(number, ": hello\n\n")
            #expect(script.end(number).last == "reconnecting \(Int(delay))s")
            script.wait(delay)
            number += 1
        }
        script.stream(number, Self.acknowledged)
        #expect(script.end(number).last == "reconnecting 1s")
    }

    @Test func `subscribing to a resource changes the filter, and the old stream ends when the new one stands`() throws
    {
        let script = try Self.script()
        #expect(
            try script.send(Sample.request("1", "resources/subscribe", #"{"uri":"file:///a"}"#))
                == [#"#3 POST /mcp subscriptions/listen "listen-4" for 4"#])
        #expect(Self.filter(script, 3) == #"{"toolsListChanged":true,"resourceSubscriptions":["file:///a"]}"#)
        // What changes in between is heard on the old stream.
        #expect(script.body(2, Sample.event(Self.change)).count == 1)
        #expect(
            script.stream(3, Self.acknowledged)
                == [
                    "stream #3 listening", "abort #2", "streamEnded #2 listening", #"answer 3 {"id":1,"result":{}}"#,
                ])
        try script.send(Sample.request("2", "resources/subscribe", #"{"uri":"file:///b"}"#))
        try script.send(Sample.request("3", "resources/unsubscribe", #"{"uri":"file:///a"}"#))
        #expect(Self.filter(script, 5) == #"{"toolsListChanged":true,"resourceSubscriptions":["file:///b"]}"#)
        // The one in the middle was replaced before it stood.
        #expect(script.stream(4, Self.acknowledged) == ["stream #4 listening"])
        #expect(
            script.stream(5, Self.acknowledged).suffix(2)
                == [#"answer 5 {"id":2,"result":{}}"#, #"answer 7 {"id":3,"result":{}}"#])
        #expect(script.lines.contains("abort #4"))
        #expect(script.pendingCalls == 1)
    }

    @Test func `a stream that is to be replaced does not come back by itself`() throws {
        let script = try Self.script()
        try script.send(Sample.request("1", "resources/subscribe", #"{"uri":"file:///a"}"#))
        #expect(script.end(2, .cut) == ["streamEnded #2 listening early"])
        #expect(
            script.stream(3, Self.acknowledged) == ["stream #3 listening", #"answer 3 {"id":1,"result":{}}"#])
        #expect(script.due == nil)
    }

    @Test func `where the new stream is refused the old one stays`() throws {
        let script = try Self.script()
        try script.send(Sample.request("1", "resources/subscribe", #"{"uri":"file:///a"}"#))
        script.stream(3)
        #expect(
            script.body(3, Sample.event(Sample.error(#""listen-4""#, -32602))).last
                == "failed 3 id 1 refused(status: 200)")
        #expect(script.body(2, Sample.event(Self.change)).count == 1)
        #expect(script.end(2, .cut).last == "reconnecting 1s")
    }

    @Test func `a stream that is not to be had fails what asked for it`() throws {
        let policy = ConversationSettings.Reconnection(initial: Sample.second, jitter: 0, attempts: 1)
        for (status, outcome) in [(405, ExchangeOutcome.complete), (503, .complete), (0, .notSent)] {
            let script = Script.opened(
                .stateless, try Sample.settings([.stateless], reconnection: policy), discovery: Sample.discovery("{}"))
            try script.send(Sample.request("1", "resources/subscribe", #"{"uri":"u"}"#))
            if status > 0 { script.head(2, status) }
            #expect(script.end(2, outcome) == ["failed 2 id 1 refused(status: \(status))"])
        }
    }

    @Test func `the last subscription ends the listening`() throws {
        let script = try Self.script("{}")
        try script.send(Sample.request("1", "resources/subscribe", #"{"uri":"u"}"#))
        script.stream(2, Self.acknowledged)
        #expect(
            try script.send(Sample.request("2", "resources/unsubscribe", #"{"uri":"u"}"#)).suffix(3)
                == ["abort #2", "streamEnded #2 listening", #"answer 4 {"id":2,"result":{}}"#])
    }
}
