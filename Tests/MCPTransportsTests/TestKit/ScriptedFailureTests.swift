import MCPTransports
import MCPTransportsTestKit
import Testing

@Suite(.timeLimit(.minutes(1))) struct ScriptedFailureTests {
    static func failure(_ body: () async throws -> Void) async -> [String] {
        do {
            try await body()
            return []
        } catch {
            return (error as? ScriptedServerFailure)?.sentences ?? ["\(error)"]
        }
    }

    @Test func `what was not expected is answered with 500 and named`() async throws {
        let server = try await ScriptedServer.start()
        server.expectRequest("a").respond(result: [:])
        let client = try await RawConnection(port: server.port)
        try await client.request("POST /mcp", body: ScriptedServerTests.post(1, "b"))
        try await client.wait(for: "HTTP/1.1 500 Internal Server Error")
        let sentences = await Self.failure { try await server.verify(within: .seconds(5)) }
        #expect(
            sentences == [
                "Request 0 was not expected: POST /mcp with request b (id 1).",
                "The client did not send the request a: 0 of 1 times.",
            ])
        await server.stop()
    }

    @Test func `what does not come in time is named by what waits for it`() async throws {
        let server = try await ScriptedServer.start(patience: .milliseconds(5))
        let get = server.expectGET(path: "/mcp").openStream()
        #expect(await Self.failure { try await get.received() } == ["The client did not send a GET at /mcp in time."])
        #expect(
            await Self.failure { _ = try await get.stream() }
                == ["No event stream was opened for a GET at /mcp in time."])
        #expect(
            await Self.failure { _ = try await server.request(at: 2) }
                == ["Only 0 requests came in time, so there is none at index 2."])
        #expect(
            await Self.failure { try await server.verify() }
                == ["The client did not send a GET at /mcp: 0 of 1 times."])
        await server.stop()
    }

    @Test func `a request without a reply is a fault of the script`() async throws {
        let server = try await ScriptedServer.start()
        let expectation = server.expectRequest("a")
        let client = try await RawConnection(port: server.port)
        try await client.request("POST /mcp", body: ScriptedServerTests.post(1, "a"))
        try await expectation.received()
        #expect(
            await Self.failure { try await server.verify() } == ["The script has no reply to the request a."])
        await server.stop()
    }

    @Test func `what is no HTTP is named and the connection closed`() async throws {
        let server = try await ScriptedServer.start()
        let client = try await RawConnection(port: server.port)
        try await client.send("nonsense\r\n\r\n")
        try await client.waitForEnd()
        let sentences = await Self.failure { try await server.verify() }
        #expect(sentences.count == 1)
        #expect(sentences.first?.hasPrefix("A client sent what is no HTTP/1 request") == true)
        await server.stop()
    }

    @Test func `an error of a stream's script is a failure of the test`() async throws {
        let server = try await ScriptedServer.start()
        server.expectGET().respondStream { _ in throw MCPError(code: 1, message: "broken script") }
        let client = try await RawConnection(port: server.port)
        try await client.request("GET /x")
        try await client.wait(for: "200 OK")
        await server.stop()
        #expect(
            await Self.failure { try await server.verify() }
                == ["The reply to GET /x failed: broken script (1)"])
    }

    @Test func `any number will do when none is said`() async throws {
        try await withScriptedServer { server in
            server.expectRequest("ping", times: nil).respond(result: [:])
            server.expectRequest("never", times: nil).respond(result: [:])
            let client = try await RawConnection(port: server.port)
            for id in 0..<3 {
                try await client.request("POST /mcp", body: ScriptedServerTests.post(id, "ping"))
                try await client.wait(for: "\"id\":\(id)")
            }
        }
    }

    @Test func `stopping ends open connections and refuses new ones`() async throws {
        let server = try await ScriptedServer.start()
        let get = server.expectGET().openStream()
        let client = try await RawConnection(port: server.port)
        try await client.request("GET /x")
        _ = try await get.stream()
        await server.stop()
        try await client.waitForEnd()
        #expect(server.openConnections == 0)
        await #expect(throws: (any Error).self) { try await RawConnection(port: server.port) }
    }
}
