import Testing
import Traffic

@Suite struct FilterParsingTests {
    private static func pattern(_ pieces: String...) -> Filter.Pattern { Filter.Pattern(pieces: pieces) }

    @Test(
        arguments: [
            ("tool:echo", .tool(pattern("echo"))), ("TOOL:Echo", .tool(pattern("Echo"))),
            ("method:tools/*", .method(pattern("tools/", ""))),
            ("session:claude-code/3", .session(pattern("claude-code/3"))),
            ("tool:\"my tool\"*", .tool(pattern("my tool", ""))), ("tool:\"a*b\"", .tool(pattern("a*b"))),
            ("id:5", .id("5")), ("id:\"a:b\"", .id("a:b")), ("id:abc", .id("abc")), ("id:\"\\\"5\\\"\"", .id("\"5\"")),
            ("dir:c2s", .direction(.clientToServer)), ("dir:server", .direction(.serverToClient)),
            ("from:client", .direction(.clientToServer)), ("kind:request", .kind(.entry(.request))),
            ("kind:heartbeat", .kind(.entry(.heartbeat))), ("kind:call", .kind(.call)),
            ("kind:message", .kind(.message)), ("kind:stream-cut", .kind(.problem("stream-cut"))),
            ("status:OK", .status(.call(.ok))), ("status:tool_error", .status(.call(.toolError))),
            ("status:error", .status(.error)), ("status:404", .status(.http(404...404))),
            ("status:4xx", .status(.http(400...499))), ("dialect:http+sse", .dialect(.httpSSE)),
            ("exchange:3", .exchange(3)), ("exchange:#3", .exchange(3)), ("exchange:4294967299", .exchange(3)),
            ("stream:any", .stream(.any)), ("stream:none", .stream(.none)), ("stream:#7", .stream(.number(7))),
            ("latency>200ms", .latency(.above, 200_000_000)), ("latency<=1.5s", .latency(.atMost, 1_500_000_000)),
            ("latency:>=2m", .latency(.atLeast, 120_000_000_000)), ("latency < 1", .latency(.below, 1_000_000_000)),
            ("silence>10s", .silence(.above, 10_000_000_000)), ("latency=1h", .latency(.equal, 3_600_000_000_000)),
            ("latency>250us", .latency(.above, 250_000)), ("size>10k", .size(.above, 10_000)),
            ("size>=1MiB", .size(.atLeast, 1 << 20)), ("size<500", .size(.below, 500)),
            ("size=1.5kB", .size(.equal, 1500)),
            ("text:word", .text("word")), ("text:\"out of order\"", .text("out of order")),
            ("text:\"a\\n\\\\\"", .text("a\n\\")), ("text:a\"b c\"d", .text("ab cd")),
        ] as [(String, Filter.Term)])
    func `every form of a term is read`(text: String, term: Filter.Term) throws {
        #expect(try Filter(text) == Filter(.term(term)))
        #expect(try Filter(" \(text)\n") == Filter(.term(term)))
    }

    private static let a = Filter.Expression.term(.id("a"))
    private static let b = Filter.Expression.term(.id("b"))
    private static let c = Filter.Expression.term(.id("c"))

    @Test(
        arguments: [
            ("", .everything), ("  ", .everything), ("id:a id:b", .all([a, b])), ("id:a & id:b", .all([a, b])),
            ("id:a&&id:b", .all([a, b])), ("id:a|id:b", .any([a, b])), ("id:a || id:b", .any([a, b])),
            ("id:a id:b | id:c", .any([.all([a, b]), c])), ("id:a (id:b | id:c)", .all([a, .any([b, c])])),
            ("!id:a id:b", .all([.not(a), b])), ("!(id:a id:b)", .not(.all([a, b]))), ("!!id:a", .not(.not(a))),
            ("(id:a)(id:b)", .all([a, b])), ("((id:a id:b) id:c)", .all([a, b, c])), ("! ( id:a )", .not(a)),
        ] as [(String, Filter.Expression)])
    func `and binds before or, not before both, and parentheses before all`(
        text: String, expression: Filter.Expression
    ) throws {
        #expect(try Filter(text).expression == expression)
    }

