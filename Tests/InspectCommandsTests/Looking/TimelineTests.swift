import Testing
import Traffic

@testable import InspectCommands

struct TimelineTests {
    /// An HTTP+SSE session: every answer comes on the GET stream.
    private static var httpSSE: SampleRows {
        var rows = SampleRows(ended: (40_000, .cut))
        let endpoint = Edit(
            place: .stream, what: "endpoint", from: "http://127.0.0.1:3000/m?s=1", to: "http://localhost:6480/m?s=1")
        let host = Edit(place: .request, what: "host", from: "localhost:6480", to: "127.0.0.1:3000")
        rows.exchange(
            1, "GET", "/sse", at: 0, status: 200, end: 40_000, .rst, isStream: true, edits: [host, endpoint])
        rows.block(.event, in: 1, at: 2, type: "endpoint", data: "http://127.0.0.1:3000/m?s=1")
        rows.exchange(2, "POST", "/m", at: 3, end: 5)
        rows.call(1, method: "initialize", in: 2, at: 3, answer: (1, 20, .response))
        rows.exchange(3, "POST", "/m", at: 21, end: 22)
        rows.call(2, method: "tools/call", name: "fail", in: 3, at: 21, answer: (1, 30, .response), status: .toolError)
        for beat in 1...3 { rows.block(.comment, in: 1, at: Int64(30 + beat * 10_000), comment: " ping") }
        rows.exchange(4, "POST", "/m", at: 31_000, end: 31_002)
        rows.call(3, method: "nope", in: 4, at: 31_000, answer: (1, 31_010, .error), status: .rpcError)
        rows.block(.comment, in: 1, at: 31_020, comment: " ping")
        rows.exchange(5, "POST", "/m", at: 32_000, end: 32_001)
        rows.call(4, method: "tools/call", name: "sleep", in: 5, at: 32_000, status: .unanswered, reason: .streamCut)
        rows.block(.partial, in: 1, at: 39_999, data: "half")
        return rows
    }

