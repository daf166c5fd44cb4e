import DemoServer
import NIOCore
import Testing

@testable import MCPTransports

/// What a connection does below the level of MCP.
@Suite(.timeLimit(.minutes(1))) struct ConnectionTests {
    @Test func `Requests sent ahead are answered in order`() async throws {
        try await withHost { port in
            let connection = try await RawConnection(port: port)
            let first = "GET /one HTTP/1.1\r\nHost: localhost\r\n\r\n"
            let second = "PUT /mcp HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            try await connection.send(first + second)
            let text = try await connection.waitForEnd()
            let (notFound, notAllowed) = (text.firstRange(of: "HTTP/1.1 404"), text.firstRange(of: "HTTP/1.1 405"))
            #expect(try #require(notFound).upperBound < #require(notAllowed).lowerBound)
        }
    }

    @Test func `A request may arrive byte by byte`() async throws {
        try await withHost { port in
            let connection = try await RawConnection(port: port)
            let body = initialize()
            let head = "POST /mcp HTTP/1.1\r\nHost: localhost\r\n\(bothTypes)\r\nContent-Type: application/json\r\n"
            for byte in "\(head)Content-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8 {
                try await connection.send(String(Unicode.Scalar(byte)))
            }
            #expect(try await connection.wait(for: "serverInfo").contains("200 OK"))
        }
    }

    @Test func `A chunked body is read`() async throws {
        try await withHost { port in
            let connection = try await RawConnection(port: port)
            let body = Array(initialize().utf8)
            let head = "POST /mcp HTTP/1.1\r\nHost: localhost\r\n\(bothTypes)\r\nContent-Type: application/json\r\n"
            try await connection.send("\(head)Transfer-Encoding: chunked\r\n\r\n")
            for piece in [body[..<10], body[10...]] {
                let size = String(piece.count, radix: 16)
                try await connection.send("\(size)\r\n\(String(decoding: piece, as: UTF8.self))\r\n")
            }
            try await connection.send("0\r\n\r\n")
            #expect(try await connection.wait(for: "serverInfo").contains("200 OK"))
        }
    }

    @Test(arguments: [
        "GET /sse HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET /sse HTTP/1.1\r\n\r\n",
        "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    ])
    func `Framing that could be read in two ways is refused and the connection ends`(request: String) async throws {
        try await withHost { port in
            let connection = try await RawConnection(port: port)
            try await connection.send(request)
            let text = try await connection.waitForEnd()
            #expect(text.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
            #expect(text.contains("Connection: close"))
        }
    }

    @Test func `A body over the limit is refused by its length, and without one when it gets there`() async throws {
        let configuration = SSEServerTransport.Configuration(limits: .init(bodyBytes: 100))
        let head = "POST /mcp HTTP/1.1\r\nHost: localhost\r\n\(bothTypes)\r\nContent-Type: application/json\r\n"
        let chunk = "40\r\n\(String(repeating: " ", count: 64))\r\n"
        for request in [
            "\(head)Content-Length: 101\r\n\r\n", "\(head)Transfer-Encoding: chunked\r\n\r\n\(chunk)\(chunk)",
        ] {
            try await withHost(DemoServer.server, configuration) { port in
                let connection = try await RawConnection(port: port)
                try await connection.send(request)
                #expect(try await connection.waitForEnd().hasPrefix("HTTP/1.1 413 Content Too Large\r\n"))
            }
        }
    }

    @Test func `Expect 100-continue is answered before the body comes`() async throws {
        try await withHost { port in
            let connection = try await RawConnection(port: port)
            let body = initialize()
            let head = "POST /mcp HTTP/1.1\r\nHost: localhost\r\n\(bothTypes)\r\nContent-Type: application/json\r\n"
            try await connection.send("\(head)Expect: 100-continue\r\nContent-Length: \(body.utf8.count)\r\n\r\n")
            try await connection.wait(for: "HTTP/1.1 100 Continue\r\n\r\n")
            try await connection.send(body)
            try await connection.wait(for: "serverInfo")
        }
    }

    @Test func `A stream towards HTTP/1.0 is not chunked`() async throws {
        try await withHost { port in
            let connection = try await RawConnection(port: port)
            try await connection.send("GET /sse HTTP/1.0\r\nHost: localhost\r\n\r\n")
            let text = try await connection.wait(for: "\n\n")
            #expect(text.contains("\r\n\r\nevent: endpoint\n"))
            #expect(!text.contains("chunked"))
        }
    }

    @Test func `A silent connection ends without a word`() async throws {
        let timeouts = SSEServerTransport.Timeouts(idleConnection: .milliseconds(30))
        try await withHost(DemoServer.server, .init(timeouts: timeouts)) { port in
            let text = try await RawConnection(port: port).waitForEnd()
            #expect(text == "")
        }
    }

    @Test func `A client that stops within a request is told so`() async throws {
        let timeouts = SSEServerTransport.Timeouts(request: .milliseconds(30))
        try await withHost(DemoServer.server, .init(timeouts: timeouts)) { port in
            let connection = try await RawConnection(port: port)
            try await connection.send("GET /sse HTTP/1.1\r\n")
            #expect(try await connection.waitForEnd().hasPrefix("HTTP/1.1 408 "))
        }
    }

    @Test func `Connections and sessions beyond their limits are refused`() async throws {
        try await withHost(DemoServer.server, .init(limits: .init(connections: 1))) { port in
            let first = try await RawConnection(port: port)
            try await first.request("GET /sse")
            try await first.wait(for: "endpoint")
            #expect(try await RawConnection(port: port).waitForEnd() == "")
        }
        try await withHost(DemoServer.server, .init(limits: .init(sessions: 1))) { port in
            let first = try await RawConnection(port: port)
            try await first.request("GET /sse")
            try await first.wait(for: "endpoint")
            let second = try await RawConnection(port: port)
            try await second.request("GET /sse")
            try await second.wait(for: "503 Service Unavailable")
        }
    }

    @Test func `A reader that takes nothing is cut off at the limit`() async throws {
        let tool = Tool(name: "flood", description: "Floods.") { _, context in
            let text = JSONValue.string(String(repeating: "x", count: 1 << 16))
            while !context.isCancelled {
                context.log(level: .info, text)
                await Task.yield()
            }
            return .text("over")
        }
        let server = MCPServer(name: "s", version: "1", tools: [tool])
        try await withTransport(server, .init(limits: .init(outboundBytes: 1 << 20))) { transport, port in
            let stream = try await SilentConnection(port: port)
            let target = try await stream.endpoint()
            let post = try await RawConnection(port: port)
            try await post.request("POST \(target)", body: initialize())
            try await post.request(
                "POST \(target)", body: #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"flood"}}"#)
            var status = ""
            while !status.contains("404") {
                let late = try await RawConnection(port: port)
                try await late.request("POST \(target)", ["Connection: close"], body: SessionScript.call(1, "ping"))
                status = try await late.waitForEnd()
            }
            #expect(transport.slowReadersCut == 1)
        }
    }
}
