import DemoServer
import Testing

@testable import MCPTransports

@Suite(.timeLimit(.minutes(1))) struct BroadcastTests {
    private struct Trouble: Error {}

    private func status(_ handler: MessageHandler?, _ body: String) async throws -> (status: Int, body: JSONValue?) {
        let service = BroadcastService(handler: .messages(handler), listeners: ListenerTable(limit: 1)) { _ in 0 }
        let response = await service.respond(to: Array(body.utf8))
        guard !response.body.isEmpty else { return (response.status, nil) }
        return (response.status, try JSONValue(parsing: response.body))
    }

    private func answer(_ method: String, _ params: JSONValue = [:]) async throws -> (status: Int, body: JSONValue) {
        let service = BroadcastService(handler: .server(DemoServer.server), listeners: ListenerTable(limit: 1)) { _ in 0
        }
        let request = JSONRPCMessage.request(id: .integer(5), method: method, params: params)
        let response = await service.respond(to: request.json.serialized())
        return (response.status, try JSONValue(parsing: response.body))
    }

    @Test func `A message handler's answer is the response, and nothing is 202`() async throws {
        let echo: MessageHandler = { message in
            guard message["id"] != nil else { return JSONValue?.none }
            return ["jsonrpc": "2.0", "id": 1, "result": message["method"] ?? .null]
        }
        #expect(try await status(echo, #"{"id":1,"method":"m"}"#) == (200, ["jsonrpc": "2.0", "id": 1, "result": "m"]))
        let taken = try await status(echo, #"{"method":"initialized"}"#)
        #expect(taken.status == 202)
        #expect(taken.body == .none)
        #expect(try await status(echo, "{").status == 400)
    }

    @Test func `A message handler that fails, or is not there, is an internal error`() async throws {
        let failing = try await status({ _ in throw Trouble() }, #"{"id":"a"}"#)
        #expect(failing.status == 500)
        #expect(failing.body?["error"]?["code"] == -32603 && failing.body?["id"] == "a")
        let missing = try await status(nil, "{}")
        #expect(missing.status == 500 && missing.body?["error"]?["code"] == -32603)
    }

    @Test func `A server answers without a session before`() async throws {
        #expect(try await answer("initialize").body["result"]?["serverInfo"]?["name"] == "mcp-inspect-demo")
        #expect(try await answer("ping").body == ["jsonrpc": "2.0", "id": 5, "result": [:]])
        #expect(try await answer("tools/list").status == 200)
    }

    @Test func `Unknown tools and methods are not found, failing handlers are internal errors`() async throws {
        let tool = try await answer("tools/call", ["name": "nothing"])
        #expect(tool.status == 200 && tool.body["error"]?["code"] == -32601)
        let method = try await answer("no/such")
        #expect(method.status == 200 && method.body["error"]?["code"] == -32601)
        let crash = try await answer("tools/call", ["name": "crash"])
        #expect(crash.status == 500 && crash.body["error"]?["code"] == -32603 && crash.body["id"] == 5)
        let chosen = try await answer("tools/call", ["name": "rpc_error", "arguments": ["code": -5]])
        #expect(chosen.status == 200 && chosen.body["error"]?["code"] == -5)
    }

    @Test func `All listeners hear the same, and answers go to those who asked`() async throws {
        let configuration = SSEServerTransport.Configuration(dialects: [.broadcast])
        try await withTransport(DemoServer.server, configuration) { transport, port in
            let listeners = [try await RawConnection(port: port), try await RawConnection(port: port)]
            for listener in listeners {
                try await listener.request("GET /sse")
                #expect(try await !listener.wait(for: "\r\n\r\n").contains("endpoint"))
            }
            while transport.listenerCount < 2 { await Task.yield() }
            #expect(transport.sendMessage(.notification(method: "hello", params: nil)) == 2)
            for listener in listeners { try await listener.wait(for: #"data: {"jsonrpc":"2.0","method":"hello"}"#) }
            let post = try await RawConnection(port: port)
            try await post.request("POST /", body: SessionScript.call(1, "ping"))
            #expect(try await post.wait(for: #""result":{}"#).contains("200 OK"))
            try await post.request("POST /", body: #"{"jsonrpc":"2.0","method":"initialized"}"#)
            try await post.wait(for: "202 Accepted")
            let log =
                #"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"log","arguments":{"message":"m"}}}"#
            try await post.request("POST /", body: log)
            for listener in listeners { try await listener.wait(for: "notifications/message") }
        }
    }

    @Test func `Two dialects at one path are one sentence, and so is a handler for another dialect`() async throws {
        let all = SSEServerTransport.Configuration(dialects: Set(HTTPDialect.allCases))
        await #expect {
            try await SSEServerTransport(server: DemoServer.server, configuration: all).run()
        } throws: { "\($0)" == "http+sse and broadcast cannot both be served at /sse." }
        let transport = SSEServerTransport(messageHandler: nil, configuration: .init())
        await #expect(throws: ConfigurationError.self) { try await transport.run() }
    }
}
