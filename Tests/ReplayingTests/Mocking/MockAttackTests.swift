import MCPTransports
import Scenario
import Testing
import WireFormats

@testable import Replaying

/// A mock server in bad company.
@Suite(.timeLimit(.minutes(2)))
struct MockAttackTests {
    private static let initialize =
        #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}"#
    private static let echo =
        #"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"echo","arguments":{"text":"hello – ünïcode ✓"}}}"#

    /// Opens a session of the capture `streamable`, and gives its id.
    private static func session(_ port: Int) async throws -> String {
        let answer = try await WireClient.post(port, "/mcp", initialize)
        let line = try #require(answer.split(separator: "\r\n").first { $0.lowercased().hasPrefix("mcp-session-id: ") })
        return String(line.dropFirst("mcp-session-id: ".count))
    }

    @Test(arguments: [
        (#"{"jsonrpc":"2.0","id":1,"method":"tools/li"#, "-32700"), ("", "-32700"), ("\u{0}\u{1}", "-32700"),
        (String(repeating: "[", count: 100_000), "-32700"), ("42", "-32600"), ("[]", "-32600"), ("[1,2]", "-32600"),
        (#"{"jsonrpc":"2.0"}"#, "-32600"),
    ])
    func `what is no message is an error of JSON-RPC, and costs no session`(_ body: String, _ code: String) async throws
    {
        try await ServedCapture.with("streamable") { served in
            let answer = try await WireClient.post(served.port, "/mcp", body)
            #expect(answer.hasPrefix("HTTP/1.1 400 ") && answer.contains(code), "\(answer)")
            let id = try await Self.session(served.port)
            let within = try await WireClient.post(served.port, "/mcp", body, ["Mcp-Session-Id: \(id)"])
            #expect(within.hasPrefix("HTTP/1.1 400 ") && within.contains(code), "\(within)")
            let echo = try await WireClient.post(served.port, "/mcp", Self.echo, ["Mcp-Session-Id: \(id)"])
            #expect(echo.contains("ünïcode"))
        }
    }

    @Test func `each request of a batch that was not recorded is refused by itself, and what is none is taken`()
        async throws
    {
        try await ServedCapture.with("streamable") { served in
            let id = ["Mcp-Session-Id: \(try await Self.session(served.port))"]
            let requests =
                #"[{"jsonrpc":"2.0","id":"a","method":"x/y"},{"jsonrpc":"2.0","method":"n/m"},{"jsonrpc":"2.0","id":"b","method":"x/y"}]"#
            let refused = try await WireClient.post(served.port, "/mcp", requests, id)
            #expect(refused.contains(#""id":"a","error":{"code":-32601"#) && refused.contains(#""id":"b","error""#))
            let answers =
                #"[{"jsonrpc":"2.0","id":99,"result":{}},{"jsonrpc":"2.0","id":98,"error":{"code":1,"message":""}}]"#
            #expect(try await WireClient.post(served.port, "/mcp", answers, id).hasPrefix("HTTP/1.1 202 "))
            let odd = #"{"jsonrpc":"2.0","id":{"a":[null]},"method":7}"#
            #expect(try await WireClient.post(served.port, "/mcp", odd, id).contains(#""id":{"a":[null]},"error""#))
        }
    }

    @Test func `sessions and events that never were are refused or begun anew`() async throws {
        try await ServedCapture.with("streamable") { served in
            let unknown = try await WireClient.post(served.port, "/mcp", Self.echo, ["Mcp-Session-Id: nobody"])
            #expect(unknown.hasPrefix("HTTP/1.1 404 "))
            let id = try await Self.session(served.port)
            let stream = try await WireClient(served.port)
            try await stream.send(
                "GET /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nMcp-Session-Id: \(id)\r\nLast-Event-ID: nothing-7\r\n\r\n"
            )
            #expect(try await stream.hears("\r\n\r\n").hasPrefix("HTTP/1.1 200 "))
            await stream.close()
            let delete = try await WireClient(served.port)
            try await delete.send("DELETE /mcp HTTP/1.1\r\nHost: localhost\r\nMcp-Session-Id: \(id)\r\n\r\n")
            try await delete.hears("HTTP/1.1 20")
            await delete.close()
            let late = try await WireClient.post(served.port, "/mcp", Self.echo, ["Mcp-Session-Id: \(id)"])
            #expect(late.hasPrefix("HTTP/1.1 404 "))
        }
    }

    @Test func `a session id from a query is no way to write headers`() async throws {
        try await ServedCapture.with("http-sse") { served in
            let answer = try await WireClient.post(
                served.port, "/messages/?session_id=x%0d%0aSet-Cookie:%20a=b", Self.echo)
            #expect(!answer.lowercased().contains("set-cookie"))
            #expect(answer.hasPrefix("HTTP/1.1 4"))
        }
    }

    @Test func `HTTP 1.0 is answered and closed`() async throws {
        try await ServedCapture.with("streamable-json") { served in
            let client = try await WireClient(served.port)
            try await client.post("/mcp", Self.initialize, version: "HTTP/1.0")
            let answer = try await client.ends()
            #expect(answer.contains(" 200 ") && answer.contains(#""protocolVersion""#))
            #expect(!answer.lowercased().contains("transfer-encoding"))
        }
    }

    @Test func `a body that is too large is refused, and one that is large is read`() async throws {
        try await ServedCapture.with("streamable") { served in
            let client = try await WireClient(served.port)
            try await client.send(
                "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n"
            )
            try await client.hears("HTTP/1.1 413 ")
            await client.close()
            let id = try await Self.session(served.port)
            let padding = String(repeating: "x", count: 3 << 20)
            let large =
                #"{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"echo","arguments":{"text":"\#(padding)"}}}"#
            let answer = try await WireClient.post(served.port, "/mcp", large, ["Mcp-Session-Id: \(id)"])
            #expect(answer.contains("is not in the recording; closest is request") && answer.utf8.count < 4096)
        }
    }

    @Test func `a client that hangs up in the middle of a stream leaves the others alone`() async throws {
        try await ServedCapture.with("streamable", MockSettings(pace: .recorded)) { served in
            for _ in 0..<20 {
                let id = try await Self.session(served.port)
                let client = try await WireClient(served.port)
                let slow =
                    #"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"slow","arguments":{"steps":3},"_meta":{"progressToken":1}}}"#
                try await client.post("/mcp", slow, ["Mcp-Session-Id: \(id)"])
                try await client.hears("text/event-stream")
                await client.close()
            }
            try await served.client(.streamable, "/mcp") { client in
                let result = try await client.callTool("echo", arguments: ["text": "hello – ünïcode ✓"])
                #expect(result.firstText == "hello – ünïcode ✓")
            }
        }
    }

    @Test(arguments: ForwardedMissTests.dialects) func `a hundred clients at once have a conversation each`(
        _ capture: String, _ dialect: HTTPDialect, _ path: String
    ) async throws {
        try await ServedCapture.with(capture) { served in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<100 {
                    group.addTask {
                        try await served.client(dialect, path) { client in
                            let result = try await client.callTool("echo", arguments: ["text": "hello – ünïcode ✓"])
                            return result.firstText == "hello – ünïcode ✓"
                        }
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
            #expect(served.notices.misses.isEmpty)
        }
    }

    @Test func `sessions that nobody ends make room for new ones`() throws {
        let stage = MockStage(
            scores: try ServedCapture.scores(of: "streamable"), settings: MockSettings(pace: .max),
            access: AccessGuard(access: .init(), listeningHost: "127.0.0.1"), notice: { _ in })
        let message = try #require(JSONTree(Self.initialize))
        for _ in 0..<(MockStage.limit + 10) { #expect(stage.opened(by: message, at: "/mcp") != nil) }
        #expect(stage.sessions == MockStage.limit)
    }

    @Test func `what was masked when it was recorded is served as it was stored`() async throws {
        let mask = "hmac:0123456789abcdef"
        let scores = try ServedCapture.scores(of: "streamable").map { score in
            var cues = score.cues
            for index in cues.indices { cues[index].mask("hello – ünïcode ✓", with: mask) }
            return Score(
                session: 1, name: "masked/1", dialect: score.dialect, revision: score.revision, wireID: mask,
                cues: cues, minted: [])
        }
        try await ServedCapture.with(scores, MockSettings(pace: .max)) { served in
            try await served.client(.streamable, "/mcp") { client in
                let result = try await client.callTool("echo", arguments: ["text": "the clear value"])
                #expect(result.firstText == mask)
            }
        }
    }
}

extension Cue {
    /// As if a value had been a secret.
    fileprivate mutating func mask(_ text: String, with mask: String) {
        message = message.flatMap { message in
            JSONTree(String(decoding: message.serialized(), as: UTF8.self).replacing(text, with: mask))
        }
        for index in acts.indices {
            guard case .event(var event) = acts[index].what, let data = event.data else { continue }
            event.data = Array(String(decoding: data, as: UTF8.self).replacing(text, with: mask).utf8)
            event.layout = nil
            acts[index].what = .event(event)
        }
    }
}
