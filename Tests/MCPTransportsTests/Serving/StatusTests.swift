import DemoServer
import Testing

@testable import MCPTransports

/// The HTTP statuses that clients meet, each on the wire.
@Suite(.timeLimit(.minutes(1))) struct StatusTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let status: Int
        let line: String
        var fields: [String] = [bothTypes]
        var type = "application/json"
        var body: String?
        var host = "localhost"

        var testDescription: String { "\(status) \(line) \(fields.last ?? "")" }

        var text: String {
            var lines = ["\(line) HTTP/1.1", "Host: \(host)", "Connection: close"] + fields
            if let body { lines += ["Content-Type: \(type)", "Content-Length: \(body.utf8.count)"] }
            return lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
        }
    }

    private static let ping = SessionScript.call(1, "ping")

    static let cases = [
        Case(status: 200, line: "POST /mcp", body: SessionScript.initialize(.v20251125)),
        Case(status: 202, line: "POST /all", body: #"{"jsonrpc":"2.0","method":"initialized"}"#),
        Case(status: 400, line: "POST /mcp", body: "{"),
        Case(status: 400, line: "POST /mcp", body: ping),
        Case(status: 400, line: "GET /mcp"),
        Case(status: 400, line: "POST /messages/", body: ping),
        Case(status: 400, line: "POST /all", body: "[]"),
        Case(status: 403, line: "GET /sse", fields: ["Origin: http://evil.example"]),
        Case(status: 403, line: "POST /all", fields: ["Origin: http://evil.example"], body: ping),
        Case(status: 404, line: "GET /nothing"),
        Case(status: 404, line: "POST /mcp", fields: [bothTypes, "Mcp-Session-Id: gone"], body: ping),
        Case(status: 404, line: "POST /messages/?session_id=gone", body: ping),
        Case(status: 404, line: "DELETE /mcp", fields: ["Mcp-Session-Id: gone"]),
        Case(status: 405, line: "PUT /mcp"),
        Case(status: 405, line: "POST /sse", body: ping),
        Case(status: 405, line: "GET /mcp", fields: [bothTypes, "MCP-Protocol-Version: 2026-07-28"]),
        Case(status: 405, line: "DELETE /all"),
        Case(status: 406, line: "POST /mcp", fields: ["Accept: application/json"], body: ping),
        Case(status: 406, line: "GET /mcp", fields: ["Accept: application/json", "Mcp-Session-Id: s"]),
        Case(status: 413, line: "POST /mcp", body: String(repeating: " ", count: 5000)),
        Case(status: 413, line: "POST /all", body: String(repeating: " ", count: 5000)),
        Case(status: 415, line: "POST /mcp", type: "text/plain", body: ping),
        Case(status: 415, line: "POST /messages/?session_id=s", type: "text/plain", body: ping),
        Case(status: 415, line: "POST /all", type: "text/plain", body: ping),
        Case(status: 421, line: "POST /mcp", body: ping, host: "evil.example"),
        Case(status: 421, line: "GET /all/sse", host: "evil.example"),
    ]

    @Test(arguments: cases) func `Each request gets its status`(wanted: Case) async throws {
        let configuration = SSEServerTransport.Configuration(
            dialects: Set(HTTPDialect.allCases), paths: .init(broadcastStream: "/all/sse", broadcastMessages: "/all"),
            limits: .init(bodyBytes: 4096))
        try await withHost(DemoServer.server, configuration) { port in
            let connection = try await RawConnection(port: port)
            try await connection.send(wanted.text)
            #expect(try await connection.waitForEnd().hasPrefix("HTTP/1.1 \(wanted.status) "))
        }
    }

    @Test func `A notification and a response within a session are accepted without a body`() async throws {
        try await withHost { port in
            let session = try await openSession(try await RawConnection(port: port))
            for body in [#"{"jsonrpc":"2.0","method":"initialized"}"#, #"{"jsonrpc":"2.0","id":9,"result":{}}"#] {
                let connection = try await RawConnection(port: port)
                try await connection.request("POST /mcp", [bothTypes, session, "Connection: close"], body: body)
                let text = try await connection.waitForEnd()
                #expect(text.hasPrefix("HTTP/1.1 202 Accepted\r\n") && text.hasSuffix("\r\n\r\n"))
            }
        }
    }

    @Test func `A session that nothing happens in ends, one with an open stream does not`() async throws {
        let configuration = SSEServerTransport.Configuration(timeouts: .init(idleSession: .milliseconds(40)))
        try await withTransport(DemoServer.server, configuration) { transport, port in
            let stream = try await RawConnection(port: port)
            try await stream.request("GET /sse")
            try await stream.wait(for: "endpoint")
            let connection = try await RawConnection(port: port)
            let session = try await openSession(connection)
            while transport.sessions.count > 1 { try await Task.sleep(for: .milliseconds(5)) }
            #expect(transport.sessions.first?.dialect == .httpSSE)
            try await connection.request("POST /mcp", [bothTypes, session], body: Self.ping)
            try await connection.wait(for: "404 Not Found")
        }
    }
}
