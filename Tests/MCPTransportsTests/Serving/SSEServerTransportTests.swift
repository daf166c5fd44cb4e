import DemoServer
import NIOCore
import Testing

@testable import MCPTransports

@Suite(.timeLimit(.minutes(1))) struct SSEServerTransportTests {
    @Test func `HTTP+SSE: a session over two connections`() async throws {
        try await withHost { port in
            let stream = try await RawConnection(port: port)
            try await stream.request("GET /sse")
            let opening = try await stream.wait(for: "\n\n")
            #expect(opening.contains("event: endpoint\ndata: /messages/?session_id="))
            let target = try #require(opening.split(separator: "data: ").last).prefix { $0 != "\n" }
            #expect(target.split(separator: "=").last?.count == 32)
            let post = try await RawConnection(port: port)
            try await post.request("POST \(target)", body: initialize(.v20241105))
            #expect(try await post.wait(for: "Accepted\r\n").contains("202 Accepted"))
            try await stream.wait(for: #""protocolVersion":"2024-11-05""#)
            try await stream.close()
            var status = ""
            while !status.contains("404") {
                let late = try await RawConnection(port: port)
                try await late.request("POST \(target)", ["Connection: close"], body: SessionScript.call(1, "ping"))
                status = try await late.waitForEnd()
            }
            #expect(status.contains("Could not find session"))
        }
    }

    @Test func `Streamable HTTP: JSON, a stream with progress, and the end of the session on one connection`()
        async throws
    {
        try await withHost { port in
            let connection = try await RawConnection(port: port)
            let session = try await openSession(connection)
            try await connection.request(
                "POST /mcp", [bothTypes, session],
                body: #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"slow","arguments":"#
                    + #"{"seconds":0,"steps":2},"_meta":{"progressToken":"p"}}}"#)
            let text = try await connection.wait(for: "0\r\n\r\n")
            #expect(text.contains("text/event-stream"))
            #expect(text.contains(#""progressToken":"p","progress":1,"total":2"#))
            #expect(text.contains("done in 2 steps"))
            try await connection.request("DELETE /mcp", [session])
            try await connection.request("POST /mcp", [bothTypes, session], body: SessionScript.call(2, "ping"))
            try await connection.wait(for: "Session not found")
        }
    }

    @Test func `A question reaches the client on the stream of its call and the answer reaches the handler`()
        async throws
    {
        try await withHost { port in
            let connection = try await RawConnection(port: port)
            let session = try await openSession(connection)
            let call =
                #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask_sampling","arguments":{"prompt":"p"}}}"#
            try await connection.request("POST /mcp", [bothTypes, session], body: call)
            try await connection.wait(for: "sampling/createMessage")
            let other = try await RawConnection(port: port)
            let answer =
                #"{"jsonrpc":"2.0","id":1,"result":{"role":"assistant","model":"m","content":{"type":"text","text":"sampled"}}}"#
            try await other.request("POST /mcp", [bothTypes, session], body: answer)
            try await other.wait(for: "202 Accepted")
            try await connection.wait(for: #"[{"type":"text","text":"sampled"}]"#)
        }
    }

    @Test func `A question that stays unanswered fails its call in time`() async throws {
        let configuration = SSEServerTransport.Configuration(timeouts: .init(clientAnswer: .milliseconds(30)))
        try await withHost(DemoServer.server, configuration) { port in
            let connection = try await RawConnection(port: port)
            let session = try await openSession(connection)
            let call = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ping_client"}}"#
            try await connection.request("POST /mcp", [bothTypes, session], body: call)
            let text = try await connection.wait(for: "0\r\n\r\n")
            #expect(text.contains("notifications/cancelled"))
            #expect(text.contains("Request timed out"))
        }
    }

    @Test func `Cancelling a call cancels its handler and ends its stream`() async throws {
        let (ends, continuation) = AsyncStream.makeStream(of: Bool.self)
        let tool = Tool(name: "wait", description: "Waits.") { _, context in
            context.log(level: .info, "started")
            try? await Task.sleep(for: .seconds(3600))
            continuation.yield(context.isCancelled)
            return .text("never seen")
        }
        try await withHost(MCPServer(name: "s", version: "1", tools: [tool])) { port in
            let connection = try await RawConnection(port: port)
            let session = try await openSession(connection)
            let call = #"{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"wait"}}"#
            try await connection.request("POST /mcp", [bothTypes, session], body: call)
            try await connection.wait(for: "started")
            let other = try await RawConnection(port: port)
            let cancel = #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":9}}"#
            try await other.request("POST /mcp", [bothTypes, session], body: cancel)
            var iterator = ends.makeAsyncIterator()
            #expect(await iterator.next() == true)
            #expect(try await !connection.wait(for: "0\r\n\r\n").contains("never seen"))
        }
    }

    @Test func `A stream closed for polling is fetched on another connection`() async throws {
        try await withHost(DemoServer.server, .init(retention: EventRetention())) { port in
            let connection = try await RawConnection(port: port)
            let session = try await openSession(connection, .v20251125)
            let call =
                #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"poll","arguments":{"seconds":0}}}"#
            try await connection.request("POST /mcp", [bothTypes, session], body: call)
            let opening = try await connection.wait(for: "0\r\n\r\n")
            #expect(opening.contains("id: 2_1\ndata: \n\n"))
            #expect(opening.contains("retry: 200\n\n"))
            let back = try await RawConnection(port: port)
            try await back.request("GET /mcp", ["Accept: text/event-stream", session, "Last-Event-ID: 2_1"])
            #expect(try await back.wait(for: "0\r\n\r\n").contains("fetched after the stream was closed"))
        }
    }

    @Test func `Every open stream beats`() async throws {
        let configuration = SSEServerTransport.Configuration(timeouts: .init(heartbeat: .milliseconds(20)))
        try await withHost(DemoServer.server, configuration) { port in
            let stream = try await RawConnection(port: port)
            try await stream.request("GET /sse")
            let text = try await stream.wait(for: ": ping - ")
            #expect(text.contains("event: endpoint"))
            let other = try await RawConnection(port: port)
            let session = try await openSession(other)
            let call =
                #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"slow","arguments":{"seconds":60,"steps":1}}}"#
            try await other.request("POST /mcp", [bothTypes, session], body: call)
            try await other.wait(for: ": ping - ")
        }
    }

    @Test func `Ending the host ends its streams`() async throws {
        let stream = try await withHost { port in
            let stream = try await RawConnection(port: port)
            try await stream.request("GET /sse")
            try await stream.wait(for: "endpoint")
            return stream
        }
        #expect(try await stream.waitForEnd().hasSuffix("0\r\n\r\n"))
    }

    @Test func `An address in use is an error`() async throws {
        try await withHost { port in
            await #expect(throws: (any Error).self) {
                try await SSEServerTransport(server: DemoServer.server, configuration: .init(port: port)).run()
            }
        }
    }
}
