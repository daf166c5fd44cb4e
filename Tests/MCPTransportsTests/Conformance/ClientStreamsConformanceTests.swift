import MCPTransports
import MCPTransportsTestKit
import Testing

/// Streams that the server ends before its answer.
@Suite(.timeLimit(.minutes(1))) struct ClientStreamsConformanceTests {
    private static let retry = 1500

    /// Lets a server end the stream of a call, and gives the request that comes back for the answer, and when.
    private func reconnection() async throws -> (request: RecordedRequest, delay: Duration) {
        // The suite's server agrees on 2025-03-26 and polls all the same.
        try await ClientUnderTest.withSessionServer(revision: .v20250326) { server in
            let call = server.expectRequest("tools/call").openStream {
                $0.sendEvent(data: "", id: "event-1", retry: Self.retry)
            }
            let back = server.expect("a GET behind the event") {
                $0.method == "GET" && $0.header("Last-Event-ID") != nil
            }
            ClientUnderTest.allowListening(server)
            return try await ClientUnderTest.run(on: server) { client in
                async let result = client.callTool("test_reconnection")
                let stream = try await call.stream()
                stream.close()
                let end = ContinuousClock.now
                let request = try await back.received()
                let delay = ContinuousClock.now - end
                back.openStream { resumed in
                    resumed.send(
                        .response(id: stream.request.id ?? .integer(0), result: ClientUnderTest.text("completed")),
                        id: "event-2")
                }
                let text = try await result.content.first?.text
                #expect(text == "completed")
                return (request, delay)
            }
        }
    }

    @Test func `client-sse-graceful-reconnect: a stream that ends properly without the answer is gone on with`()
        async throws
    {
        let request = try await reconnection().request
        #expect(request.header("Accept")?.contains("text/event-stream") == true)
        #expect(request.header("Mcp-Session-Id") == "session-1")
    }

    @Test func `client-sse-retry-timing: the client waits as long as the server says, and not twice as long`()
        async throws
    {
        let delay = try await reconnection().delay
        #expect(delay >= .milliseconds(Self.retry - 50) && delay <= .milliseconds(2 * Self.retry))
    }

    @Test func `client-sse-last-event-id: the client names the last event it has seen`() async throws {
        #expect(try await reconnection().request.header("Last-Event-ID") == "event-1")
    }
}
