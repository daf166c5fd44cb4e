import DemoServer
import Testing

@testable import MCPTransports

@Suite(.timeLimit(.minutes(1))) struct StatelessServingTests {
    private func answer(
        _ post: StatelessPost, _ configuration: SSEServerTransport.Configuration = .init()
    ) async throws -> String {
        try await withHost(DemoServer.server, configuration) { port in
            let connection = try await RawConnection(port: port)
            try await connection.post(post, "/mcp", ["Connection: close"])
            return try await connection.waitForEnd()
        }
    }

    @Test func `Discovery names the revision, the capabilities and the server`() async throws {
        let text = try await answer(StatelessPost(method: "server/discover"))
        #expect(text.hasPrefix("HTTP/1.1 200 OK"))
        for part in [
            #""supportedVersions":["2026-07-28"]"#, #""tools":{"listChanged":"#, #""resultType":"complete""#,
            #""ttlMs":0,"cacheScope":"private""#, #""io.modelcontextprotocol/serverInfo":{"name":"mcp-inspect-demo""#,
        ] { #expect(text.contains(part), "\(part)") }
        #expect(!text.contains("Mcp-Session-Id"))
    }

    @Test func `A call needs no session and ignores one`() async throws {
        try await withHost { port in
            let connection = try await RawConnection(port: port)
            try await connection.post(.call("echo", ["text": "hi"]), "/mcp", ["Mcp-Session-Id: none"])
            try await connection.wait(for: #"{"type":"text","text":"hi"}"#)
            let session = try await openSession(try await RawConnection(port: port))
            #expect(session.hasPrefix("Mcp-Session-Id: "), "both eras on one path")
        }
    }

    @Test(arguments: [
        "initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe", "no/such",
    ])
    func `Methods that are gone or never were are not found`(method: String) async throws {
        let text = try await answer(StatelessPost(method: method))
        #expect(text.hasPrefix("HTTP/1.1 404 Not Found"))
        #expect(text.contains(#""id":1,"error":{"code":-32601"#))
    }

    @Test func `A client of the handshake is told the revisions where there are no others`() async throws {
        try await withHost(DemoServer.server, .init(dialects: [.stateless])) { port in
            let connection = try await RawConnection(port: port)
            try await connection.request("POST /mcp", [bothTypes], body: initialize())
            let text = try await connection.wait(for: "-32022")
            #expect(text.contains("400 Bad Request") && text.contains(#""supported":["2026-07-28"]"#))
        }
    }

    @Test(arguments: [
        "[]", #"[{"jsonrpc":"2.0","id":1,"method":"tools/list"}]"#, #"{"jsonrpc":"2.0","id":1,"result":{}}"#,
    ])
    func `Arrays and responses are refused`(body: String) async throws {
        try await withHost { port in
            let connection = try await RawConnection(port: port)
            try await connection.request("POST /mcp", StatelessPost().lines, body: body)
            #expect(try await connection.wait(for: "-32600").contains("400 Bad Request"))
        }
    }

    @Test func `A notification is taken without a word`() async throws {
        try await withHost { port in
            let connection = try await RawConnection(port: port)
            try await connection.request(
                "POST /mcp", StatelessPost().lines, body: #"{"jsonrpc":"2.0","method":"notifications/cancelled"}"#)
            #expect(try await connection.wait(for: "\r\n\r\n").contains("202 Accepted"))
        }
    }

    @Test func `A capability that the client lacks is named`() async throws {
        var post = StatelessPost.call("ask_roots")
        post.meta[MetaKey.clientCapabilities] = [:]
        let text = try await answer(post)
        #expect(text.hasPrefix("HTTP/1.1 400 Bad Request"))
        #expect(text.contains(#""code":-32021"#) && text.contains(#""requiredCapabilities":{"roots":{}}"#))
    }

    @Test func `Progress goes before the answer on a stream of the POST`() async throws {
        var post = StatelessPost.call("slow", ["seconds": 0, "steps": 2])
        post.meta["progressToken"] = 7
        let text = try await answer(post)
        #expect(text.contains("Content-Type: text/event-stream\r\n") && text.contains("X-Accel-Buffering: no\r\n"))
        #expect(text.contains(#""progressToken":7,"progress":2,"total":2"#))
        #expect(text.contains("done in 2 steps") && text.hasSuffix("0\r\n\r\n") && !text.contains("\nid: "))
    }

    @Test func `A question comes as a result, and the retry brings the answer to the same handler`() async throws {
        try await withHost { port in
            let connection = try await RawConnection(port: port)
            let call = StatelessPost.call("ask_elicitation", ["question": "Who?"])
            try await connection.post(call)
            let asked = try await connection.wait(for: "requestState")
            #expect(asked.contains(#""inputRequests":{"q1":{"method":"elicitation/create","params":{"message":"Who?""#))
            let state = try #require(asked.split(separator: #""requestState":""#).last).prefix { $0 != "\"" }
            let other = try await RawConnection(port: port)
            let answers: JSONObject = ["q1": ["action": "accept", "content": ["name": "Ada"]]]
            var wrong = call.retry(id: 2, state: String(state), answers)
            wrong.params["arguments"] = ["question": "What?"]
            try await other.post(wrong)
            try await other.wait(for: "-32602")
            try await other.post(call.retry(id: 2, state: String(state), answers))
            #expect(try await other.wait(for: "Hello, Ada!").contains(#""id":2,"result""#))
            try await connection.post(call.retry(id: 3, state: String(state), answers))
            try await connection.wait(for: #""id":3,"error":{"code":-32602"#)
        }
    }

    @Test func `Closing the response cancels the handler`() async throws {
        let (ends, continuation) = AsyncStream.makeStream(of: Bool.self)
        let tool = Tool(name: "wait", description: "Waits.") { _, context in
            context.log(level: .info, "started")
            try? await Task.sleep(for: .seconds(3600))
            continuation.yield(context.isCancelled)
            return .text("never seen")
        }
        try await withHost(MCPServer(name: "s", version: "1", tools: [tool])) { port in
            let connection = try await RawConnection(port: port)
            var post = StatelessPost.call("wait")
            post.meta[MetaKey.logLevel] = "debug"
            try await connection.post(post)
            try await connection.wait(for: "started")
            try await connection.close()
            var iterator = ends.makeAsyncIterator()
            #expect(await iterator.next() == true)
        }
    }

    @Test func `Questions beyond the limit fail their calls`() async throws {
        let text = try await answer(.call("ask_elicitation"), .init(limits: .init(suspendedCalls: 0)))
        #expect(text.contains("-32603") && text.contains("Too many calls wait"))
    }

    @Test func `A schema that clients could not follow is not served`() async throws {
        let tool = Tool(name: "t", description: "", inputSchema: ["x-mcp-header": "A"]) { _, _ in .text("") }
        await #expect(throws: ConfigurationError.self) {
            try await SSEServerTransport(server: MCPServer(name: "s", version: "1", tools: [tool])).run()
        }
    }
}
