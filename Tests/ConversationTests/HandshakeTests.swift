import Conversation
import Testing

/// The handshake of each dialect, the machine's own and its owner's (MCP 2025-11-25 basic/lifecycle).
@Suite struct HandshakeTests {
    private static let id = #""handshake""#

    @Test func `initialize asks for the revision that is wished for`() throws {
        let script = Script(try Sample.settings([.streamable], revision: .v20250326))
        script.open()
        #expect(
            script.requests[1]?.body
                == #"{"jsonrpc":"2.0","id":"handshake","method":"initialize","params":{"protocolVersion":"2025-03-26","#
                + #""capabilities":{"roots":{}},"clientInfo":{"name":"c","version":"1"}}}"#)
        #expect(script.requests[1]?.fields["mcp-protocol-version"] == nil)
        #expect(script.requests[1]?.fields["mcp-session-id"] == nil)
        #expect(script.requests[1]?.fields["accept"] == "application/json, text/event-stream")
        #expect(script.requests[1]?.fields["content-type"] == "application/json")
    }

    @Test func `the session and the revision stand in every request that follows`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]))
        try script.send(Sample.call())
        script.close()
        for number: UInt32 in 2...5 {
            #expect(script.requests[number]?.fields["mcp-session-id"] == "s1")
            #expect(script.requests[number]?.fields["mcp-protocol-version"] == "2025-11-25")
        }
        #expect(script.requests[3]?.method == "GET")
        #expect(script.requests[3]?.fields["accept"] == "text/event-stream")
        #expect(script.requests[5]?.method == "DELETE")
    }

    @Test(arguments: [("2025-03-26", nil), ("2025-06-18", "2025-06-18"), ("2025-11-25", "2025-11-25")])
    func `the revision is named from 2025-06-18 on`(revision: String, field: String?) throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]), revision: revision)
        try script.send(Sample.call())
        #expect(script.requests[4]?.fields["mcp-protocol-version"] == field)
    }

    @Test func `a session id comes from the good answer to initialize alone, and of visible ASCII`() throws {
        let script = Script.opened(.streamable, try Sample.settings([.streamable]), session: "")
        #expect(script.requests[2]?.fields["mcp-session-id"] == nil)
        try script.send(Sample.call())
        script.answer(4, 200, Sample.result("1"), session: "late")
        try script.send(Sample.call("2"))
        #expect(script.requests[5]?.fields["mcp-session-id"] == nil)
        let odd = Script.opened(.streamable, try Sample.settings([.streamable]), session: "a b")
        #expect(odd.requests[2]?.fields["mcp-session-id"] == nil)
        let refused = Script(try Sample.settings([.streamable, .broadcast]))
        refused.open()
        refused.answer(1, 400, "no", session: "leak")
        #expect(refused.sessionID.isEmpty)
    }

    @Test func `what the machine opens it opens before anything else is sent`() throws {
        let script = Script(try Sample.settings([.streamable]))
        script.open()
        #expect(try script.send(Sample.call()).isEmpty)
        #expect(try script.send(Sample.notification("notifications/x")).isEmpty)
        script.answer(1, 200, Sample.result(Self.id, Sample.initializeResult()))
        #expect(
            script.answer(2, 202) == [
                "accepted #2", "#3 GET /mcp", "opened streamable 2025-11-25 \(Sample.initializeResult())",
                "#4 POST /mcp tools/call 1 for 2", "#5 POST /mcp notifications/x",
            ])
    }

    @Test func `the answer to initialize may come as an event, and its stream may stay open`() throws {
        let script = Script(try Sample.settings([.streamable]))
        script.open()
        script.stream(1, Sample.event(Sample.result(Self.id, Sample.initializeResult())), session: "s9")
        #expect(script.requests[2]?.fields["mcp-session-id"] == "s9")
        script.answer(2, 202)
        #expect(script.isOpen)
        #expect(script.wait(5) == ["abort #1", "streamEnded #1"])
    }

    @Test(arguments: [
        (500, ConversationFailure.refused(status: 500)), (404, .sessionExpired), (400, .refused(status: 400)),
    ])
    func `a server that does not take initialized is not open`(status: Int, failure: ConversationFailure) throws {
        let script = Script(try Sample.settings([.streamable]))
        script.open()
        script.answer(1, 200, Sample.result(Self.id, Sample.initializeResult()), session: "s")
        #expect(script.answer(2, status) == ["notAccepted #2 \(failure)", "closed \(failure)"])
    }

    @Test func `a server that is silent on initialized is not open`() throws {
        let script = Script(try Sample.settings([.streamable]))
        script.open()
        script.answer(1, 200, Sample.result(Self.id, Sample.initializeResult()))
        #expect(script.wait(5) == ["abort #2", "notAccepted #2 streamCut", "closed streamCut"])
    }

    @Test func `the owner's handshake is sent as it is, and its answer is the owner's`() throws {
        let script = Script(try Sample.settings([.streamable], own: false))
        #expect(script.open().isEmpty)
        #expect(try script.send(Sample.initialize) == ["#1 POST /mcp initialize 0 for 1"])
        #expect(script.requests[1]?.body == Sample.initialize)
        let answer = Sample.result("0", Sample.initializeResult())
        #expect(
            script.answer(1, 200, answer, session: "s1") == [
                "opened streamable 2025-11-25 \(Sample.initializeResult())", "answer 1 \(ActionText.short(answer))",
            ])
        #expect(try script.send(Sample.initialized) == ["#2 POST /mcp notifications/initialized"])
        #expect(script.answer(2, 202) == ["accepted #2", "#3 GET /mcp"])
    }

    @Test func `the owner's handshake in the oldest dialect waits for the endpoint`() throws {
        let script = Script(try Sample.settings([.httpSSE], own: false))
        #expect(script.open() == ["#1 GET /mcp"])
        #expect(try script.send(Sample.initialize).isEmpty)
        #expect(
            script.stream(1, Sample.event("/m", type: "endpoint"))
                == ["stream #1 listening", "#2 POST /m initialize 0 for 1"])
        let early = Script(try Sample.settings([.httpSSE], own: false))
        early.open()
        early.stream(1, Sample.event("/m", type: "endpoint"))
        #expect(try early.send(Sample.initialize) == ["#2 POST /m initialize 0 for 1"])
    }

    @Test func `where there is no handshake the owner's becomes a question and its answer an answer to it`() throws {
        let script = Script(try Sample.settings([.stateless], own: false))
        script.open()
        #expect(try script.send(Sample.initialize) == ["#1 POST /mcp server/discover 0 for 1"])
        #expect(
            script.requests[1]?.body
                == #"{"jsonrpc":"2.0","id":0,"method":"server/discover","params":{"_meta":{"#
                + #""io.modelcontextprotocol/protocolVersion":"2026-07-28","#
                + #""io.modelcontextprotocol/clientInfo":{"name":"o","version":"2"},"#
                + #""io.modelcontextprotocol/clientCapabilities":{"elicitation":{}}}}}"#)
        let result =
            #"{"supportedVersions":["2026-07-28"],"capabilities":{"tools":{}},"instructions":"do","#
            + #""_meta":{"io.modelcontextprotocol/serverInfo":{"name":"s","version":"3"}}}"#
        #expect(
            script.answer(1, 200, Sample.result("0", result)) == [
                "opened stateless 2026-07-28 \(result)",
                #"answer 1 {"id":0,"result":{"protocolVersion":"2026-07-28","capabilities":{"tools":{}},"#
                    + #""serverInfo":{"name":"s","version":"3"},"instructions":"do"}}"#,
            ])
        #expect(try script.send(Sample.initialized).isEmpty)
    }

    @Test func `nothing but initialize opens`() throws {
        let script = Script(try Sample.settings([.streamable], own: false))
        #expect(throws: SendRefusal.notOpen) { try script.send(Sample.initialize) }
        script.open()
        #expect(throws: SendRefusal.notOpen) { try script.send(Sample.call()) }
        #expect(throws: SendRefusal.notOpen) { try script.send(Sample.initialized) }
        #expect(script.open().isEmpty)
    }

    @Test(arguments: [Dialect.streamable, .broadcast, .stateless])
    func `a handshake that is cut fails the conversation, and is not repeated`(dialect: Dialect) throws {
        let script = Script(try Sample.settings([dialect]))
        script.open()
        #expect(script.end(1, .cut).last == "closed streamCut")
    }
}
