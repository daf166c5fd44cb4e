import MCPTransports
import MCPTransportsTestKit
import Testing

@Suite(.timeLimit(.minutes(1))) struct MCPHostHTTPTests {
    private static let tools: JSONValue = ["tools": [:]]

    @Test func `a server over HTTP is found, used with its key, and left`() async throws {
        try await withScriptedServer { server in
            server.expectRequest("server/discover", times: nil).respond(status: 400, body: "what?")
            server.expectHandshake(path: "/mcp", capabilities: Self.tools)
            server.expectGET(times: nil).respond(status: 405)
            server.expectRequest("tools/list").respond(result: ["tools": [["name": "t"]]])
            server.expectRequest("tools/call").respondStream { stream in
                stream.sendEvent(data: "", id: "1")
                stream.sendResult(["content": [["type": "text", "text": "done"]]])
            }
            server.expectDELETE()
            let host = MCPHost(configuration: .test)
            let opening = try await host.connect(name: "a", url: server.url("/mcp"), apiKey: "secret")
            #expect(opening.offers("tools"))
            #expect(await host.listTools().items.map(\.name.description) == ["a/t"])
            #expect(try await host.callTool(QualifiedName(server: "a", name: "t")) == .text("done"))
            await host.closeAll()
            #expect(server.requests.allSatisfy { $0.header("authorization") == "Bearer secret" })
        }
    }

    @Test func `a server of the older dialect is found too`() async throws {
        try await withScriptedServer { server in
            let listen = server.expectHTTPSSEHandshake(path: "/sse", capabilities: Self.tools)
            server.expect("a probe", times: nil, reply: .status(405)) { $0.method == "POST" && $0.path == "/sse" }
            server.expectRequest("tools/call").respond(on: listen, result: ["content": []], isAnswerFirst: true)
            let host = MCPHost(configuration: .test)
            let opening = try await host.connect(name: "a", url: server.url("/sse"))
            #expect(opening.revision == .v20241105)
            let result = try await host.callTool("t", on: "a")
            #expect(result.content.isEmpty)
            await host.closeAll()
        }
    }

    @Test(arguments: [401, 403]) func `a server that wants other credentials says so`(_ status: Int) async throws {
        try await withScriptedServer { server in
            server.expect("anything", times: nil, reply: .status(status)) { _ in true }
            let host = MCPHost(configuration: .test)
            let error = await #expect(throws: MCPHostError.self) {
                try await host.connect(name: "a", url: server.url(), apiKey: "wrong")
            }
            #expect(error?.code == .refused)
            #expect(error?.message == "The server a at \(server.url()) wants other credentials (HTTP \(status)).")
            #expect(await host.names.isEmpty)
        }
    }

    @Test func `a server that says nothing is given up within the limit`() async throws {
        try await withScriptedServer { server in
            server.expect("anything", times: nil) { _ in true }.fault(.stall).respond(status: 200)
            let host = MCPHost(configuration: .test, initializeLimit: .milliseconds(50))
            let error = await #expect(throws: MCPHostError.self) {
                try await host.connect(name: "a", url: server.url())
            }
            #expect(error?.code == .timedOut)
        }
    }

    @Test func `what is no URL is no server`() async throws {
        let host = MCPHost(configuration: .test)
        let error = await #expect(throws: HTTPClientError.self) {
            try await host.connect(name: "a", url: "ftp://example.com")
        }
        #expect(error?.code == .invalidURL)
        #expect(throws: HTTPClientError.self) { _ = try host.makeClient(url: "") }
    }
}
