import Conversation
import Testing

/// What each request carries, and what is translated (MCP 2026-07-28 basic, `_meta`; transports, standard headers).
@Suite struct StatelessTests {
    private static let meta =
        #""io.modelcontextprotocol/protocolVersion":"2026-07-28","#
        + #""io.modelcontextprotocol/clientInfo":{"name":"c","version":"1"},"#
        + #""io.modelcontextprotocol/clientCapabilities":{"roots":{}}"#

    private static func script() throws -> Script {
        Script.opened(.stateless, try Sample.settings([.stateless], listens: false))
    }

    @Test(arguments: [
        (#"{"jsonrpc":"2.0","id":1,"method":"m"}"#, #"{"jsonrpc":"2.0","id":1,"method":"m","params":{"_meta":{M}}}"#),
        (#"{"method":"m","id":1,"jsonrpc":"2.0"}"#, #"{"method":"m","params":{"_meta":{M}},"id":1,"jsonrpc":"2.0"}"#),
        (
            #"{"jsonrpc":"2.0","id":1,"method":"m","params":{}}"#,
            #"{"jsonrpc":"2.0","id":1,"method":"m","params":{"_meta":{M}}}"#
        ),
        (
            #"{"jsonrpc":"2.0","id":1,"method":"m","params": { "a":1 }}"#,
            #"{"jsonrpc":"2.0","id":1,"method":"m","params": {"_meta":{M}, "a":1 }}"#
        ),
        (
            #"{"jsonrpc":"2.0","id":1,"method":"m","params":{"_meta":{}}}"#,
            #"{"jsonrpc":"2.0","id":1,"method":"m","params":{"_meta":{M}}}"#
        ),
        (
            #"{"jsonrpc":"2.0","id":1,"method":"m","params":{"_meta":{"progressToken":4},"a":1}}"#,
            #"{"jsonrpc":"2.0","id":1,"method":"m","params":{"_meta":{M,"progressToken":4},"a":1}}"#
        ),
        (
            #"{"jsonrpc":"2.0","id":1,"method":"m","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"x"}}}"#,
            #"{"jsonrpc":"2.0","id":1,"method":"m","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"x"}}}"#
        ),
        (
            #"{"jsonrpc":"2.0","id":1,"method":"m","params":null}"#,
            #"{"jsonrpc":"2.0","id":1,"method":"m","params":{"_meta":{M}}}"#
        ),
        (
            #"{"jsonrpc":"2.0","id":1,"method":"m","params":{"_meta":null,"a":1}}"#,
            #"{"jsonrpc":"2.0","id":1,"method":"m","params":{"_meta":{M},"a":1}}"#
        ),
    ])
    func `each request says who asks, in every shape of body`(text: String, body: String) throws {
        let script = try Self.script()
        try script.send(text)
        #expect(script.requests[2]?.body == body.replacing("{M", with: "{" + Self.meta))
        #expect(script.requests[2]?.fields["mcp-method"] == "m")
        #expect(script.requests[2]?.fields["mcp-name"] == nil)
        #expect(
            script.requests[2]?.fields["mcp-protocol-version"] == (text.contains("\"x\"") ? "x" : "2026-07-28"))
    }

    @Test(arguments: [
        ("tools/call", #"{"name":"echo"}"#, "echo"), ("prompts/get", #"{"name":"a b"}"#, "a b"),
        ("resources/read", #"{"uri":"file:///x?y=%20"}"#, "file:///x?y=%20"),
        ("tasks/get", #"{"taskId":"t-1"}"#, "t-1"),
        ("tasks/update", #"{"taskId":"t-1"}"#, "t-1"), ("tasks/cancel", #"{"taskId":"t-1"}"#, "t-1"),
        ("tools/call", #"{"name":"caf\u00e9"}"#, "=?base64?Y2Fmw6k=?="),
        ("tools/call", #"{"name":" x"}"#, "=?base64?IHg=?="),
        ("tools/call", #"{"name":"x "}"#, "=?base64?eCA=?="), ("tools/call", #"{"name":"a\nb"}"#, "=?base64?YQpi?="),
        ("tools/call", #"{"name":"=?base64?eA==?="}"#, "=?base64?PT9iYXNlNjQ/ZUE9PT89?="),
        ("tools/call", #"{"name":"\u0061b"}"#, "ab"), ("tools/call", #"{"name":"日本"}"#, "=?base64?5pel5pys?="),
        ("tools/call", #"{"name":7}"#, nil), ("tools/list", #"{"name":"no"}"#, nil),
    ])
    func `what a request is about stands in a field, encoded where it must be`(
        method: String, params: String, name: String?
    ) throws {
        let script = try Self.script()
        try script.send(Sample.request("1", method, params))
        #expect(script.requests[2]?.fields["mcp-method"] == method)
        #expect(script.requests[2]?.fields["mcp-name"] == name)
        #expect(script.requests[2]?.fields["mcp-session-id"] == nil)
    }

    @Test func `a ping becomes a question that every server answers`() throws {
        let script = try Self.script()
        #expect(try script.send(Sample.request(#""p""#, "ping")) == [#"#2 POST /mcp server/discover "p" for 2"#])
        #expect(
            script.answer(2, 200, Sample.result(#""p""#, Sample.discovery())) == [#"answer 2 {"id":"p","result":{}}"#])
        try script.send(Sample.request("2", "ping"))
        #expect(
            script.answer(3, 500, Sample.error("2", -32603))
                == [#"answer 3 {"id":2,"error":{"code":-32603,"message":"no"}}"#])
    }

    @Test func `the log level goes with each request from then on`() throws {
        let script = try Self.script()
        #expect(
            try script.send(Sample.request("1", "logging/setLevel", #"{"level":"info"}"#))
                == [#"answer 2 {"id":1,"result":{}}"#])
        try script.send(Sample.request("2", "tools/list"))
        #expect(
            script.requests[2]?.body.hasSuffix(
                #""io.modelcontextprotocol/clientCapabilities":{"roots":{}},"io.modelcontextprotocol/logLevel":"info"}}}"#
            )
                == true)
    }

    @Test func `notifications that the revision does not have are not sent, others are`() throws {
        let script = try Self.script()
        for method in ["notifications/initialized", "notifications/roots/list_changed"] {
            let sent = try script.post(Sample.notification(method))
            #expect(sent.call == 0 && sent.exchange == 0)
        }
        try script.send(Sample.notification("notifications/own"))
        #expect(script.requests[2]?.fields["mcp-method"] == "notifications/own")
        #expect(script.answer(2, 202) == ["accepted #2"])
    }

    @Test func `what waits for the conversation to open is translated too`() throws {
        let script = Script(try Sample.settings([.stateless, .streamable], listens: false))
        script.open()
        try script.send(Sample.request("1", "ping"))
        try script.send(Sample.request("2", "logging/setLevel", #"{"level":"debug"}"#))
        try script.send(Sample.call("3"))
        #expect(
            script.answer(1, 200, Sample.result(#""handshake""#, Sample.discovery("{}"))).dropFirst() == [
                "#2 POST /mcp server/discover 1 for 2", #"answer 3 {"id":2,"result":{}}"#,
                "#3 POST /mcp tools/call 3 for 4",
            ])
        #expect(script.requests[3]?.body.contains(#"logLevel":"debug""#) == true)
    }
}
