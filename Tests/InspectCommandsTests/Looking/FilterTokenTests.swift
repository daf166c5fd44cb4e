import Testing
import Traffic

@testable import InspectCommands

struct FilterTokenTests {
    @Test(
        "Every form of a filter is read",
        arguments: [
            ("tool:echo", .tool(Pattern("echo"))), ("method:tools/*", .method(Pattern("tools/*"))), ("id:5", .id("5")),
            ("id:\"a:b\"", .id("\"a:b\"")), ("status:ok", .status([.ok])), ("status:tool_error", .status([.toolError])),
            ("status:error", .status([.toolError, .rpcError, .httpError, .unanswered])),
            ("status:404", .httpStatus(404...404)), ("status:4xx", .httpStatus(400...499)),
            ("latency>200ms", .latency(.above, ms: 200)), ("latency<=1s", .latency(.atMost, ms: 1000)),
            ("latency>=2m", .latency(.atLeast, ms: 120_000)), ("latency:<1", .latency(.below, ms: 1000)),
            ("exchange:3", .exchange(3)), ("exchange:#3", .exchange(3)), ("exchange:4294967299", .exchange(3)),
            ("from:client", .from(.clientToServer)), ("from:server", .from(.serverToClient)),
        ] as [(String, FilterToken)])
    func form(text: String, token: FilterToken) throws {
        #expect(FilterToken.looksLikeOne(text))
        #expect(try FilterToken.parse(text) == token)
    }

    private static let forms = FilterToken.forms
    private static let statuses =
        "a status is ok, error, tool_error, rpc_error, http_error, cancelled, pending, unanswered, an HTTP status or 4xx"

    @Test(
        "A bad filter is answered with one sentence that points at it",
        arguments: [
            ("echo", "\"echo\" is no filter; filters are \(forms)"),
            ("methd:ping", "\"methd\" in \"methd:ping\" is no filter; filters are \(forms)"),
            ("tool:", "\"tool:\" has nothing after the colon; filters are \(forms)"),
            ("status:fine", "\"status:fine\": \(statuses)"), ("status:999", "\"status:999\": \(statuses)"),
            ("latency", "\"latency\" compares with nothing; write 'latency>200ms' or 'latency<1s'"),
            ("latency:200ms", "\"latency:200ms\" compares with nothing; write 'latency>200ms' or 'latency<1s'"),
            ("latency>soon", "\"latency>soon\" has no duration after >, such as 200ms or 1s"),
            ("exchange:x", "\"exchange:x\": an exchange is a number, as printed after #"),
            ("from:me", "\"from:me\": messages come from:client or from:server"),
        ])
    func mistake(text: String, sentence: String) {
        let failure = #expect(throws: CommandFailure.self) { try FilterToken.parse(text) }
        #expect(failure?.message == sentence)
        #expect(failure?.code == .usage)
    }

    @Test func `the first word is the session unless it is a filter`() throws {
        #expect(try ShowArguments.parse([]) == ("latest", []))
        #expect(try ShowArguments.parse(["a/1", "id:1"]) == ("a/1", [.id("1")]))
        #expect(try ShowArguments.parse(["id:1"]) == ("latest", [.id("1")]))
        #expect(try ShowArguments.parse(["C:capture.sqlite"]).session == "C:capture.sqlite")
        #expect(throws: CommandFailure.self) { try ShowArguments.parse(["a/1", "b/2"]) }
    }

    @Test(
        "A star stands for any text, also for none",
        arguments: [
            ("echo", "echo", true), ("echo", "echo2", false), ("*", "", true), ("ec*", "echo", true),
            ("*ho", "echo", true), ("e*h*o", "echo", true), ("e*c*c*o", "echo", false), ("ab*ba", "aba", false),
            ("e**o", "echo", true), ("*x*", "echo", false),
        ])
    func pattern(pattern: String, name: String, isMatch: Bool) {
        #expect(Pattern(pattern).matches(name) == isMatch)
    }

    @Test func `all filters must hold`() {
        var row = MessageRow(
            id: 1, recordingID: 1, seq: 0, atNs: 0, direction: .clientToServer, kind: .request, bytes: 1,
            body: .requestBody)
        row.rpcID = "\"7\""
        row.method = "tools/call"
        row.name = "echo"
        var call = CallRow(
            id: 1, recordingID: 1, direction: .clientToServer, method: "tools/call", rpcID: "\"7\"", requestID: 1,
            sentNs: 0, requestBytes: 1)
        call.status = .ok
        call.latencyMs = 200
        let entry = TimelineEntry(
            atNs: 0, exchange: 1 << 32 | 4, what: .message(.init(row: row, call: call, httpStatus: 200)))
        func matches(_ words: String...) -> Bool {
            entry.matches(words.compactMap { try? FilterToken.parse($0) })
        }
        #expect(matches())
        #expect(
            matches(
                "tool:e*", "method:tools", "id:7", "status:ok", "latency>=200ms", "exchange:4", "from:client",
                "status:2xx"))
        #expect(matches("id:\"7\""))
        for word in [
            "tool:echo2", "method:tool", "id:8", "status:error", "latency>200ms", "exchange:5", "from:server",
            "status:404",
        ] {
            #expect(!matches(word), "\(word)")
            #expect(!matches("tool:echo", word), "\(word)")
        }
    }
}
