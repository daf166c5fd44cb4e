import Testing

@testable import MCPTransports

@Suite(.timeLimit(.minutes(1))) struct AuthenticationTests {
    private static let whoAmI = Tool(name: "who", description: "Says who asks.") { _, context in
        .text("you are \(context.principal?.subject ?? "nobody")")
    }
    private static let server = MCPServer(name: "s", version: "1", tools: [whoAmI])
    private static let configuration = SSEServerTransport.Configuration(
        dialects: Set(HTTPDialect.allCases), paths: .init(broadcastStream: "/all/sse", broadcastMessages: "/all"),
        access: .init(resourceMetadata: "https://a.example/meta"))

    private static let authenticate: SSEServerTransport.Authenticate = { head in
        switch head.bearerToken {
        case "ada", "bob": .allow(Principal(subject: head.bearerToken ?? ""))
        case "weak": .insufficientScope(["read", "write"])
        case nil: .unauthorized()
        default: .unauthorized(reason: "It has \"expired\"\r\nX: y")
        }
    }

    private func withServer(_ body: (Int) async throws -> Void) async throws {
        try await withTransport(Self.server, Self.configuration, authenticate: Self.authenticate) { try await body($1) }
    }

    @Test(arguments: ["GET /sse", "POST /all", "GET /all/sse", "POST /mcp"])
    func `Nobody gets in without a token, wherever`(line: String) async throws {
        try await withServer { port in
            let connection = try await RawConnection(port: port)
            try await connection.request(
                line, [bothTypes, "Connection: close"], body: line.hasPrefix("P") ? "{}" : nil)
            let text = try await connection.waitForEnd()
            #expect(text.hasPrefix("HTTP/1.1 401 Unauthorized\r\n"))
            #expect(text.contains("WWW-Authenticate: Bearer resource_metadata=\"https://a.example/meta\"\r\n"))
        }
    }

    @Test func `A token that is no good is told why, one that lacks scopes which`() async throws {
        try await withServer { port in
            let connection = try await RawConnection(port: port)
            try await connection.request("GET /sse", ["Authorization: Bearer old"])
            try await connection.wait(
                for: #"Bearer error="invalid_token", error_description="It has 'expired''X: y", resource_metadata="#)
            try await connection.request("GET /sse", ["authorization: bearer weak"])
            let text = try await connection.wait(for: #"error="insufficient_scope", scope="read write""#)
            #expect(text.contains("403 Forbidden"))
        }
    }

    @Test func `Handlers know who asks, in a session and without one`() async throws {
        try await withServer { port in
            let connection = try await RawConnection(port: port)
            try await connection.post(.call("who"), "/mcp", ["Authorization: Bearer ada"])
            try await connection.wait(for: "you are ada")
            let call = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"who"}}"#
            try await connection.request("POST /all", ["Authorization: Bearer bob"], body: call)
            try await connection.wait(for: "you are bob")
        }
    }

    @Test func `A session does not exist for anybody but the one who opened it`() async throws {
        try await withServer { port in
            let connection = try await RawConnection(port: port)
            let mine = "Authorization: Bearer ada"
            try await connection.request("POST /mcp", [bothTypes, mine], body: initialize())
            let answer = try await connection.wait(for: "serverInfo")
            let session = String(
                try #require(answer.split(separator: "\r\n").first { $0.hasPrefix("Mcp-Session-Id: ") }))
            let other = try await RawConnection(port: port)
            let call = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"who"}}"#
            try await other.request("POST /mcp", [bothTypes, session, "Authorization: Bearer bob"], body: call)
            try await other.wait(for: "404 Not Found")
            try await connection.request("POST /mcp", [bothTypes, session, mine], body: call)
            try await connection.wait(for: "you are ada")
        }
    }
}
