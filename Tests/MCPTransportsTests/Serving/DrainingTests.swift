import Testing

@testable import MCPTransports

@Suite(.timeLimit(.minutes(1))) struct DrainingTests {
    @Test func `Calls that run come to their end, and nothing else begins`() async throws {
        let (releases, release) = AsyncStream.makeStream(of: Void.self)
        let tool = Tool(name: "wait", description: "Waits.") { _, context in
            context.progress(1)
            for await _ in releases {}
            return .text(context.isCancelled ? "cancelled" : "came to its end")
        }
        let server = MCPServer(name: "s", version: "1", tools: [tool], announces: .all)
        let (call, listener) = try await withTransport(server, drain: .seconds(60)) { transport, port in
            let call = try await RawConnection(port: port)
            var post = StatelessPost.call("wait")
            post.meta["progressToken"] = 1
            try await call.post(post)
            try await call.wait(for: "notifications/progress")
            let other = try await RawConnection(port: port)
            let listener = try await RawConnection(port: port)
            try await listener.post(
                StatelessPost(
                    method: "subscriptions/listen", params: ["notifications": ["toolsListChanged": true]]))
            try await listener.wait(for: "acknowledged")
            transport.stop()
            try await listener.wait(for: #""resultType":"complete""#)
            try await other.post(.call("wait"))
            try await other.wait(for: "503 Service Unavailable")
            try await other.request("POST /mcp", [bothTypes], body: initialize())
            try await other.wait(for: "The server is stopping")
            release.finish()
            return (call, listener)
        }
        #expect(try await call.waitForEnd().contains("came to its end"))
        _ = try await listener.waitForEnd()
    }

    @Test func `Calls that do not end are cancelled at the limit`() async throws {
        let tool = Tool(name: "wait", description: "Waits.") { _, context in
            context.progress(1)
            try? await Task.sleep(for: .seconds(3600))
            return .text("never seen")
        }
        let server = MCPServer(name: "s", version: "1", tools: [tool])
        let call = try await withTransport(server, drain: .milliseconds(30)) { _, port in
            let call = try await RawConnection(port: port)
            var post = StatelessPost.call("wait")
            post.meta["progressToken"] = 1
            try await call.post(post)
            try await call.wait(for: "notifications/progress")
            return call
        }
        #expect(try await call.waitForEnd().contains("Connection closed"))
    }

    @Test func `A transport runs once`() async throws {
        let transport = try await withTransport { transport, _ in transport }
        await #expect(throws: ConfigurationError.self) { try await transport.run() }
    }
}