    @Test func `answers on another stream say so and heartbeats are told together`() {
        #expect(
            Self.httpSSE.lines() == #"""
                 +0.001 ┬ stream #1 GET /sse opened
                 +0.001 ~ changed on the way: stream endpoint from "http://127.0.0.1:3000/m?s=1" to "http://localhost:6480/m?s=1" #1
                 +0.002 ← event endpoint  http://127.0.0.1:3000/m?s=1 #1
                 +0.003 → request   initialize        id:1            100 B  #2
                 +0.020 ← response  initialize        id:1  17.0 ms  1.2 kB  via GET /sse #1
                 +0.021 → request   tools/call fail   id:2            100 B  #3
                 +0.030 ← response  tools/call fail   id:2   9.0 ms  1.2 kB  via GET /sse #1  tool error
                +10.030 · 3 heartbeats (comment, about every 10.00 s) on #1
                +31.000 → request   nope              id:3            100 B  #4
                +31.010 ← error     nope              id:3  10.0 ms  1.2 kB  via GET /sse #1  code -32601
                +31.020 · heartbeat (comment " ping") on #1
                +32.000 → request   tools/call sleep  id:4            100 B  #5  never answered: the stream was cut
                +39.999 ← event cut off before its end  half #1
                +40.000 ┴ stream #1 GET /sse closed by the server after 40.00 s (connection reset)
                +40.000 ■ session ended: the server cut its stream
                """#)
    }

    @Test func `everything means each heartbeat, each exchange and each change`() {
        let lines = Self.httpSSE.lines(everything: true).split(separator: "\n")
        #expect(lines.count { $0.contains("heartbeat (comment \" ping\") on #1") } == 4)
        #expect(lines.count { $0.contains("HTTP 202  POST /m #") } == 4)
        #expect(
            lines.contains {
                $0.contains(#"changed on the way: request host from "localhost:6480" to "127.0.0.1:3000" #1"#)
            })
    }

    @Test func `what went wrong below the messages is told`() {
        var rows = SampleRows(dialect: .streamable)
        rows.exchange(1, "POST", "/mcp", at: 0, status: 404, end: 2, body: "no \u{1B}[2J such session")
        rows.call(1, method: "tools/list", in: 1, at: 0, status: .httpError, reason: .nothingSent)
        rows.exchange(
            2, "POST", "/mcp", at: 10, status: nil, end: 20, by: .recorder, .httpError,
            edits: [Edit(place: .response, what: "answer", from: nil, to: "502 connection refused")])
        rows.call(2, method: "tools/list", in: 2, at: 10, status: .httpError)
        rows.exchange(3, "GET", "/mcp", at: 30, status: 200, isStream: true, lastEventID: "e7")
        rows.gap(bytes: 4096, in: 3, at: 40)
        rows.exchange(4, "POST", "/mcp", at: 50, status: nil)
        rows.call(3, method: "ping", in: 4, at: 50, status: .pending)
        rows.message(.clientToServer, .invalid, in: 4, at: 51, bytes: 3)
        rows.message(.serverToClient, .response, in: 3, at: 60, id: "99")
        rows.message(.serverToClient, .response, in: 3, at: 61, method: "ping", id: "98", duplicateOf: 1)
        #expect(
            rows.lines() == #"""
                +0.000 → request   tools/list  id:1     100 B  #1  refused
                +0.001 ← HTTP 404 Not Found  POST /mcp #1  no \u{1b}[2J such session
                +0.010 → request   tools/list  id:2     100 B  #2  refused
                +0.020 ← POST /mcp #2: answered by the recorder: 502 connection refused
                +0.031 ┬ stream #3 GET /mcp opened, resumed after event e7
                +0.040 ! gap: 4096 bytes were not recorded (queue full) #3
                +0.050 → request   ping        id:3     100 B  #4  no answer yet
                +0.051 → invalid                          3 B  #4  no JSON-RPC
                +0.060 ← response              id:99    100 B  via GET /mcp #3  nobody waited for it
                +0.061 ← response  ping        id:98    100 B  via GET /mcp #3  again
                """#)
    }

    @Test func `a server's own requests are seen, its answered pings count as heartbeats`() throws {
        var rows = SampleRows(dialect: .streamable)
        rows.exchange(1, "POST", "/mcp", at: 0, status: 200, end: 90, isStream: true)
        rows.call(1, method: "tools/call", name: "ask", in: 1, at: 0, answer: (1, 80, .response))
        rows.exchange(2, "POST", "/mcp", at: 30, end: 31)
        rows.call(2, .serverToClient, method: "sampling/createMessage", in: 1, at: 20, answer: (2, 30, .response))
        for (number, ms) in [(3, 40), (4, 50)] as [(Int64, Int64)] {
            rows.exchange(number, "POST", "/mcp", at: ms + 1, end: ms + 2)
            rows.call(number, .serverToClient, method: "ping", in: 1, at: ms, answer: (number, ms + 1, .response))
        }
        #expect(
            rows.lines() == """
                +0.000 → request   tools/call ask          id:1            100 B  #1
                +0.020 ← request   sampling/createMessage  id:2            100 B  #1
                +0.030 → response  sampling/createMessage  id:2  10.0 ms  1.2 kB  #2
                +0.040 · 2 heartbeats (ping, about every 10.0 ms) on #1
                +0.080 ← response  tools/call ask          id:1  80.0 ms  1.2 kB  #1
                """)
        #expect(rows.lines(filter: try Filter("!kind:gap")).split(separator: "\n").count { $0.contains("ping") } == 4)
    }

    @Test func `colour marks what went wrong and nothing else changes`() {
        let coloured = Self.httpSSE.lines(style: TextStyle(isColoured: true))
        #expect(coloured.contains("\u{1B}[31mnever answered: the stream was cut\u{1B}[0m"))
        #expect(coloured.replacing(/\u{1B}\[[0-9]+m/, with: "") == Self.httpSSE.lines())
    }

    @Test func `each line is an object for machines`() {
        var rows = SampleRows(dialect: .streamable, ended: (5, .deleted))
        rows.exchange(1, "POST", "/mcp", at: 0, status: 200, end: 5)
        rows.call(1, method: "tools/call", name: "echo", in: 1, at: 0, answer: (1, 5, .response))
        rows.gap(bytes: 7, in: 1, at: 3)
        let objects = rows.entries().map {
            TimelineObject.object(
                $0, session: "tourist/1", startedNs: SampleRows.at(0), body: Array("{ \"id\": 1 }".utf8)
            ).line
        }
        #expect(
            objects == [
                #"""
                {"type":"message","session":"tourist/1","at":"2026-11-22T23:20:00.000Z","at_ns":1795389600000000000,\#
                "offset_ms":0.0,"exchange":1,"exchange_id":4294967297,"id":4294967297,"direction":"c2s","kind":"request",\#
                "method":"tools/call","name":"echo","rpc_id":1,"error_code":null,"bytes":100,"call_id":4294967297,\#
                "answers_id":null,"duplicate_of":null,"status":"ok","reason":null,"latency_ms":null,"http_status":200,\#
                "via":null,"redacted":0,"round":null,"task_id":null,"asked":null,"body":{"id":1}}
                """#,
                #"""
                {"type":"gap","session":"tourist/1","at":"2026-11-22T23:20:00.003Z","at_ns":1795389600003000000,\#
                "offset_ms":3.0,"exchange":1,"exchange_id":4294967297,"bytes":7,"reason":"queue full"}
                """#,
                #"""
                {"type":"message","session":"tourist/1","at":"2026-11-22T23:20:00.005Z","at_ns":1795389600005000000,\#
                "offset_ms":5.0,"exchange":1,"exchange_id":4294967297,"id":4294967298,"direction":"s2c","kind":"response",\#
                "method":"tools/call","name":"echo","rpc_id":1,"error_code":null,"bytes":1250,"call_id":4294967297,\#
                "answers_id":null,"duplicate_of":null,"status":"ok","reason":null,"latency_ms":5.0,"http_status":200,\#
                "via":null,"redacted":0,"round":null,"task_id":null,"asked":null,"body":{"id":1}}
                """#,
                #"""
                {"type":"session_ended","session":"tourist/1","at":"2026-11-22T23:20:00.005Z",\#
                "at_ns":1795389600005000000,"offset_ms":5.0,"exchange":null,"exchange_id":null,"end_reason":"deleted"}
                """#,
            ])
    }
}