    private static let forms =
        "tool: method: id: dir: kind: status: session: dialect: exchange: stream: latency> silence> size> text:"

    @Test(arguments: [
        ("echo", 1, "\"echo\" is no term; terms are \(forms) – to search for it write text:\"echo\""),
        ("text:out of", 10, "\"of\" is no term; terms are \(forms) – to search for it write text:\"of\""),
        ("id:1 methd:ping", 6, "there is no term \"methd\"; terms are \(forms); did you mean method:"),
        ("sttaus:ok", 1, "there is no term \"sttaus\"; terms are \(forms); did you mean status:"),
        ("colour:red", 1, "there is no term \"colour\"; terms are \(forms)"),
        ("tool=echo", 1, "\"tool\" is followed by a value: write tool:VALUE"),
        ("latency", 1, "\"latency\" is followed by a value: write latency>1s or latency<1s"),
        ("tool: echo", 6, "a value is missing here; one with blanks or parentheses goes in quotes: \"…\""),
        (
            "status:fine", 8,
            "a status is ok, error, tool_error, rpc_error, http_error, cancelled, pending, unanswered, an HTTP status, or such as 4xx; not \"fine\""
        ),
        ("dir:me", 5, "a direction is client (or c2s) or server (or s2c), not \"me\""),
        ("exchange:x", 10, "an exchange is a number, as printed after #, not \"x\""),
        ("stream:all", 8, "a stream is the number of its exchange, any or none, not \"all\""),
        ("latency:200ms", 9, "latency is compared: write latency>200ms or latency<=200ms"),
        ("size>big", 6, "\"big\" is no size, such as 500, 10k, 1MiB"),
        ("id:1 & latency>soon", 16, "\"soon\" is no duration, such as 200ms, 1.5s, 3m"),
        ("silence>99999999999999h", 9, "\"99999999999999h\" is no duration, such as 200ms, 1.5s, 3m"),
        ("id:1 |", 7, "a term is missing at the end, such as tool:NAME"),
        ("| id:1", 1, "a term is missing before |, such as tool:NAME"),
        ("()", 2, "a term is missing before ), such as tool:NAME"),
        ("id:1 (id:2", 6, "this parenthesis is not closed; write ) where it shall end"),
        ("id:1) id:2", 5, "this parenthesis closes none; take it away or open one before it"),
        ("text:\"open", 6, "this quote is not closed; write \\\" for a quote inside of quotes"),
        ("text:\"a\\d\"", 8, "this backslash means nothing; inside of quotes there are \\\" \\\\ \\n \\r \\t"),
        ("id:\0", 4, "a filter cannot hold the character NUL; leave it out"),
    ])
    func `a mistake is one sentence and a column`(text: String, column: Int, message: String) {
        let error = #expect(throws: FilterError.self) { try Filter(text) }
        #expect(error == FilterError(column: column, message))
    }

    @Test func `kinds and dialects that are not are told what there is`() {
        let kind = #expect(throws: FilterError.self) { try Filter("kind:call kind:foo") }
        #expect(kind?.column == 16)
        #expect(
            kind?.message.hasPrefix("a kind is request, response, error, notification, invalid, heartbeat, ") == true)
        let dialect = #expect(throws: FilterError.self) { try Filter("dialect:http") }
        #expect(dialect?.message.contains("http+sse, streamable") == true)
    }

    @Test func `length, terms and nesting have limits`() throws {
        let deep = Filter.depthLimit
        #expect(throws: Never.self) {
            try Filter(String(repeating: "(", count: deep) + "id:1" + String(repeating: ")", count: deep))
        }
        for text in [String(repeating: "(", count: 5000), String(repeating: "!", count: 200) + "id:1"] {
            let error = #expect(throws: FilterError.self) { try Filter(text) }
            #expect(error?.column == (text.count > Filter.lengthLimit ? Filter.lengthLimit : deep) + 1)
        }
        let many = Array(repeating: "id:1", count: Filter.termLimit).joined(separator: " ")
        #expect(try Filter(many).terms.count == Filter.termLimit)
        #expect(throws: FilterError.self) { try Filter(many + " id:1") }
        #expect(throws: FilterError.self) { try Filter("text:" + String(repeating: "x", count: Filter.lengthLimit)) }
    }
}
