import MCPTransports
import MCPTransportsTestKit
import Testing

@Suite(.timeLimit(.minutes(1))) struct ScriptedServerTests {
    static func post(_ id: Int, _ method: String) -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)"}"#
    }

    @Test func `a request gets the scripted result under its own id`() async throws {
        try await withScriptedServer { server in
            server.expectRequest("ping").respond(result: ["a": 1], headers: ["Mcp-Session-Id": "s"])
            let client = try await RawConnection(port: server.port)
            try await client.request("POST /mcp", body: Self.post(7, "ping"))
            let answer = try await client.wait(for: #"{"jsonrpc":"2.0","id":7,"result":{"a":1}}"#)
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nMcp-Session-Id: s\r\n"))
        }
    }

    @Test func `requests of one kind are taken in order and others whenever they come`() async throws {
        try await withScriptedServer { server in
            server.expectRequest("a").respond(result: ["n": 1])
            server.expectRequest("a").respond(error: MCPError(code: -1, message: "no"), status: 400)
            server.expectNotification("notifications/initialized")
            let client = try await RawConnection(port: server.port)
            try await client.request("POST /mcp", body: #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)
            try await client.wait(for: "202 Accepted\r\nContent-Length: 0\r\n\r\n")
            try await client.request("POST /mcp", body: Self.post(1, "a"))
            try await client.wait(for: #""result":{"n":1}"#)
            try await client.request("POST /mcp", body: Self.post(2, "a"))
            let heard = try await client.wait(for: #"{"jsonrpc":"2.0","id":2,"error":{"code":-1,"message":"no"}}"#)
            #expect(heard.contains("HTTP/1.1 400 Bad Request"))
            #expect(server.requests.map(\.messageMethod) == ["notifications/initialized", "a", "a"])
            #expect(server.requests.map(\.index) == [0, 1, 2])
            #expect(server.requests.map(\.connection) == [0, 0, 0])
        }
    }

    @Test func `a reply may be decided after the request has come`() async throws {
        try await withScriptedServer { server in
            let expectation = server.expectRequest("a", path: "/mcp")
            let client = try await RawConnection(port: server.port)
            try await client.request("POST /mcp?x=1", ["X-Test: yes"], body: Self.post(1, "a"))
            let request = try await expectation.received()
            #expect(request.header("x-test") == "yes")
            #expect(request.target == "/mcp?x=1")
            #expect(request.id == .integer(1))
            expectation.respond(status: 503, body: "later", headers: ["Retry-After": "1"])
            try await client.wait(
                for: "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 5\r\n\r\nlater")
        }
    }

    @Test func `a stream says what the test says and notices when the client leaves`() async throws {
        try await withScriptedServer { server in
            let listen = server.expectGET(path: "/mcp").openStream { $0.sendComment("hello") }
            let client = try await RawConnection(port: server.port)
            try await client.request("GET /mcp")
            let stream = try await listen.stream()
            stream.sendEvent(data: "a\nb", type: "t", id: "1", retry: 5)
            stream.send(.notification(method: "n", params: nil))
            let heard = try await client.wait(for: #"data: {"jsonrpc":"2.0","method":"n"}"#)
            #expect(heard.contains("9\r\n: hello\n\n\r\n"))
            #expect(heard.contains("id: 1\nevent: t\nretry: 5\ndata: a\ndata: b\n\n\r\n"))
            try await client.close()
            try await stream.abandoned()
            try await listen.abandoned()
        }
    }

    @Test func `a scripted stream ends when its script does and the connection goes on`() async throws {
        try await withScriptedServer { server in
            server.expectRequest("a").respondStream(lineEnd: .crlf) { stream in
                stream.sendEvent(data: "", id: "1")
                stream.sendResult([:])
            }
            server.expectRequest("b").respond(result: [:])
            let client = try await RawConnection(port: server.port)
            try await client.request("POST /mcp", body: Self.post(1, "a"))
            let heard = try await client.wait(for: "0\r\n\r\n")
            #expect(heard.contains("id: 1\r\ndata: \r\n\r\n"))
            #expect(heard.contains("event: message\r\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\r\n\r\n"))
            try await client.request("POST /mcp", body: Self.post(2, "b"))
            try await client.wait(for: #""id":2"#)
        }
    }

    @Test func `the older dialect answers on the stream of the GET, before or after the 202`() async throws {
        try await withScriptedServer { server in
            let listen = server.expectHTTPSSEHandshake(path: "/sse", endpoint: "/m?session_id=1")
            server.expectRequest("a").respond(on: listen, result: ["n": 1], isAnswerFirst: true)
            let stream = try await RawConnection(port: server.port)
            try await stream.request("GET /sse")
            try await stream.wait(for: "event: endpoint\ndata: /m?session_id=1\n\n")
            let posts = try await RawConnection(port: server.port)
            try await posts.request("POST /m?session_id=1", body: Self.post(0, "initialize"))
            try await posts.wait(for: "202 Accepted")
            try await stream.wait(for: #""protocolVersion":"2024-11-05""#)
            try await posts.request("POST /m", body: #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)
            try await posts.request("POST /m", body: Self.post(1, "a"))
            try await stream.wait(for: #"{"jsonrpc":"2.0","id":1,"result":{"n":1}}"#)
        }
    }

    @Test func `pipelined requests are answered one at a time`() async throws {
        try await withScriptedServer { server in
            let first = server.expectRequest("a")
            server.expectRequest("b").respond(result: [:])
            let client = try await RawConnection(port: server.port)
            try await client.request("POST /mcp", body: Self.post(1, "a"))
            try await client.request("POST /mcp", body: Self.post(2, "b"))
            try await first.received()
            first.respond(result: [:])
            let heard = try await client.wait(for: #""id":2"#)
            #expect(heard.contains(#""id":1,"result":{}}HTTP/1.1 200 OK"#))
        }
    }
}
